"""Names as sentences have them, however long somebody from outside likes theirs to be."""

_MOST = 40
_TAIL = 9


def brief(name: str) -> str:
    """Return a name, the middle left out where it would crowd out what else there is to say."""
    return name if len(name) <= _MOST else f"{name[: _MOST - _TAIL - 1]}…{name[-_TAIL:]}"
