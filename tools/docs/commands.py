"""docs/commands.md: all commands of the terminal UI, from their registry."""

from pathlib import Path

from primitivus.commands.help.reference import commands_markdown


def page(_: Path) -> str:
    """Return the page."""
    return commands_markdown()
