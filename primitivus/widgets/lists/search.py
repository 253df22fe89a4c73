"""What was found: each message with its words marked, among the one before and the one after."""

from collections.abc import Iterator, Sequence

from backendd.api.records import Message
from primitivus.model.messages.message import beginning
from primitivus.model.panes.search import ENTRY_ROWS, OLDER, Around, Found, SearchPane
from primitivus.model.screen.touch import Choice
from primitivus.model.wording.times import clock, day_or_time, now_us
from primitivus.sentences import tr
from primitivus.widgets.drawing.cells import Row, Segment, clip_row, fill, fit, single_line, width
from primitivus.widgets.drawing.linking import linked
from primitivus.widgets.drawing.touching import row_of
from primitivus.widgets.pointing import pointed
from primitivus.widgets.scene import Scene

# From so many columns on who wrote something stands in the row of what was written.
_WIDE = 70
_ALL_HERE = tr("all that is here; what only a server has, :find in a conversation brings")
# A text, and where in it the words are: the place and length of each.
_Text = tuple[str, Sequence[tuple[int, int]]]
# So much of a message beside one that was found is looked at.
_CHARACTERS = 500


def measure(scene: Scene, pane: SearchPane, columns: int, height: int) -> None:
    """Have the chosen entry in view, each of which has a row more where it is narrow."""
    is_modal = scene.state.view.is_modal
    pane.key = scene.key_for("mode insert", "normal.search") if is_modal else ""
    pane.arranged(height, ENTRY_ROWS + (columns < _WIDE))


def draw(scene: Scene, pane: SearchPane, columns: int, height: int) -> list[Row]:
    """Return exactly `height` rows, from the first entry in view on."""
    listed = pane.listed()
    rows: list[Row] = []
    for number, found in enumerate(listed[pane.top :], pane.top):
        if len(rows) >= height:
            break
        around = pane.around.get(found.key, Around())
        entry = _entry(scene, found, around, columns, is_chosen=number == pane.selected)
        rows += [row_of(Choice(found.key), row) for row in entry]
    if not listed:
        rows.append((("hint", " " + tr("nothing that was found matches this")),))
    if not pane.is_all and len(rows) < height:
        is_chosen = pane.selected == len(listed)
        style = "list.selected.focused" if is_chosen else "hint"
        row: Row = ((style, fit(" " + tr("older ones"), columns, scene.symbols.ellipsis)),)
        rows.append(row_of(Choice(OLDER), pointed(scene, row) if is_chosen else row))
    if pane.is_all and listed and len(rows) < height:
        rows.append((("hint", fit(f" {_ALL_HERE}", columns, scene.symbols.ellipsis)),))
    return [fill(row, columns) for row in (*rows, *[()] * height)][:height]


def _entry(
    scene: Scene, found: Found, around: Around, columns: int, *, is_chosen: bool
) -> Iterator[Row]:
    """Yield the rows of one message: as many as model/panes/search.py counts."""
    yield _beside(scene, found, around.before, columns)
    sign = scene.symbols.focus if is_chosen else " "
    style = "list.selected.focused" if is_chosen else "message.body"
    head = "list.selected.focused" if is_chosen else "message.nick"
    when = day_or_time(found.hit.time, now_us(), scene.settings.time_format)
    title = f"{sign}{when}  {single_line(found.who)}"
    before: Segment = (head, f"{title}  ")
    if columns < _WIDE:
        yield fill(((head, fit(title, columns, scene.symbols.ellipsis)),), columns, style)
        before = (style, f"{sign}  ")
    room = columns - width(before[1])
    row = [before, *_marked(_from_words(found, room, scene.symbols.ellipsis), style)]
    shown = linked(clip_row(row, columns, scene.symbols.ellipsis), found.hit.body)
    yield fill(shown, columns, style)
    yield _beside(scene, found, around.after, columns)
    yield ()


def _from_words(found: Found, room: int, ellipsis: str) -> _Text:
    """Return the text and its ranges, from where on the first of its words is within `room`."""
    text, ranges = found.hit.snippet, [(start, length) for start, length in found.hit.ranges]
    start, length = ranges[0] if ranges else (0, 0)
    if width(single_line(text[: start + length])) <= room:
        return text, ranges
    first = start
    while first > 0 and width(single_line(text[first - 1 : start + length])) < room * 2 // 3:
        first -= 1
    # Whole words, where there are blanks between them.
    first = text.find(" ", first, start) + 1 or first
    moved = len(ellipsis) - first
    return ellipsis + text[first:], [(at + moved, many) for at, many in ranges]


def _marked(text: _Text, plain: str) -> Iterator[Segment]:
    """Yield the text around the words, and these so that they stand out."""
    (snippet, ranges), end = text, 0
    for start, length in ranges:
        yield plain, single_line(snippet[end:start])
        yield "list.mention", single_line(snippet[start : start + length])
        end = start + length
    yield plain, single_line(snippet[end:])


def _beside(scene: Scene, found: Found, message: Message | None, columns: int) -> Row:
    if message is None:
        return ()
    name = scene.state.at(found.place).author(message)
    who = tr("me") if message.direction == "out" else single_line(name)
    said = beginning(message, _CHARACTERS)
    head = f"   {clock(message.time, scene.settings.time_format)}  {who}  "
    text = fit(f"{head}{single_line(said)}", columns, scene.symbols.ellipsis)
    return linked([("message.info", text)], said)
