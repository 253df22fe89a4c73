"""What happened in a room since something was said there, in the order in which it did."""

from collections.abc import Iterator

from backendd.api.records import Left
from primitivus.model.messages.happening import PUT_OUT, Became, Happening, Line, Moves, Removals
from primitivus.sentences import tr

# So many stretches at most: a room may have things happen without end.
_MOST = 100


class Comings:
    """Who came and went, who was removed, and what became so otherwise.

    What is of one kind is summed up as long as nothing else happens between: to come and to go
    again is nothing, and of what became so twice the last is told.

    `version` is another number after each change.
    """

    def __init__(self) -> None:
        self.version = 0
        self._all: list[Happening] = []
        self._are_more = False
        self._renamed: set[str] = set()

    @property
    def since(self) -> int:
        """Return when the first of it was, 0 where there is nothing."""
        return self._all[0].since if self._all else 0

    def became(self, about: str, said: str, at: int) -> None:
        """Note what is so now, in place of what was said just before `about` the same."""
        last = self._last()
        if isinstance(last, Became) and last.about == about:
            self._all.pop()
        self._go_on(Became(at, about, said))

    def renamed(self) -> set[str]:
        """Return the present nicks of those who have another than before."""
        return self._renamed

    def came(self, nick: str, at: int) -> None:
        """Note that somebody is there."""
        self._moves(at).came(nick, at)

    def left(self, left: Left, at: int) -> None:
        """Note that somebody is there no more under this nick."""
        self._renamed.discard(left.nick)
        if left.cause in PUT_OUT:
            self._removals(at).add(left, at)
            return
        if left.cause == "nick":
            self._renamed.add(left.new_nick)
        self._moves(at).left(left, at)

    def lines(self) -> Iterator[Line]:
        """Yield it in sentences, none where all is as it was."""
        if self._are_more:
            yield Line(self.since, tr("more happened before"))
        for each in self._all:
            yield from each.lines()

    def _moves(self, at: int) -> Moves:
        last = self._last()
        moves = last if isinstance(last, Moves) else Moves(at)
        self._go_on(moves)
        return moves

    def _removals(self, at: int) -> Removals:
        last = self._last()
        removals = last if isinstance(last, Removals) else Removals(at)
        self._go_on(removals)
        return removals

    def _last(self) -> Happening | None:
        return self._all[-1] if self._all else None

    def _go_on(self, happening: Happening) -> None:
        self.version += 1
        if happening is self._last():
            return
        self._all.append(happening)
        if len(self._all) > _MOST:
            del self._all[0]
            self._are_more = True
