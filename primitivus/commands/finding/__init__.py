"""Commands that find a place, and go there."""
