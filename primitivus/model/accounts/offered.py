"""What nodes services have, and commands, as far as anybody asked for it."""

from collections.abc import Iterable, Sequence
from typing import Literal

from backendd.api.records import Item
from backendd.api.tuples import NamedTuple

What = Literal["nodes", "commands"]


class Wanted(NamedTuple):
    """Of which service what is to be known."""

    jid: str
    what: What


class Offered:
    """The items of each service that are its own; what nobody asked for is `wanted` first."""

    def __init__(self) -> None:
        self._known: dict[Wanted, Sequence[Item]] = {}
        self.wanted: set[Wanted] = set()

    def of(self, jid: str, what: What) -> Sequence[Item]:
        """Return what a service has: nothing, until that is known."""
        asked = Wanted(jid, what)
        if jid and asked not in self._known:
            self.wanted.add(asked)
        return self._known.get(asked, ())

    def tell(self, asked: Wanted, items: Iterable[Item]) -> None:
        """Take in what it has."""
        self._known[asked] = [each for each in items if each.node and each.jid == asked.jid]
