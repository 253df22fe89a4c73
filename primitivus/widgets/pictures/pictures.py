"""Pictures among rows of text: how large they get, and what draws them."""

from collections.abc import Sequence
from typing import Protocol

from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from primitivus.model.files.pictures import Picture, Pictures, Read, Refusal, Source, Wanted
from primitivus.widgets.drawing.cells import Row


class Medium(Protocol):
    """What a terminal can show pictures by."""

    @property
    def cell(self) -> tuple[int, int]:
        """Return how many pixels of a picture a cell shows, across and down."""
        ...

    @property
    def encoding(self) -> str:
        """Return how it wants pictures written."""
        ...

    def rows(self, picture: Picture) -> Sequence[Row]:
        """Return a picture as rows.

        They may be cut anywhere: each cell has to show its part whatever is left beside it.
        """
        ...


# So many columns a row: what is wider, such as a panorama, is less high for it.
_WIDEST = 5


class Drawn(NamedTuple):
    """The rows of a picture, or why it can't be shown; neither while it is being read."""

    rows: Sequence[Row]
    why_not: str = ""


NO_PICTURE = Drawn(())


class Gallery(Value):
    """The pictures that are known, how they are drawn, and how many rows one takes at most."""

    pictures: Pictures
    medium: Medium
    height: int

    def wanted(self, source: Source, columns: int, rows: int = 0) -> Wanted:
        """Return how a picture has to be read to be shown in so much room.

        By default that is as much as one has among messages, where most need less than all columns:
        so they aren't read anew with each change of these.
        """
        across, down = self.medium.cell
        if not rows:
            rows, columns = self.height, min(columns, _WIDEST * self.height)
        return Wanted(source, columns * across, rows * down, self.medium.encoding)

    def get(self, wanted: Wanted) -> Read | None:
        """Return what came of reading one; None before that was done."""
        return self.pictures.get(wanted)

    def draw(self, wanted: Wanted) -> Drawn:
        """Return one as it is drawn, as far as that can be yet."""
        read = self.pictures.get(wanted)
        if isinstance(read, Picture):
            return Drawn(self.medium.rows(read))
        return Drawn((), read.why) if isinstance(read, Refusal) else NO_PICTURE
