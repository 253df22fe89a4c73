"""A data form over the screen: notes and fields one below the other, and the buttons under them."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from primitivus.model.form_fields import Blank, ListBlank, TextBlank
from primitivus.model.forms import FormPopup, Note
from primitivus.widgets.box import Box, frame
from primitivus.widgets.cells import Row, around, clip, fit, single_line, width
from primitivus.widgets.scene import Scene
from primitivus.widgets.wrap import wrap_runs

_COLUMNS = 76
# Options of the focused list, and lines of a text, that show at once.
_MOST = 8
_MOST_OF_ERROR = 3

Cursor = tuple[int, int]
Drawn = tuple[list[Row], Cursor | None]


class _Piece(NamedTuple):
    """Some rows of the form, which are drawn where they are in view."""

    rows: int
    draw: Callable[[], Drawn]
    is_focused: bool = False


def measure(scene: Scene, popup: FormPopup, columns: int, height: int) -> None:
    """Bring what is selected into view, and let the form know how much of it shows."""
    popup.height = room = _room(popup, columns, height)
    pieces = list(_pieces(scene, popup, _inner(columns)))
    total = sum(each.rows for each in pieces)
    if popup.is_followed:
        start, end = _focused(pieces)
        # All of a long one can't be seen at once: then its beginning is.
        popup.top = min(max(popup.top, end - room), start)
        if not popup.selected and end <= room:
            popup.top = 0
    popup.top = max(0, min(popup.top, total - room))


def draw(scene: Scene, popup: FormPopup, columns: int, height: int) -> Box:
    """Return the part of the form that is in view."""
    outer, room = _inner(columns) + 2, _room(popup, columns, height)
    pieces = list(_pieces(scene, popup, outer - 2))
    total = sum(each.rows for each in pieces)
    top = popup.top
    rows, cursor = _in_view(pieces, top, room)
    title = popup.title
    if total > room:
        title += f"  {top + 1}-{min(total, top + room)}/{total}"
    drawn = frame(title, [*rows, *_error(popup, columns)], outer, scene.symbols)
    left, above = (columns - outer) // 2, max(0, (height - len(drawn)) // 3)
    return Box(drawn, left, above, (cursor[0] + 1, cursor[1] + 1) if cursor else None)


def _inner(columns: int) -> int:
    return min(columns, _COLUMNS) - 2


def _error(popup: FormPopup, columns: int) -> tuple[Row, ...]:
    """Return what is wrong, which shows wherever one is in the form."""
    rows = _paragraph("banner.error", popup.error, _inner(columns)) if popup.error else ()
    return rows[:_MOST_OF_ERROR]


def _room(popup: FormPopup, columns: int, height: int) -> int:
    return max(1, height - 2 - len(_error(popup, columns)))


def _focused(pieces: list[_Piece]) -> tuple[int, int]:
    ends = list(accumulate(each.rows for each in pieces))
    place = next(place for place, each in enumerate(pieces) if each.is_focused)
    return ends[place] - pieces[place].rows, ends[place]


def _in_view(pieces: list[_Piece], top: int, room: int) -> Drawn:
    rows: list[Row] = []
    cursor, start = None, 0
    for piece in pieces:
        end = start + piece.rows
        if end > top and start < top + room:
            drawn, at = piece.draw()
            if at is not None and top <= start + at[1] < top + room:
                cursor = at[0], start + at[1] - top
            rows += drawn[max(0, top - start) : max(0, top + room - start)]
        start = end
    return rows, cursor


def _pieces(scene: Scene, popup: FormPopup, inner: int) -> Iterator[_Piece]:
    labels = min(inner // 2, max((width(each.label) for each in popup.shown), default=0))
    place = 0
    for part in popup.parts:
        if isinstance(part, Note):
            yield _plain(_note(part, inner))
            continue
        is_focused = place == popup.selected
        yield _field(scene, part, labels, inner, is_focused=is_focused)
        place += 1
    yield _buttons(popup, inner)


def _plain(rows: list[Row]) -> _Piece:
    return _Piece(len(rows), lambda: (rows, None))


def _note(note: Note, inner: int) -> list[Row]:
    rows = list(_paragraph("popup", note.text, inner)) if note.text else []
    rows += [row for each in note.media for row in _link(each.uri, inner)]
    return [*rows, ()]


def _link(uri: str, inner: int) -> tuple[Row, ...]:
    if uri.startswith("cid:"):
        return _paragraph("hint", "a picture comes with the form, and can't be shown here", inner)
    return _paragraph("message.link", single_line(uri), inner)


@lru_cache(maxsize=256)
def _paragraph(style: str, text: str, inner: int) -> tuple[Row, ...]:
    """Return a text in rows; kept, for a long one would be broken into lines for each frame."""
    rows: list[Row] = []
    for line in text.split("\n"):
        said = single_line(line)
        rows += wrap_runs(said, [(style, len(said))], max(4, inner - 2)) or [()]
    return tuple((("popup", " "), *row) for row in rows)


def _field(scene: Scene, blank: Blank, labels: int, inner: int, *, is_focused: bool) -> _Piece:
    below = [row for each in blank.record.media for row in _link(each.uri, inner)]
    if is_focused:
        below += [row for text in (blank.hint, blank.keys) if text for row in _hint(text, inner)]
    problem = blank.problem() if blank.is_told else ""
    if problem:
        below += _paragraph("banner.error", problem, inner)
    many = _rows_of(blank) if is_focused else 1

    def draw() -> Drawn:
        rows, cursor = _value(scene, blank, labels, inner, is_focused=is_focused)
        return [*rows, *below], cursor

    return _Piece(many + len(below), draw, is_focused)


def _hint(text: str, inner: int) -> tuple[Row, ...]:
    return _paragraph("hint", text, inner)


def _rows_of(blank: Blank) -> int:
    """Return in how many rows the value of a field shows while it has the focus."""
    if isinstance(blank, ListBlank):
        return max(1, min(_MOST, len(blank.options)))
    if isinstance(blank, TextBlank) and blank.is_multi:
        return min(_MOST, blank.editor.text.count("\n") + 1)
    return 1


def _value(scene: Scene, blank: Blank, labels: int, inner: int, *, is_focused: bool) -> Drawn:
    """Return the rows of a field, and the cursor in them."""
    room = max(4, inner - labels - 3)
    ellipsis = scene.symbols.ellipsis
    if not is_focused:
        said = clip(single_line(blank.shown()[: 4 * inner]), room, ellipsis)
        return [_row(scene, blank.label, labels, (("field", fit(said, room, ellipsis)),))], None
    if isinstance(blank, ListBlank):
        lines, cursor = _options(scene, blank, room)
    else:
        lines, cursor = _text(blank, room)
    rows = [
        _row(scene, "" if number else blank.label, labels, line)
        for number, line in enumerate(lines)
    ]
    return rows, (cursor[0] + labels + 3, cursor[1])


def _row(scene: Scene, label: str, labels: int, value: Row) -> Row:
    written = fit(single_line(label), labels, scene.symbols.ellipsis)
    return (("field.label", f" {written}  "), *value)


def _options(scene: Scene, blank: ListBlank, room: int) -> tuple[list[Row], Cursor]:
    signs = ("[x] ", "[ ] ") if blank.is_multi else ("(x) ", "( ) ")
    top = max(0, min(blank.marked - _MOST // 2, len(blank.options) - _MOST))
    rows: list[Row] = []
    for place, (_, label) in enumerate(blank.options[top : top + _MOST], top):
        style = "field.focused" if place == blank.marked else "field"
        text = signs[place not in blank.chosen] + single_line(label[: 4 * room])
        rows.append(((style, fit(text, room, scene.symbols.ellipsis)),))
    return rows or [(("field", fit("", room)),)], (1, blank.marked - top)


def _text(blank: Blank, room: int) -> tuple[list[Row], Cursor]:
    """Return the lines around the cursor, and where that is in them."""
    editor = blank.editor
    lines = editor.text.split("\n")
    if blank.is_secret:
        lines = ["*" * len(line) for line in lines]
    at = editor.text.count("\n", 0, editor.cursor)
    column = editor.cursor - (editor.text.rfind("\n", 0, editor.cursor) + 1)
    many = _rows_of(blank)
    top = max(0, min(at - many + 1, len(lines) - many)) if at >= many else 0
    shown, where = around(single_line(lines[at]), column, room - 1)
    rows: list[Row] = []
    for number, line in enumerate(lines[top : top + many], top):
        said = shown if number == at else clip(single_line(line[: 4 * room]), room, "")
        rows.append((("field.focused", fit(said, room, "")),))
    return rows, (where, at - top)


def _buttons(popup: FormPopup, inner: int) -> _Piece:
    rows: list[Row] = [()]
    row: list[tuple[str, str]] = []
    for place, each in enumerate(popup.buttons, len(popup.fields)):
        style = "button.focused" if place == popup.selected else "button"
        row += [("popup", " "), (style, f"[ {each.label} ]")]
    if popup.is_busy:
        row = [("popup", " "), ("button", "[ please wait ]")]
    rows.append(tuple(row))
    rows += _hint(f"Enter goes on, F4: {popup.buttons[popup.usual].label}, Esc leaves", inner)
    is_focused = popup.selected >= len(popup.fields)
    return _Piece(len(rows), lambda: (rows, None), is_focused)
