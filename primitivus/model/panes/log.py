"""What the program told, the newest below, or what of it are errors."""

from collections.abc import Hashable, Sequence

from primitivus.model.panes.listed_row import ListedRow
from primitivus.model.panes.rows import RowsPane
from primitivus.sentences import ntr, tr


class LogPane(RowsPane):
    """A list that goes on with what is told as long as the last row is marked."""

    context = "log"
    also = ("copy-entry", "errors", "narrow-list")
    is_of_program = True
    # Whether it shows errors alone.
    is_errors = False
    # When the newest one was told that was seen at the end.
    _seen_us = 0

    @property
    def title(self) -> str:
        rows = self.rows()
        new = sum(each.time > self._seen_us for each in rows) if self._marked is not None else 0
        many = (
            ntr("{all}, {n} new below", "{all}, {n} new below", new, all=len(rows))
            if new
            else str(len(rows))
        )
        if self.is_errors:
            return tr("Errors of the program ({many})", many=many)
        return tr("Messages of the program ({many})", many=many)

    @property
    def asked(self) -> Hashable:
        return super().asked, self.is_errors

    def goes(self, row: ListedRow) -> str:
        return tr("shows all of it") if row.line == "log-entry" else super().goes(row)

    def newest(self) -> None:
        """Go to the end, and on with what comes there."""
        self._marked = None

    def arranged(self, height: int) -> None:
        super().arranged(height)
        if self._marked is None and (rows := self.rows()):
            self._seen_us = rows[-1].time

    def copy(self) -> RowsPane:
        other = LogPane(self.listed)
        other.is_errors = self.is_errors
        return self._marked_in(other)

    def _some(self, listed: Sequence[ListedRow]) -> Sequence[ListedRow]:
        some = super()._some(listed)
        return [each for each in some if each.tone == "error"] if self.is_errors else some

    def _hold(self, rows: Sequence[ListedRow], lines: Sequence[int], number: int) -> None:
        super()._hold(rows, lines, number)
        if self._at == len(lines) - 1:
            self.newest()

    def _number(self, rows: Sequence[ListedRow], lines: Sequence[int]) -> int:
        return len(lines) - 1 if self._marked is None else super()._number(rows, lines)
