"""The notation of keys (`C-x`, `M-Up`, `S-Tab`, `F2`, `g`) and urwid's names for them."""

def parse_key(text: str) -> str:
    """Return urwid's name of one key; ValueError with the middle of a sentence if it is none."""
    raise NotImplementedError


def parse_keys(text: str) -> tuple[str, ...]:
    """Return urwid's names of a sequence of keys, written with spaces between."""
    raise NotImplementedError


def key_notation(key: str) -> str:
    """Return how a key is written that urwid calls `key`."""
    raise NotImplementedError


def notation(keys: tuple[str, ...]) -> str:
    """Return how a sequence is written that `parse_keys` reads."""
    raise NotImplementedError


def split_meta(key: str) -> tuple[str, ...]:
    """Return the keys that a key with Meta is where Esc always leaves: Esc, and the key by itself."""
    raise NotImplementedError
