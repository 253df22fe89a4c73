"""Other people's programs, driven as their users would: on a display of their own."""
