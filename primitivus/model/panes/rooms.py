"""Rooms of all accounts, and who invites to some, in one list."""

from primitivus.model.listed_row import ListedRow
from primitivus.model.panes.rows import RowsPane


class RoomsPane(RowsPane):
    """A list of rooms; keys enter, leave, keep and answer."""

    context = "rooms"
    also = ("browse-rooms", "narrow-list")

    @property
    def title(self) -> str:
        asked = sum(bool(each.yes) for each in self.rows())
        what = f", {asked} invite you" if asked > 1 else ", 1 invites you" if asked else ""
        many = sum(bool(each.line) for each in self.rows()) - asked
        return f"Rooms ({many}{what})" if many or asked else "Rooms"

    def goes(self, row: ListedRow) -> str:
        if row.yes:
            return "asks how to answer"
        return "enters it" if row.line.startswith("join ") else super().goes(row)
