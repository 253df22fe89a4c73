"""Pictures among rows of text, by what a terminal can show."""
