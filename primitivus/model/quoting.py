"""Quotes around words of a command line."""

BLANKS = " \t\n"
QUOTES = "'\""


def quote(text: str) -> str:
    """Return `text` so that it is read as one word."""
    if text and not text.endswith("\\") and not any(char in BLANKS + QUOTES for char in text):
        return text
    if "'" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
