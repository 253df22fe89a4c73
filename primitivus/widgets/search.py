"""What was found: each message with its words marked, among the one before and the one after."""

from collections.abc import Iterator

from backendd.api.records import Message
from primitivus.model.message import beginning
from primitivus.model.panes.search import Around, Found, SearchPane
from primitivus.model.times import clock, moment
from primitivus.widgets.cells import Row, Segment, clip_row, fill, fit, single_line
from primitivus.widgets.linking import linked
from primitivus.widgets.scene import Scene

# So much of a message beside one that was found is looked at.
_CHARACTERS = 500


def draw(scene: Scene, pane: SearchPane, columns: int, height: int) -> list[Row]:
    """Return exactly `height` rows, from the first entry in view on."""
    listed = pane.listed()
    rows: list[Row] = []
    for number, found in enumerate(listed[pane.top :], pane.top):
        if len(rows) >= height:
            break
        around = pane.around.get(found.key, Around())
        rows += _entry(scene, found, around, columns, is_chosen=number == pane.selected)
    if not listed:
        rows.append((("hint", " nothing that was found matches this"),))
    if not pane.is_all and len(rows) < height:
        style = "list.selected.focused" if pane.selected == len(listed) else "hint"
        rows.append(((style, fit(" older ones", columns, scene.symbols.ellipsis)),))
    return [fill(row, columns) for row in (*rows, *[()] * height)][:height]


def _entry(
    scene: Scene, found: Found, around: Around, columns: int, *, is_chosen: bool
) -> Iterator[Row]:
    """Yield the rows of one message: as many as model/panes/search.py counts."""
    yield _beside(scene, found, around.before, columns)
    sign = scene.symbols.focus if is_chosen else " "
    style = "list.selected.focused" if is_chosen else "message.body"
    head = "list.selected.focused" if is_chosen else "message.nick"
    row: list[Segment] = [(head, f"{sign}{moment(found.hit.time)}  {single_line(found.who)}  ")]
    row += _marked(found, style)
    shown = linked(clip_row(row, columns, scene.symbols.ellipsis), found.hit.body)
    yield fill(shown, columns, style)
    yield _beside(scene, found, around.after, columns)
    yield ()


def _marked(found: Found, plain: str) -> Iterator[Segment]:
    """Yield the text around the words, and these so that they stand out."""
    snippet, end = found.hit.snippet, 0
    for start, length in found.hit.ranges:
        yield plain, single_line(snippet[end:start])
        yield "list.mention", single_line(snippet[start : start + length])
        end = start + length
    yield plain, single_line(snippet[end:])


def _beside(scene: Scene, found: Found, message: Message | None, columns: int) -> Row:
    if message is None:
        return ()
    name = scene.state.at(found.place).author(message)
    who = "me" if message.direction == "out" else single_line(name)
    said = beginning(message, _CHARACTERS)
    head = f"   {clock(message.time, scene.settings.time_format)}  {who}  "
    text = fit(f"{head}{single_line(said)}", columns, scene.symbols.ellipsis)
    return linked([("message.info", text)], said)
