"""The reference of all commands, as Markdown (docs/commands.md)."""

from primitivus.commands.registry import Registry


def commands_markdown(registry: Registry | None = None) -> str:
    """Return docs/commands.md."""
    raise NotImplementedError
