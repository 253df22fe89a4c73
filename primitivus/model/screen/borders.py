"""The borders between panes, where each is, and what sizes are wanted where one is moved."""

from collections.abc import Sequence
from typing import Literal

from backendd.api.tuples import NamedTuple
from primitivus.model.panes.sizes import WHOLE, Side, Sizes
from primitivus.model.screen.placing import Placing

# The one of a list at a side, or the one between two main panes.
Border = Literal["left", "right", "beside", "above"]
Extent = Literal["columns", "rows"]


class Grip(NamedTuple):
    """A border of a pane, and whether that grows when it goes right or down (1), or shrinks."""

    border: Border
    sign: int


def grips(placing: Placing, side: Side | None, at: int, extent: Extent) -> Sequence[Grip]:
    """Return the borders that make what one is in larger: a list at a side, or a main pane.

    `at` numbers that. Of several, the next is for where the one before goes no further.
    """
    if extent == "rows":
        return [Grip("above", -1 if at else 1)] if side is None and _shows(placing, "above") else []
    if side is not None:
        return [Grip(side, 1 if side == "left" else -1)] if _shows(placing, side) else []
    if _shows(placing, "beside"):
        return [Grip("beside", -1 if at else 1)]
    found = [Grip("left", -1), Grip("right", 1)]
    return [grip for grip in found if _shows(placing, grip.border)]


def position(placing: Placing, border: Border) -> int | None:
    """Return where a border is, from where it is counted from; None where there is none."""
    if not _shows(placing, border):
        return None
    if border == "left":
        return placing.left.columns if placing.left is not None else None
    if border == "right":
        return -placing.right.columns if placing.right is not None else None
    first = placing.mains[0]
    return first.columns if border == "beside" else first.rows


def moved(sizes: Sizes, placing: Placing, border: Border, by: int) -> Sizes:
    """Return what is wanted where a border of what is placed goes so far right or down."""
    at = position(placing, border)
    if at is None:
        return sizes
    if border == "left":
        return sizes._replace(left=max(1, at + by))
    if border == "right":
        return sizes._replace(right=max(1, -(at + by)))
    first, second = placing.mains
    if border == "beside":
        return sizes._replace(beside=_share(at + by, first.columns + second.columns))
    return sizes._replace(above=_share(at + by, first.rows + second.rows))


def _share(cells: int, both: int) -> int:
    """Return the least share that has so many cells of both."""
    return -(-max(0, min(both, cells)) * WHOLE // both)


def _shows(placing: Placing, border: Border) -> bool:
    """Return whether there is something at both sides of a border."""
    if border == "left":
        return placing.left is not None and bool(placing.mains)
    if border == "right":
        return placing.right is not None and bool(placing.mains)
    return len(placing.mains) == 2 and placing.is_beside == (border == "beside")
