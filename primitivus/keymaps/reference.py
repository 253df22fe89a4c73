"""The reference of all keys, as Markdown (docs/keys.md)."""

from primitivus.commands.registry import Registry


def keys_markdown(registry: Registry | None = None) -> str:
    """Return docs/keys.md: each shipped keymap, table by table."""
    raise NotImplementedError
