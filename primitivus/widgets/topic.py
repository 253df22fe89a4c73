"""The topic of a room above its messages, as long as it is, where that is wanted."""

from functools import lru_cache

from primitivus.model.rooms.rooms import Rooms
from primitivus.model.screen.placing import Placed
from primitivus.widgets.drawing.cells import Row, clip, fill, printable, row_width, width
from primitivus.widgets.drawing.linking import linked
from primitivus.widgets.drawing.wrap import Run, wrap_runs
from primitivus.widgets.scene import Scene

# It takes at most this share of the height, so that there is room for what is said.
_SHARE = 3


def rows(scene: Scene, placed: Placed) -> tuple[Row, ...]:
    """Return the rows to show in a main pane, between its title and the messages."""
    place, height = placed.pane.place, placed.rows - placed.has_title
    if scene.settings.topic != "full":
        return ()
    room = scene.state.at(place).of(Rooms).get(place.peer)
    if room is None or not room.subject:
        return ()
    whole, room_for = _rows(room.subject, placed.columns), max(0, height // _SHARE)
    if len(whole) <= room_for:
        return whole
    if not room_for:
        return ()
    last = _cut(whole[room_for - 1], scene)
    return (*whole[: room_for - 1], linked(last, printable(room.subject)))


def _cut(row: Row, scene: Scene) -> Row:
    """Return a row that says at its end that there is more."""
    ellipsis, columns = scene.symbols.ellipsis, row_width(row)
    text = "".join(part for _, part in row).rstrip()
    kept = clip(text, columns - 1 - width(ellipsis), "") + ellipsis
    return fill((("bar.status", kept),), columns, "bar.status")


@lru_cache(maxsize=8)
def _rows(subject: str, columns: int) -> tuple[Row, ...]:
    wrapped = (
        row
        for text in printable(subject.strip()).splitlines()
        for row in wrap_runs(text, _runs(text), max(2, columns - 2))
    )
    return tuple(fill((("bar.status", " "), *row), columns, "bar.status") for row in wrapped)


def _runs(text: str) -> list[Run]:
    return [(style, len(part)) for style, part in linked([("bar.status", text)], text)]
