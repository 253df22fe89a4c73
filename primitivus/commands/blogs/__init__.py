"""Commands of blogs."""
