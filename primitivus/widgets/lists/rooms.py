"""Rooms: a row each, and what to do where there are none."""

from primitivus.model.panes.rooms import RoomsPane
from primitivus.model.rooms.rooms import Rooms
from primitivus.sentences import tr
from primitivus.widgets.drawing.cells import Row
from primitivus.widgets.lists import rows
from primitivus.widgets.scene import Scene

measure = rows.measure


def draw(scene: Scene, pane: RoomsPane, columns: int, height: int) -> list[Row]:
    """Return exactly `height` rows."""
    if pane.selected >= 0 or pane.words.text:
        return rows.draw(scene, pane, columns, height)
    if not all(each.of(Rooms).are_known for each in scene.state.accounts.opened()):
        return rows.nothing([], columns, height)  # none were told yet
    browse = scene.key_for("browse-rooms", "normal.rooms")
    said = tr(
        "You are in no room. :join ROOM enters one, {browse} shows those of your server.",
        browse=browse,
    )
    return rows.nothing([said, tr(":create-room ROOM makes one.")], columns, height)
