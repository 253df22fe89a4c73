"""What comes from the keyboard, and where it goes."""
