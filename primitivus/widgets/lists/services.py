"""Services: lines of what one is and can do, and what it has, one below the other."""

from primitivus.model.panes.service_level import Entry
from primitivus.model.panes.services import ServicesPane
from primitivus.model.screen.touch import Choice
from primitivus.widgets.drawing.cells import Row, clip, fill, single_line, width
from primitivus.widgets.drawing.touching import row_of
from primitivus.widgets.pointing import pointed
from primitivus.widgets.scene import Scene

# Before what one can go into.
_OPENS = "+"
# Between what a line says and what stands beside it.
_GAP = "  "


def draw(scene: Scene, pane: ServicesPane, columns: int, height: int) -> list[Row]:
    """Return exactly `height` rows, from the first line in view on."""
    top, selected = pane.level.top, pane.selected
    rows = [
        row_of(
            Choice((place, entry.text)),
            _entry(scene, pane, entry, columns, is_chosen=place == selected),
        )
        for place, entry in enumerate(pane.in_view(), top)
    ]
    return [fill(row, columns) for row in (*rows, *[()] * height)][:height]


def _entry(scene: Scene, pane: ServicesPane, entry: Entry, columns: int, *, is_chosen: bool) -> Row:
    sign = _OPENS if entry.run else " "
    style = "list.selected.focused" if is_chosen else entry.style
    text, ellipsis = f" {sign} {single_line(entry.text)}", scene.symbols.ellipsis
    beside = f"{_GAP}{single_line(told)}" if (told := _beside(pane, entry)) else ""
    # What stands beside may take half of the row, if both don't fit.
    shown = clip(text, max(columns // 2, columns - width(beside)), ellipsis)
    quiet = "list.selected.focused" if is_chosen else "hint"
    row = (style, shown), (quiet, clip(beside, columns - width(shown), ellipsis))
    return fill(pointed(scene, row) if is_chosen else row, columns, style)


def _beside(pane: ServicesPane, entry: Entry) -> str:
    """Return the address of what has a name, and of a room how many are in there."""
    item = entry.item
    if item is None:
        return ""
    address = item.jid if item.node in ("", entry.text) else f"{item.jid} {item.node}"
    told = pane.level.details.get(item.jid, "")
    return "  ".join(filter(None, ("" if address == entry.text else address, told)))
