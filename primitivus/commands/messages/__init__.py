"""Commands of conversations and their messages."""
