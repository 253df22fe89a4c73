"""Which blogs there are, and what they are called."""
