"""The list of conversations: who, how reachable, how much is unread."""

from dataclasses import replace

from backendd.api.records import Conversation
from primitivus.model.address import with_meaning
from primitivus.widgets.cells import Row, fill, fit, single_line, width
from primitivus.widgets.scene import Scene


def draw(scene: Scene, columns: int, height: int) -> list[Row]:
    """Return `height` rows: a title, who asks something, and as many conversations as fit."""
    state = scene.state
    rows: list[Row] = [(("pane.title", fit(" Conversations", columns)),)]
    for request in state.roster.requests.values():
        text = f" ? {single_line(with_meaning(request.jid))}"
        rows.append((("list.mention", fit(text, columns, scene.symbols.ellipsis)),))
    rows = rows[: max(1, height - 1)]
    records = state.conversations.listed()
    is_focused = state.view.focus == "conversations"
    marked = state.view.listed_peer if is_focused else state.view.peer
    room = height - len(rows)
    start = _start(records, marked, room)
    for record in records[start : start + room]:
        rows.append(_entry(scene, record, columns, is_focused=is_focused, marked=marked))
    if not records and room > 0:
        rows.append((("message.info", fit(" none yet", columns)),))
    rows = _with_more(scene, rows, records, start, room, columns)
    return [fill(row, columns, "list") for row in (*rows, *[()] * height)][:height]


def _start(records: list[Conversation], marked: str, room: int) -> int:
    """Return the first entry to show, so that the marked one is among them."""
    place = next((i for i, each in enumerate(records) if each.peer == marked), 0)
    return max(0, min(place - room + 2, len(records) - room)) if place >= room - 1 else 0


def _with_more(
    scene: Scene, rows: list[Row], records: list[Conversation], start: int, room: int, columns: int
) -> list[Row]:
    """Say on the last row that something unread lies further down."""
    hidden = sum(1 for each in records[start + room :] if each.unread)
    if hidden and len(rows) > 1:
        text = f" {scene.symbols.below} {hidden} more unread"
        rows[-1] = (("list.unread", fit(text, columns, scene.symbols.ellipsis)),)
    return rows


def _entry(
    scene: Scene, record: Conversation, columns: int, *, is_focused: bool, marked: str
) -> Row:
    state = scene.state
    if state.is_attended(record.peer):
        # It is read as it comes; a number that flickers would only say so twice.
        record = replace(record, unread=0, mentions=0)
    presence, sign = scene.presence(state.roster.show(record.peer))
    style = _style(record)
    if record.peer == marked:
        style = "list.selected.focused" if is_focused else "list.selected"
        presence = style
    count = _count(scene, record)
    name_columns = columns - width(sign) - 3 - (width(count) + 1 if count else 0)
    name = fit(single_line(state.name(record.peer)), max(1, name_columns), scene.symbols.ellipsis)
    row: Row = ((style, " "), (presence, sign), (style, f" {name}"))
    if count:
        row = (*row, (style if record.peer == marked else "list.count", f"{count} "))
    return fill(row, columns, style)


def _style(record: Conversation) -> str:
    if record.mentions:
        return "list.mention"
    if record.notify == "none":
        return "list.muted"
    return "list.unread" if record.unread else "list"


def _count(scene: Scene, record: Conversation) -> str:
    signs = scene.symbols
    text = ""
    if record.typing:
        text += signs.ellipsis
    if record.draft and record.peer != scene.state.view.peer:
        text += signs.draft
    if record.notify == "none":
        text += signs.muted
    if record.pinned:
        text += signs.pinned
    if record.unread:
        number = str(record.unread) if record.unread < 1000 else "999+"
        text += (" " if text else "") + ("@" if record.mentions else "") + number
    return text
