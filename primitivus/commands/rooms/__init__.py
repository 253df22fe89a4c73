"""Commands of rooms."""
