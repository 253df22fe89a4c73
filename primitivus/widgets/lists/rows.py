"""Lists of rows: each on one, and below them what is told of the marked one, and its keys."""

from collections.abc import Iterator

from primitivus.model.panes.listed_row import ListedRow
from primitivus.model.panes.rows import RowsPane
from primitivus.model.screen.touch import Choice
from primitivus.model.wording.times import now_us, short_moment
from primitivus.sentences import tr
from primitivus.widgets.drawing.cells import (
    Row,
    Segment,
    clip_row,
    fill,
    fit,
    row_width,
    single_line,
    width,
)
from primitivus.widgets.drawing.shortened_paths import rows_of, without_folders
from primitivus.widgets.drawing.touching import row_of
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.pointing import pointed
from primitivus.widgets.scene import Scene

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
    "mark-read": tr("marks it as read"),
    "peek": tr("looks without reading"),
    "mute": tr("mutes it"),
    "retry": tr("tries again"),
    "discard": tr("gives it up"),
    "retry-all": tr("tries all again"),
    "discard-all": tr("gives all up"),
    "copy-entry": tr("copies it"),
    "errors": tr("shows errors alone, or all"),
    "narrow-list": tr("finds one"),
    "browse-rooms": tr("shows those of your server"),
    "join": tr("enters it"),
    "leave": tr("leaves it"),
    "bookmark": tr("bookmarks it"),
    "unbookmark": tr("removes the bookmark"),
    "edit-bookmark": tr("edits it"),
    "autojoin toggle": tr("enters it by itself or not"),
}


def measure(scene: Scene, pane: RowsPane, columns: int, height: int) -> None:
    """Let the list know how much room there is for it above what is told of the marked one."""
    pane.arranged(height - len(_below(scene, pane, columns, height)))


def draw(scene: Scene, pane: RowsPane, columns: int, height: int) -> list[Row]:
    """Return exactly `height` rows, from the first one in view on."""
    if pane.selected < 0:
        said = tr('nothing here has "{text}"', text=pane.words.text)
        cancel = scene.key_for("cancel", "normal", "global")
        return nothing(
            [said if pane.is_typed else tr("{said}; {cancel} shows all", said=said, cancel=cancel)],
            columns,
            height,
        )
    selected, has_names = pane.selected, _has_names(pane)
    rows = [
        _row(scene, each, columns, is_chosen=at == selected, has_names=has_names)
        for at, each in enumerate(pane.in_view(), pane.top)
    ]
    below = _below(scene, pane, columns, height)
    room = height - len(below)
    return [fill(row, columns) for row in (*[*rows, *[()] * height][:room], *below)]


def nothing(paragraphs: list[str], columns: int, height: int) -> list[Row]:
    """Return the rows of a list with nothing in it: why, and what to do."""
    rows: list[Row] = []
    for each in paragraphs:
        rows += [(), *wrapped(each, "message.info", columns)]
    return [fill(row, columns) for row in (*rows, *[()] * height)][:height]


def wrapped(text: str, style: str, columns: int) -> list[Row]:
    """Return a text with a blank column before it."""
    rows = wrap_runs(text, [(style, len(text))], max(4, columns - 1))
    return [(("default", " "), *row) for row in rows]


def _row(scene: Scene, row: ListedRow, columns: int, *, is_chosen: bool, has_names: bool) -> Row:
    ellipsis = scene.symbols.ellipsis
    if not row.line:
        return (("list.group", fit(f" {single_line(row.name)}", columns, ellipsis)),)
    style = "list.selected.focused" if is_chosen else _STYLES[row.tone]
    quiet = "list.selected.focused" if is_chosen else "list.muted"
    sign = getattr(scene.symbols, row.symbol) if row.symbol else row.sign
    head: list[Segment] = [(style, f" {fit(sign, SIGN_COLUMNS, '')} ")]
    if has_names:
        head.append((style, f"{fit(single_line(row.name), _name_columns(columns), ellipsis)} "))
    if _has_times(columns, has_names=has_names):
        when = short_moment(row.time, now_us(), scene.settings.time_format) if row.time else ""
        head.append((quiet, f"{fit(when, max(TIME_COLUMNS, width(when)), '')} "))
    plain = style if is_chosen or row.tone in ("error", "quiet") else "list"
    room = columns - row_width(tuple(head))
    shown = clip_row(
        [(plain, without_folders(single_line(row.text), room, ellipsis))], room, ellipsis
    )
    drawn = fill((*head, *shown), columns, style if is_chosen else "list")
    return row_of(Choice(row.identity), pointed(scene, drawn) if is_chosen else drawn)


def _below(scene: Scene, pane: RowsPane, columns: int, height: int) -> list[Row]:
    """Return all of the text of the marked row where it has no room, and what keys do with it."""
    row = pane.chosen
    if row is None or height < _HINT_FROM:
        return []
    most = max(1, height // 4)
    rows = wrapped(", ".join(_keys(scene, pane, row)), "hint", columns)[:most]
    if besides := single_line(row.besides):
        rows = [*wrapped(besides, "hint", columns)[:most], *rows]
    text = single_line(row.text)
    if width(text) > columns - _text_at(columns, has_names=_has_names(pane)):
        lines = rows_of(
            text, "message.info", max(4, columns - 1), max(1, height // 3), scene.symbols.ellipsis
        )
        rows = [*((("default", " "), *line) for line in lines), *rows]
    return rows[: height // 2]


def _has_names(pane: RowsPane) -> bool:
    return any(each.name for each in pane.rows() if each.line)


def _has_times(columns: int, *, has_names: bool) -> bool:
    return columns >= TIME_FROM or not has_names


def _text_at(columns: int, *, has_names: bool) -> int:
    """Return the column in which the text of a row begins, of one with the time of today."""
    time = TIME_COLUMNS + 1 if _has_times(columns, has_names=has_names) else 0
    return SIGN_COLUMNS + 2 + (_name_columns(columns) + 1 if has_names else 0) + time


def _name_columns(columns: int) -> int:
    least, most = NAME_COLUMNS
    return max(least, min(most, columns // _NAME_PART))


def _keys(scene: Scene, pane: RowsPane, row: ListedRow) -> Iterator[str]:
    here = f"normal.{pane.context}"
    yield f"{scene.key_for('enter', 'normal')} {pane.goes(row)}"
    if row.yes:
        yield tr("{key} accepts", key=scene.key_for("answer yes", here))
    if row.no:
        does = tr("puts it away") if row.no == "dismiss" else tr("refuses")
        yield f"{scene.key_for('answer no', here)} {does}"
    for line in (*row.does, *pane.also):
        yield f"{scene.key_for(line, here)} {_DOES[line]}"
