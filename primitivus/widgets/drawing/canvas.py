"""A canvas made of ready rows, the only kind this program draws."""

from collections.abc import Iterator, Sequence

from primitivus.model.files.pictures import Wanted
from primitivus.widgets.drawing.cells import Row
from primitivus.widgets.terminal.cells import Run


class RowsCanvas:
    """Rows of styled text, each exactly `columns` wide.

    urwid's own text canvas lays out, measures and encodes all of its text anew for each frame;
    here a row that was drawn before costs one look into a dictionary.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        columns: int,
        cursor: tuple[int, int] | None,
        runs: "Runs",
        pictures: Sequence[Wanted] = (),
    ) -> None:
        self._rows = rows
        self._columns = columns
        self._runs = runs
        self.cursor = cursor
        # Those that are in the rows, or will be once they were read.
        self.pictures = pictures

    def cols(self) -> int:
        return self._columns

    def rows(self) -> int:
        return len(self._rows)

    def content(self) -> Iterator[list[Run]]:
        """Yield the rows as runs of attribute, charset and bytes."""
        for row in self._rows:
            yield self._runs.of(row)


class Runs:
    """The encoded form of rows, kept for as long as they are likely to be drawn again."""

    _LIMIT = 500

    def __init__(self) -> None:
        self._encoded: dict[Row, list[Run]] = {}

    def of(self, row: Row) -> list[Run]:
        runs = self._encoded.get(row)
        if runs is None:
            if len(self._encoded) >= self._LIMIT:
                self._encoded.clear()
            # Names of files may be in no encoding.
            runs = [(style, None, text.encode(errors="replace")) for style, text in row]
            self._encoded[row] = runs
        return runs
