"""Which panes there is room for, and how wide and high each is."""

from collections.abc import Iterator, Sequence

from backendd.api.tuples import NamedTuple
from primitivus.config import Settings
from primitivus.model.panes.pane import Pane
from primitivus.model.panes.places import PlacesPane
from primitivus.model.panes.sizes import WHOLE, Side, Sizes
from primitivus.sentences import tr

# From here on the lists stand beside the messages; below, one pane has all of the width.
SIDE_FROM, BOTH_FROM = 60, 100
# How wide the list of conversations is, and how wide where messages leave columns unused.
LIST_COLUMNS, LIST_COLUMNS_SPARE = (14, 24), 48
RIGHT_COLUMNS = 28
# The least that a list can be read in.
LIST_LEAST = 8
# The least that each of two main panes can be used with; the rows count its title.
MAIN_COLUMNS, MAIN_ROWS = 36, 4
# Of fewer rows none is for a title.
TITLE_FROM = 3


class Placed(NamedTuple):
    """A pane and its size, in which a title is counted where it has one."""

    pane: Pane
    columns: int
    rows: int
    has_title: bool = False


class Placing(NamedTuple):
    """What is between the bar and the status line, from left to right."""

    left: Placed | None = None
    mains: tuple[Placed, ...] = ()
    right: Placed | None = None
    is_beside: bool = True
    # Why only one of two main panes shows, empty if both do.
    why: str = ""

    def seen(self) -> Iterator[Placed]:
        """Yield all that shows, from left to right."""
        yield from filter(None, (self.left, *self.mains, self.right))


class Parts(NamedTuple):
    """What there is to place: lists that are wanted, and main panes, in one of which one is.

    `focused` is the side at which a list has the focus, if one has it.
    """

    left: PlacesPane | None
    right: PlacesPane | None
    mains: Sequence[Pane]
    main: Pane
    is_beside: bool
    focused: Side | None


def place_parts(parts: Parts, sizes: Sizes, settings: Settings, columns: int, rows: int) -> Placing:
    """Return what shows on so much room; what is focused always does.

    What is wanted wider gets no more than leaves the others what they can be read in.
    """
    if columns < SIDE_FROM and parts.focused == "left" and parts.left is not None:
        return Placing(left=Placed(parts.left, columns, rows))
    if columns < SIDE_FROM and parts.focused == "right" and parts.right is not None:
        return Placing(right=Placed(parts.right, columns, rows))
    is_beside = parts.is_beside and len(parts.mains) > 1
    left, right = _lists(parts, sizes, settings, columns, is_beside=is_beside)
    room = columns - left - right - bool(left) - bool(right)
    mains, why = _mains(parts, sizes, room, rows)
    return Placing(
        Placed(parts.left, left, rows) if left and parts.left is not None else None,
        mains,
        Placed(parts.right, right, rows) if right and parts.right is not None else None,
        parts.is_beside,
        why,
    )


def _lists(
    parts: Parts, sizes: Sizes, settings: Settings, columns: int, *, is_beside: bool
) -> tuple[int, int]:
    """Return how wide the lists are, 0 where they don't show."""
    if columns < SIDE_FROM:
        return 0, 0
    usual = _usual(parts, settings, columns, is_beside=is_beside)
    # What is wanted wider than usual folds nothing away.
    least = _least(usual[0], sizes.left), _least(usual[1], sizes.right)
    left, right = _shown(parts, *least, columns, is_beside=is_beside)
    lists = bool(left) + bool(right)
    needed = _TWO if is_beside and columns - left - right - lists >= _TWO else MAIN_COLUMNS
    room = columns - lists - needed
    if right:
        most = room - min(LIST_COLUMNS[0], left)
        right = _bounded(sizes.right or usual[1], LIST_LEAST, most)
    if left:
        unwanted = _list_columns(settings, columns - right, may_spare=not is_beside)
        left = _bounded(sizes.left or unwanted, LIST_LEAST, room - right)
    return left, right


def _least(usual: int, wanted: int) -> int:
    """Return how few columns a list can make do with; 0 where there is none."""
    return max(LIST_LEAST, min(usual, wanted)) if usual and wanted else usual


def _bounded(wanted: int, least: int, most: int) -> int:
    return max(least, min(wanted, most))


def _usual(parts: Parts, settings: Settings, columns: int, *, is_beside: bool) -> tuple[int, int]:
    """Return how wide the lists that are wanted would be, where nobody has changed that."""
    right = min(RIGHT_COLUMNS, columns // 4) if parts.right is not None else 0
    left = 0
    if parts.left is not None:
        left = _list_columns(settings, columns - right, may_spare=not is_beside)
    return left, right


def _shown(
    parts: Parts, left: int, right: int, columns: int, *, is_beside: bool
) -> tuple[int, int]:
    """Return the columns of the lists, 0 of those that there is no room for."""
    if left and right and columns < BOTH_FROM:
        gives_way = parts.right is not None and parts.right.gives_way
        is_left = parts.focused == "left" or (gives_way and parts.focused != "right")
        left, right = (left, 0) if is_left else (0, right)
    if not is_beside:
        return left, right
    # Two conversations need the room more than a list where one isn't.
    if right and parts.focused != "right" and columns - left - right - 2 < _TWO:
        right = 0
    if left and parts.focused != "left" and columns - left - right - 1 < _TWO:
        left = 0
    return left, right


_TWO = 2 * MAIN_COLUMNS + 1


def _list_columns(settings: Settings, columns: int, *, may_spare: bool) -> int:
    least, most = LIST_COLUMNS
    usual = max(least, min(most, columns // 5))
    spare = columns - settings.message_columns - 2 if settings.message_columns else 0
    return max(usual, min(LIST_COLUMNS_SPARE, spare)) if may_spare else usual


def _mains(parts: Parts, sizes: Sizes, columns: int, rows: int) -> tuple[tuple[Placed, ...], str]:
    if len(parts.mains) == 1:
        return (_placed(parts.main, columns, rows),), ""
    if parts.is_beside and columns < _TWO:
        return (_placed(parts.main, columns, rows, is_titled=True),), tr("too narrow for both")
    if not parts.is_beside and rows < 2 * MAIN_ROWS:
        return (_placed(parts.main, columns, rows, is_titled=True),), tr("too low for both")
    first, second = parts.mains
    if parts.is_beside:
        share = _shared(columns - 1, sizes.beside, MAIN_COLUMNS)
        room = (share, rows), (columns - 1 - share, rows)
    else:
        share = _shared(rows, sizes.above, MAIN_ROWS)
        room = (columns, share), (columns, rows - share)
    return (
        _placed(first, *room[0], is_titled=True),
        _placed(second, *room[1], is_titled=True),
    ), ""


def _shared(cells: int, share: int, least: int) -> int:
    """Return how many cells of both the first has, so that each can be used."""
    return _bounded(cells * share // WHOLE, least, cells - least)


def _placed(pane: Pane, columns: int, rows: int, *, is_titled: bool = False) -> Placed:
    has_title = (is_titled or pane.is_titled) and rows >= TITLE_FROM
    return Placed(pane, columns, rows, has_title)
