"""What of one kind happened in a room, with nothing else between, summed up."""

from collections.abc import Iterator
from typing import Protocol

from backendd.api.records import Left
from backendd.api.tuples import NamedTuple
from primitivus.model.wording.enumerating import listed
from primitivus.sentences import ntr, tr

# So many are called by name, the others are counted.
_NAMED = 5
# The causes of which it is told who is removed.
PUT_OUT = ("kicked", "banned", "removed")


class Line(NamedTuple):
    """What happened, the last of it at `time`."""

    time: int
    text: str


class Happening(Protocol):
    """Something that can be told in lines, and when it began."""

    since: int

    def lines(self) -> Iterator[Line]:
        """Yield it in sentences."""
        ...


class Moves:
    """Who is there now and was not, and the other way round."""

    def __init__(self, at: int) -> None:
        self.since = self._time = at
        self._came: dict[str, None] = {}
        self._gone: dict[str, None] = {}
        # Old nicks by the present ones.
        self._renamed: dict[str, str] = {}

    def came(self, nick: str, at: int) -> None:
        """Note that somebody is there."""
        self._time = at
        if nick in self._gone:
            del self._gone[nick]
        else:
            self._came[nick] = None

    def left(self, left: Left, at: int) -> None:
        """Note that somebody went by themselves, or has another nick now."""
        self._time = at
        was_new = left.nick in self._came
        self._came.pop(left.nick, None)
        before = self._renamed.pop(left.nick, left.nick)
        if left.cause == "nick":
            if was_new:
                self._came[left.new_nick] = None
            elif before != left.new_nick:
                self._renamed[left.new_nick] = before
        elif not was_new:
            self._gone[before] = None

    def lines(self) -> Iterator[Line]:
        if parts := list(self._parts()):
            yield Line(self._time, "; ".join(parts))

    def _parts(self) -> Iterator[str]:
        if self._came:
            yield tr("{names} entered", names=listed([*self._came], _NAMED))
        if self._gone:
            yield tr("{names} left", names=listed([*self._gone], _NAMED))
        changes = [tr("{old} is now {new}", old=old, new=new) for new, old in self._renamed.items()]
        yield from changes[:_NAMED]
        if len(changes) > _NAMED:
            yield ntr(
                "{n} more changed their nick",
                "{n} more changed their nicks",
                len(changes) - _NAMED,
            )


class Removals:
    """Who was removed, the first of them with by whom and why."""

    def __init__(self, at: int) -> None:
        self.since = self._time = at
        self._told: list[Line] = []
        self._more = 0

    def add(self, left: Left, at: int) -> None:
        """Note that somebody was removed."""
        self._time = at
        if len(self._told) == _NAMED:
            self._more += 1
            return
        why = f" ({left.reason})" if left.reason else ""
        self._told.append(Line(at, f"{_removed(left)}{why}"))

    def lines(self) -> Iterator[Line]:
        yield from self._told
        if self._more:
            yield Line(self._time, ntr("{n} more was removed", "{n} more were removed", self._more))


def _removed(left: Left) -> str:
    """Return the sentence that says what was done to somebody, and by whom where that is known."""
    names = {"who": left.nick, "by": left.actor}
    match left.cause:
        case "kicked" if left.actor:
            return tr("{who} was kicked by {by}", **names)
        case "kicked":
            return tr("{who} was kicked", who=left.nick)
        case "banned" if left.actor:
            return tr("{who} was banned by {by}", **names)
        case "banned":
            return tr("{who} was banned", who=left.nick)
    if left.actor:
        return tr("{who} is no longer a member by {by}", **names)
    return tr("{who} is no longer a member", who=left.nick)


class Became:
    """What is so now, `about` something."""

    def __init__(self, at: int, about: str, said: str) -> None:
        self.since, self.about, self._said = at, about, said

    def lines(self) -> Iterator[Line]:
        yield Line(self.since, self._said)
