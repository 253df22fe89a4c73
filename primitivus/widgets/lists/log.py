"""What the program told: a row each, and whole below them."""

from primitivus.model.panes.log import LogPane
from primitivus.sentences import tr
from primitivus.widgets.drawing.cells import Row
from primitivus.widgets.lists import rows
from primitivus.widgets.scene import Scene

measure = rows.measure


def draw(scene: Scene, pane: LogPane, columns: int, height: int) -> list[Row]:
    """Return exactly `height` rows."""
    if pane.selected < 0 and not pane.words.text:
        all_is_well = (
            tr("Nothing went wrong so far.") if pane.is_errors else tr("Nothing was said so far.")
        )
        return rows.nothing([all_is_well], columns, height)
    return rows.draw(scene, pane, columns, height)
