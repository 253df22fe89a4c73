"""docs/commands.md, and the manual page: all commands of the terminal UI, from their registry."""

from pathlib import Path

from primitivus.commands.reference import commands_markdown

_MARK = "<!-- Generated from primitivus/commands by `make docs`; change those. -->"


def page(_: Path) -> str:
    """Return the page."""
    return marked(commands_markdown(), _MARK)


def marked(markdown: str, mark: str) -> str:
    """Return a page that says under its title where it comes from."""
    title, _, rest = markdown.strip().partition("\n")
    return f"{title}\n\n{mark}\n\n{rest.strip()}\n"
