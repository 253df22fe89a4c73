"""Rows of what is so now."""

from collections.abc import Callable, Iterable, Sequence

from primitivus.model.area import Area
from primitivus.model.attention import kept_up
from primitivus.model.panes.listed_row import ListedRow
from primitivus.model.state import State

# All but what is typed, and where one is.
_AREAS = tuple(each for each in Area if each not in (Area.VIEW, Area.INPUT, Area.MESSAGES))


class MadeRows:
    """The rows that `make` makes of the state, made anew only where something is otherwise."""

    def __init__(self, state: State, make: Callable[[State], Iterable[ListedRow]]) -> None:
        self._state = state
        self._make = make
        self._made: tuple[object, list[ListedRow]] | None = None

    def __call__(self) -> Sequence[ListedRow]:
        key = self._state.changes.count(*_AREAS), kept_up(self._state)
        if self._made is None or self._made[0] != key:
            self._made = key, list(self._make(self._state))
        return self._made[1]
