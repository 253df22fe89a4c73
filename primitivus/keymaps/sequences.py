"""Matching typed keys with the bindings of a keymap, one key at a time."""

from dataclasses import dataclass

from primitivus.keymaps.contexts import Focus, Mode
from primitivus.keymaps.keymap import Keymap


@dataclass(frozen=True, slots=True)
class Match:
    """A whole sequence was typed: run `line`; `count` was typed before it, or None."""

    line: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """What may follow the keys typed so far: a key, and the command line (or `...` for more keys)."""

    key: str
    line: str


@dataclass(frozen=True, slots=True)
class Pending:
    """More keys have to follow: `typed` so far, and what may follow (for a which-key hint)."""

    typed: str
    hints: tuple[Hint, ...]


class Matcher:
    """Collects the keys of a sequence. The caller calls `reset` when the timeout runs out, or the focus changes."""

    def __init__(self, keymap: Keymap) -> None:
        raise NotImplementedError

    @property
    def is_pending(self) -> bool:
        raise NotImplementedError

    def feed(self, key: str, mode: Mode, focus: Focus) -> Match | Pending | None:
        """Return what `key` (urwid's name) completes or begins; None: nothing is bound to it.

        A key that doesn't continue a begun sequence ends it and is None as well; if nothing was begun, an
        unbound printable key is for the caller to insert where typing goes.
        """
        raise NotImplementedError

    def reset(self) -> None:
        """Forget the keys and the count typed so far."""
        raise NotImplementedError
