"""docs/keys.md: the keys of the shipped keymaps, from their files."""

from pathlib import Path

from primitivus.keymaps.reference import keys_markdown


def page(_: Path) -> str:
    """Return the page."""
    return keys_markdown()
