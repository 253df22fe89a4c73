"""Finding messages by their words (FTS5)."""
