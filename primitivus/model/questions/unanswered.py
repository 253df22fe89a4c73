"""What waits for an answer of the user, as the backend tells it."""

from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from primitivus.model.meanwhile import Meanwhile


class HasId(Protocol):
    """A record with an id of its own."""

    @property
    def id(self) -> str: ...


Record = TypeVar("Record", bound=HasId)


class Unanswered(Generic[Record]):
    """Records of an account that wait, by id, the oldest first."""

    def __init__(self) -> None:
        self._waiting: dict[str, Record] = {}
        self._meanwhile: Meanwhile[Record] = Meanwhile()

    def __len__(self) -> int:
        return len(self._waiting)

    def __contains__(self, id: object) -> bool:
        return id in self._waiting

    def listed(self) -> list[Record]:
        return list(self._waiting.values())

    def expect(self) -> None:
        """Note that a snapshot is asked for: what is told from here on wins over it."""
        self._meanwhile.begin()

    def reset(self, waiting: Iterable[Record]) -> None:
        self._waiting = {each.id: each for each in waiting}
        self._meanwhile.settle(self._waiting)

    def merge(self, came: Iterable[Record], gone: Iterable[str]) -> list[Record]:
        """Take in what came and what is gone; return those that are new."""
        fresh = []
        for each in came:
            if each.id not in self._waiting:
                fresh.append(each)
            self._waiting[each.id] = each
            self._meanwhile.told(each.id, each)
        for id in gone:
            self._waiting.pop(id, None)
            self._meanwhile.told(id, None)
        return fresh
