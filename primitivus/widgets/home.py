"""What waits: a row each, what keys do with the marked one, and what to do where nothing waits."""

from collections.abc import Iterator

from primitivus.model.home.row import HomeRow
from primitivus.model.panes.home import HomePane
from primitivus.model.times import now_us, short_moment
from primitivus.model.touch import Choice
from primitivus.widgets.cells import (
    Row,
    Segment,
    clip_row,
    fill,
    fit,
    row_width,
    single_line,
    width,
)
from primitivus.widgets.pointing import pointed
from primitivus.widgets.scene import Scene
from primitivus.widgets.touching import row_of
from primitivus.widgets.wrap import wrap_runs

SIGN_COLUMNS = 4
# A name gets a part of the row, within these bounds.
NAME_COLUMNS = 8, 24
_NAME_PART = 4
TIME_COLUMNS = 6
# From so many columns on there is room for when something came.
TIME_FROM = 60
# What keys do stands below the list where so many rows are left for that.
_HINT_FROM = 6
_STYLES = {
    "mention": "list.mention",
    "unread": "list.unread",
    "plain": "list",
    "quiet": "list.muted",
    "error": "message.error",
}
# What keys do with a row beside Enter, and the answers.
_DOES = {
    "mark-read": "marks it as read",
    "peek": "looks without reading",
    "mute": "mutes it",
    "retry": "tries again",
    "discard": "gives it up",
}
# What to do where nothing waits: for who begins, and for who knows their way.
_FIRST = (
    (":add ADDRESS", "adds a contact, and asks to see whether they are there"),
    (":chat ADDRESS", "writes to somebody"),
    (":join ROOM", "enters a room"),
)
_KEYS = (
    ("switch", "goes to anybody by some letters of the name"),
    ("contacts", "shows the contacts"),
    ("home", "comes back here"),
    ("settings", "shows all that can be set, explained"),
    ("help", "tells which keys work where you are"),
    ("quit", "leaves; the backend stays connected"),
)


def measure(scene: Scene, pane: HomePane, columns: int, height: int) -> None:
    """Let the list know how much room there is for it above what keys do."""
    pane.arranged(height - len(_below(scene, pane, columns, height)))


def draw(scene: Scene, pane: HomePane, columns: int, height: int) -> list[Row]:
    """Return exactly `height` rows, from the first one in view on."""
    if pane.selected < 0:
        rows = _nothing(scene, pane, columns)
        return [fill(row, columns) for row in (*rows, *[()] * height)][:height]
    selected = pane.selected
    rows = [
        _row(scene, each, columns, is_chosen=at == selected)
        for at, each in enumerate(pane.in_view(), pane.top)
    ]
    below = _below(scene, pane, columns, height)
    room = height - len(below)
    return [fill(row, columns) for row in (*[*rows, *[()] * height][:room], *below)]


def _row(scene: Scene, row: HomeRow, columns: int, *, is_chosen: bool) -> Row:
    ellipsis = scene.symbols.ellipsis
    if not row.line:
        return (("list.group", fit(f" {single_line(row.name)}", columns, ellipsis)),)
    style = "list.selected.focused" if is_chosen else _STYLES[row.tone]
    quiet = "list.selected.focused" if is_chosen else "list.muted"
    sign = getattr(scene.symbols, row.symbol) if row.symbol else row.sign
    head: list[Segment] = [
        (style, f" {fit(sign, SIGN_COLUMNS, '')} "),
        (style, f"{fit(single_line(row.name), _name_columns(columns), ellipsis)} "),
    ]
    if columns >= TIME_FROM:
        when = short_moment(row.time, now_us(), scene.settings.time_format) if row.time else ""
        head.append((quiet, f"{fit(when, max(TIME_COLUMNS, width(when)), '')} "))
    plain = style if is_chosen or row.tone in ("error", "quiet") else "list"
    room = columns - row_width(tuple(head))
    shown = clip_row([(plain, single_line(row.text))], room, ellipsis)
    drawn = fill((*head, *shown), columns, style if is_chosen else "list")
    return row_of(Choice(row.identity), pointed(scene, drawn) if is_chosen else drawn)


def _below(scene: Scene, pane: HomePane, columns: int, height: int) -> list[Row]:
    """Return what keys do with the marked row, and all of its text where that has no room."""
    row = pane.chosen
    if row is None or height < _HINT_FROM:
        return []
    most = max(1, height // 4)
    rows = _wrapped(", ".join(_keys(scene, row)), "hint", columns, " ")[:most]
    text = single_line(row.text)
    if width(text) > columns - _text_at(columns):
        rows = [*_wrapped(text, "message.info", columns, " ")[:most], *rows]
    return rows


def _text_at(columns: int) -> int:
    """Return the column in which the text of a row begins, of one with the time of today."""
    time = TIME_COLUMNS + 1 if columns >= TIME_FROM else 0
    return SIGN_COLUMNS + 2 + _name_columns(columns) + 1 + time


def _name_columns(columns: int) -> int:
    least, most = NAME_COLUMNS
    return max(least, min(most, columns // _NAME_PART))


def _keys(scene: Scene, row: HomeRow) -> Iterator[str]:
    yield f"{scene.key_for('enter', 'normal')} goes there"
    if row.yes:
        yield f"{scene.key_for('answer yes', 'normal.home')} accepts"
    if row.no:
        does = "puts it away" if row.no == "dismiss" else "refuses"
        yield f"{scene.key_for('answer no', 'normal.home')} {does}"
    for line in row.does:
        yield f"{scene.key_for(line, 'normal.home')} {_DOES[line]}"


def _nothing(scene: Scene, pane: HomePane, columns: int) -> list[Row]:
    """Return a calm sentence, and the keys that are needed most."""
    place = pane.nearest()
    account = scene.state.at(place)
    told: list[tuple[str, str]] = []
    if place.peer:
        enter = scene.key_for("enter", "normal")
        told.append((enter, f"goes back to {single_line(account.title(place.peer))}"))
    told += _FIRST
    told += [(key, does) for line, does in _KEYS if (key := scene.key_for(line))]
    left = max(width(key) for key, _ in told) + 2
    rows: list[Row] = [(), *_wrapped("Nothing waits for you.", "message.info", columns, " "), ()]
    for key, does in told:
        if left + width(does) < columns:
            rows.append((("popup.key", f" {fit(key, left)}"), ("message.info", does)))
        else:
            rows += _wrapped(f"{key} {does}", "message.info", columns, " ")
    return rows


def _wrapped(text: str, style: str, columns: int, before: str) -> list[Row]:
    rows = wrap_runs(text, [(style, len(text))], max(4, columns - width(before)))
    return [(("default", before), *row) for row in rows]
