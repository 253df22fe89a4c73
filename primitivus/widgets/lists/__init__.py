"""Lists: at a side of the screen, and as views."""
