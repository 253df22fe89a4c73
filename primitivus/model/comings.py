"""What happened in a room since something was said there, summed up."""

from collections.abc import Iterator

from backendd.api.records import Left

# So many are called by name, the others are counted.
_NAMED = 5
# Of so many who were removed it is kept, others are counted: a room may do so without end.
_MOST = 1000
# What is said of who is removed, by the cause.
PUT_OUT = {"kicked": "was kicked", "banned": "was banned", "removed": "is no longer a member"}


class Comings:
    """Who is there now and was not, and the other way round: to come and to go again is nothing.

    And what became so otherwise: of one thing the last is told.

    `version` is another number after each change.
    """

    def __init__(self) -> None:
        self.version = 0
        self._came: dict[str, None] = {}
        self._gone: dict[str, None] = {}
        # Old nicks by the present ones.
        self._renamed: dict[str, str] = {}
        self._put_out: dict[str, str] = {}
        self._put_out_more = 0
        self._became: dict[str, str] = {}

    def became(self, about: str, said: str) -> None:
        """Note what is so now, in place of what was said before `about` the same."""
        self.version += 1
        self._became.pop(about, None)
        self._became[about] = said

    def renamed(self) -> set[str]:
        """Return the present nicks of those who have another than before."""
        return set(self._renamed)

    def came(self, nick: str) -> None:
        """Note that somebody is there."""
        self.version += 1
        self._put_out.pop(nick, None)
        if nick in self._gone:
            del self._gone[nick]
        else:
            self._came[nick] = None

    def left(self, left: Left) -> None:
        """Note that somebody is there no more under this nick."""
        self.version += 1
        nick, was_new = left.nick, left.nick in self._came
        self._came.pop(nick, None)
        before = self._renamed.pop(nick, nick)
        if left.cause == "nick":
            if was_new:
                self._came[left.new_nick] = None
            elif before != left.new_nick:
                self._renamed[left.new_nick] = before
        elif left.cause in PUT_OUT:
            by = f" by {left.actor}" if left.actor else ""
            why = f" ({left.reason})" if left.reason else ""
            if len(self._put_out) < _MOST:
                self._put_out[nick] = f"{nick} {PUT_OUT[left.cause]}{by}{why}"
            else:
                self._put_out_more += 1
        elif not was_new:
            self._gone[before] = None

    @property
    def text(self) -> str:
        """Return it in a sentence; empty: all is as it was."""
        return "; ".join(self._parts())

    def _parts(self) -> Iterator[str]:
        if self._came:
            yield f"{_names(self._came)} entered"
        if self._gone:
            yield f"{_names(self._gone)} left"
        changes = [f"{old} is now {new}" for new, old in self._renamed.items()]
        yield from _few(changes, "changed their nicks")
        yield from _few(list(self._put_out.values()), "were removed", more=self._put_out_more)
        yield from self._became.values()


def _names(nicks: dict[str, None]) -> str:
    first = list(nicks)[:_NAMED]
    others = len(nicks) - len(first)
    if others:
        return f"{', '.join(first)} and {others} more"
    return " and ".join([", ".join(first[:-1]), first[-1]] if first[1:] else first)


def _few(said: list[str], of_others: str, *, more: int = 0) -> Iterator[str]:
    yield from said[:_NAMED]
    if len(said) > _NAMED:
        yield f"{len(said) - _NAMED + more} more {of_others}"
