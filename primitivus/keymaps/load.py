"""Loading keymaps: a shipped one, with the user's file of the same name over it."""

from collections.abc import Sequence
from pathlib import Path

from primitivus.commands.registry import Registry
from primitivus.config import Problem
from primitivus.keymaps.keymap import Keymap

SHIPPED = ("primitivus", "vi", "emacs")


def load_keymap(
    name: str, registry: Registry, directory: Path | None = None
) -> tuple[Keymap, list[Problem]]:
    """Return the keymap called `name` and all that is wrong with its files.

    The user's file in `directory` (default: $XDG_CONFIG_HOME/primitivus/keymaps) overrides single
    keys of the shipped keymap of the same name, or of the one that its `base` names; an empty command line takes a key away. A keymap
    that is nowhere gives the default one and a problem.
    """
    raise NotImplementedError


def keymap_names(directory: Path | None = None) -> tuple[str, ...]:
    """Return the names of all keymaps, shipped and the user's."""
    raise NotImplementedError
