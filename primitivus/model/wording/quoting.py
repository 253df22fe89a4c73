"""Quotes around words of a command line."""

from collections.abc import Iterable

BLANKS = " \t\n"
QUOTES = "'\""


def quote(text: str) -> str:
    """Return `text` so that it is read as one word."""
    if text and not text.endswith("\\") and not any(char in BLANKS + QUOTES for char in text):
        return text
    if "'" not in text:
        return f"'{text}'"
    return _in_double_quotes(text)


def commas(names: Iterable[str]) -> str:
    """Return names as they are typed where several are, with commas between."""
    return ", ".join(map(_between_commas, names))


def _between_commas(name: str) -> str:
    is_plain = not any(char in ",\\" + QUOTES for char in name)
    return name if is_plain else _in_double_quotes(name)


def _in_double_quotes(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
