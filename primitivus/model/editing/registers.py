"""What is kept by a letter until it is put somewhere, as in the registers of vi."""

from backendd.api.tuples import NamedTuple

# The one where all goes that is deleted or copied, the one of what was copied last, and none.
UNNAMED, COPIED, NOWHERE = '"', "0", "_"
NAMES = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") | {
    UNNAMED,
    COPIED,
    NOWHERE,
}


class Kept(NamedTuple):
    """A text, whole lines where it ends with a line end, and the account it was written in."""

    text: str
    account: str


class Registers:
    """Texts by small letters, for all that one writes in; a capital letter adds to one."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}

    def keep(self, name: str, text: str, account: str) -> None:
        """Keep a text by a letter, or behind what is kept by it."""
        before = self.find(name) if name.isupper() else None
        if before is not None and before.account == account:
            text = _joined(before.text, text)
        self._kept[name.lower()] = Kept(text, account)

    def find(self, name: str) -> Kept | None:
        return self._kept.get(name.lower())


def _joined(one: str, other: str) -> str:
    """Return one text behind the other: with lines, any text is one."""
    if not one.endswith("\n") and not other.endswith("\n"):
        return one + other
    return one.removesuffix("\n") + "\n" + other.removesuffix("\n") + "\n"
