"""What waits: a row each, and what to do where nothing waits."""

from primitivus.model.home.sources import is_told
from primitivus.model.panes.home import HomePane
from primitivus.sentences import tr
from primitivus.widgets.drawing.cells import Row, fill, fit, single_line, width
from primitivus.widgets.lists import rows
from primitivus.widgets.lists.rows import wrapped
from primitivus.widgets.scene import Scene

measure = rows.measure

# What to do where nothing waits: for who begins, and for who knows their way.
_FIRST = (
    (":add ADDRESS", tr("adds a contact, and asks to see whether they are there")),
    (":chat ADDRESS", tr("writes to somebody")),
    (":join ROOM", tr("enters a room")),
)
_KEYS = (
    ("switch", tr("goes to anybody by some letters of the name")),
    ("contacts", tr("shows the contacts")),
    ("home", tr("comes back here")),
    ("settings", tr("shows all that can be set, explained")),
    ("help", tr("tells which keys work where you are")),
    ("quit", tr("leaves; the backend stays connected")),
)


def draw(scene: Scene, pane: HomePane, columns: int, height: int) -> list[Row]:
    """Return exactly `height` rows."""
    if pane.selected < 0 and not pane.words.text:
        # Before all is told, nobody knows.
        shown = _nothing(scene, pane, columns) if is_told(scene.state) else []
        return [fill(row, columns) for row in (*shown, *[()] * height)][:height]
    return rows.draw(scene, pane, columns, height)


def _nothing(scene: Scene, pane: HomePane, columns: int) -> list[Row]:
    """Return a calm sentence, and the keys that are needed most."""
    place = pane.nearest()
    account = scene.state.at(place)
    told: list[tuple[str, str]] = []
    if place.peer:
        enter = scene.key_for("enter", "normal")
        told.append(
            (enter, tr("goes back to {title}", title=single_line(account.title(place.peer))))
        )
    told += _FIRST
    told += [(key, does) for line, does in _KEYS if (key := scene.key_for(line))]
    left = max(width(key) for key, _ in told) + 2
    shown: list[Row] = [(), *wrapped(tr("Nothing waits for you."), "message.info", columns), ()]
    for key, does in told:
        if left + width(does) < columns:
            shown.append((("popup.key", f" {fit(key, left)}"), ("message.info", does)))
        else:
            shown += wrapped(f"{key} {does}", "message.info", columns)
    return shown
