"""A data form over the screen: notes and fields one below the other, and the buttons under them."""

from collections.abc import Iterator
from functools import partial
from itertools import accumulate

from primitivus.model.popups.forms import FormPopup, Note
from primitivus.model.screen.touch import Choice
from primitivus.model.scrolling.beyond import Beyond
from primitivus.sentences import tr
from primitivus.widgets.drawing.cells import Row, Segment
from primitivus.widgets.drawing.touching import row_of, touched
from primitivus.widgets.popups.box import MOST_COLUMNS, Box, frame
from primitivus.widgets.popups.form_fields import (
    Drawn,
    Piece,
    field,
    hint,
    label_columns,
    link,
    paragraph,
)
from primitivus.widgets.scene import Scene

_MOST_OF_ERROR = 3


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
    shown, beyond = [*rows, *_error(popup, columns)], Beyond.of(total, top, room)
    drawn = frame(popup.title, shown, outer, scene.symbols, beyond)
    left, above = (columns - outer) // 2, max(0, (height - len(drawn)) // 3)
    return Box(drawn, left, above, (cursor[0] + 1, cursor[1] + 1) if cursor else None)


def _inner(columns: int) -> int:
    return min(columns, MOST_COLUMNS) - 2


def _error(popup: FormPopup, columns: int) -> tuple[Row, ...]:
    """Return what is wrong, which shows wherever one is in the form."""
    rows = paragraph("banner.error", popup.error, _inner(columns)) if popup.error else ()
    return rows[:_MOST_OF_ERROR]


def _room(popup: FormPopup, columns: int, height: int) -> int:
    return max(1, height - 2 - len(_error(popup, columns)))


def _focused(pieces: list[Piece]) -> tuple[int, int]:
    ends = list(accumulate(each.rows for each in pieces))
    place = next(place for place, each in enumerate(pieces) if each.is_focused)
    return ends[place] - pieces[place].rows, ends[place]


def _in_view(pieces: list[Piece], top: int, room: int) -> Drawn:
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


def _pieces(scene: Scene, popup: FormPopup, inner: int) -> Iterator[Piece]:
    labels = label_columns(popup.blanks, inner)
    place = 0
    for part in popup.parts:
        if isinstance(part, Note):
            yield _plain(_note(part, inner))
            continue
        is_focused = place == popup.selected
        piece = field(scene, part, place, labels, inner, is_focused=is_focused)
        yield piece._replace(draw=partial(_touched, piece, Choice(place)))
        place += 1
    yield _buttons(scene, popup, inner)


def _touched(piece: Piece, chosen: Choice) -> Drawn:
    """Return the rows of a field, which is focused by a press on them."""
    rows, cursor = piece.draw()
    return [row_of(chosen, row) for row in rows], cursor


def _plain(rows: list[Row]) -> Piece:
    return Piece(len(rows), lambda: (rows, None))


def _note(note: Note, inner: int) -> list[Row]:
    rows = list(paragraph("popup", note.text, inner)) if note.text else []
    rows += [row for each in note.media for row in link(each.uri, inner)]
    return [*rows, ()]


def _buttons(scene: Scene, popup: FormPopup, inner: int) -> Piece:
    rows: list[Row] = [()]
    row: list[Segment] = []
    for place, each in enumerate(popup.buttons, len(popup.fields)):
        is_focused = place == popup.selected
        style = "button.focused" if is_focused else "button"
        pressed = touched(style, Choice(place, "enter", is_alone=True))
        sign = scene.symbols.focus if is_focused else " "
        row += [("popup", sign), (pressed, f"[ {each.label} ]")]
    if popup.is_busy:
        row = [("popup", " "), ("button", tr("[ please wait ]"))]
    rows.append(tuple(row))
    rows += hint(
        tr("Enter goes on, F4: {label}, Esc leaves", label=popup.buttons[popup.usual].label), inner
    )
    is_focused = popup.selected >= len(popup.fields)
    return Piece(len(rows), lambda: (rows, None), is_focused)
