"""docs/keys.md: the keys of the shipped keymaps, from their files."""

from pathlib import Path

from primitivus.keymaps.reference import keys_markdown
from tools.docs.commands import marked

_MARK = "<!-- Generated from primitivus/keymaps/*.toml by `make docs`; change those. -->"


def page(_: Path) -> str:
    """Return the page."""
    return marked(keys_markdown(), _MARK)
