"""How wide and high panes are wanted, whatever the screen has room for now."""

from typing import Literal

from backendd.api.tuples import NamedTuple

Side = Literal["left", "right"]
# What two panes share is divided into so many parts.
WHOLE = 10_000


class Sizes(NamedTuple):
    """What was made wider or narrower, and folded away.

    `left` and `right` are the columns of the lists at the sides; 0: as many as suit the screen.
    `beside` and `above` are the parts of the WHOLE that the first of two main panes has of the
    columns or the rows of both.
    """

    left: int = 0
    right: int = 0
    beside: int = WHOLE // 2
    above: int = WHOLE // 2
    folds_left: bool = False
    folds_right: bool = False

    def folds(self, side: Side) -> bool:
        """Return whether no list shows at a side, whichever is wanted there."""
        return self.folds_left if side == "left" else self.folds_right

    def folded(self, side: Side, *, is_folded: bool) -> "Sizes":
        """Return them with a side folded away, or not."""
        if side == "left":
            return self._replace(folds_left=is_folded)
        return self._replace(folds_right=is_folded)

    def balanced(self) -> "Sizes":
        """Return those that nothing was made wider or narrower in."""
        return Sizes(folds_left=self.folds_left, folds_right=self.folds_right)
