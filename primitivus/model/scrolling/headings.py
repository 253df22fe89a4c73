"""Lists with headings: while something under one shows, it does, too."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from primitivus.model.scrolling.rolling import held

_Row = TypeVar("_Row")
IsHeading = Callable[[_Row], bool]

# In less room than that a heading would leave none for what stands under it.
LEAST_ROOM = 3


def is_text(row: object) -> bool:
    """Return whether a row is one, where they are nothing but text."""
    return isinstance(row, str)


def heading_at(
    rows: Sequence[_Row],
    top: int,
    room: int,
    is_heading: IsHeading[_Row],
    among: Iterable[_Row] | None = None,
) -> int:
    """Return the place of the heading that shows in place of the row `top`, the first in view.

    -1 where none does: that row is one itself, has none above, or there's no `room` for both.
    Of thousands it is found fast where it is known `among` which few it must be.
    """
    if room < LEAST_ROOM or not 0 < top < len(rows) or is_heading(rows[top]):
        return -1
    if among is not None:
        return max((_place(rows, each, top) for each in among), default=-1)
    return next((at for at in range(top - 1, -1, -1) if is_heading(rows[at])), -1)


def _place(rows: Sequence[_Row], row: _Row, end: int) -> int:
    try:
        return rows.index(row, 0, end)
    except ValueError:
        return -1


def held_below(
    top: int, selected: int, height: int, rows: Sequence[_Row], is_heading: IsHeading[_Row]
) -> int:
    """Return the first row in view of a list, as `held`, so that the chosen one isn't hidden."""
    is_below = heading_at(rows, selected, max(height, LEAST_ROOM), is_heading) >= 0
    top = held(top, selected, height, len(rows), selected - is_below)
    return top if top + 1 >= selected else settled(rows, top, height, is_heading)


def settled(
    rows: Sequence[_Row],
    top: int,
    room: int,
    is_heading: IsHeading[_Row],
    among: Iterable[_Row] | None = None,
) -> int:
    """Return which row is the first in view instead of one that hides behind its heading.

    That is the next one, where that is a heading itself: of the other nothing would show.
    """
    is_last = top + 1 < len(rows) and is_heading(rows[top + 1])
    return top + (is_last and heading_at(rows, top, room, is_heading, among) >= 0)


def in_view(
    rows: Sequence[_Row],
    top: int,
    height: int,
    is_heading: IsHeading[_Row],
    among: Iterable[_Row] | None = None,
) -> Sequence[_Row]:
    """Return the rows that show, the first of which is the heading of those below it."""
    shown = rows[top : top + height]
    at = heading_at(rows, top, height, is_heading, among)
    return [rows[at], *shown[1:]] if at >= 0 else shown
