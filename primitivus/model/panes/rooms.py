"""Rooms of all accounts, and who invites to some, in one list."""

from primitivus.model.panes.listed_row import ListedRow
from primitivus.model.panes.rows import RowsPane
from primitivus.sentences import ntr, tr


class RoomsPane(RowsPane):
    """A list of rooms; keys enter, leave, keep and answer."""

    context = "rooms"
    also = ("browse-rooms", "narrow-list")

    @property
    def title(self) -> str:
        asked = sum(bool(each.yes) for each in self.rows())
        many = sum(bool(each.line) for each in self.rows()) - asked
        if not many and not asked:
            return tr("Rooms")
        if not asked:
            return tr("Rooms ({many})", many=many)
        return ntr(
            "Rooms ({many}, {n} invites you)", "Rooms ({many}, {n} invite you)", asked, many=many
        )

    def goes(self, row: ListedRow) -> str:
        if row.yes:
            return tr("asks how to answer")
        return tr("enters it") if row.line.startswith("join ") else super().goes(row)
