"""What lies over the screen: texts, the switcher, questions, forms."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from primitivus.model.panes.pane import Pane
from primitivus.model.popups.blog_list import BlogsPopup
from primitivus.model.popups.chooser import FileChooser
from primitivus.model.popups.drafts_popup import DraftsPopup
from primitivus.model.popups.followed import FollowedPopup
from primitivus.model.popups.forms import FormPopup
from primitivus.model.popups.key_question import KeyQuestion
from primitivus.model.popups.listing import Listing, Markup
from primitivus.model.popups.picture_popup import PicturePopup
from primitivus.model.popups.popup import Dialog, Field, Overlay
from primitivus.model.popups.switcher import Switcher
from primitivus.model.questions.asked import AskedPopup
from primitivus.model.screen.touch import Choice
from primitivus.model.scrolling.beyond import ALL_SHOWS, Beyond
from primitivus.sentences import tr
from primitivus.widgets.drawing.cells import Row, around, fit, single_line
from primitivus.widgets.drawing.linking import linked
from primitivus.widgets.drawing.touching import row_of, touched
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.popups import forms, key_question, listing, picture_popup, switcher
from primitivus.widgets.popups.box import MOST_COLUMNS, Box, frame
from primitivus.widgets.popups.form_fields import label_columns, labelled, typed
from primitivus.widgets.scene import Scene


def draw(scene: Scene, popup: Pane, columns: int, height: int) -> Box:
    """Return a popup over an area of this size."""
    return DRAWN[type(popup)](scene, popup, columns, height)


def measure(scene: Scene, popup: Pane, columns: int, height: int) -> None:
    """Let one that is longer than the screen know how much of it shows."""
    if measure_popup := MEASURED.get(type(popup)):
        measure_popup(scene, popup, columns, height)
    else:
        popup.arranged(height)


def _measure_overlay(scene: Scene, overlay: Overlay, columns: int, height: int) -> None:
    overlay.measured(len(_text(overlay, columns)), max(1, height - 2))


def _text(overlay: Overlay, columns: int) -> list[Row]:
    inner = min(columns, MOST_COLUMNS) - 4
    return [row for line in overlay.lines for row in _wrapped(line, inner)]


def _overlay(scene: Scene, overlay: Overlay, columns: int, height: int) -> Box:
    outer = min(columns, MOST_COLUMNS)
    room = max(1, height - 2)
    lines = _text(overlay, columns)
    shown: list[Row] = [(("popup", " "), *line) for line in lines[overlay.top : overlay.top + room]]
    beyond = Beyond.of(len(lines), overlay.top, room)
    rows = frame(overlay.title, shown, outer, scene.symbols, beyond)
    return Box(rows, (columns - outer) // 2, max(0, (height - len(rows)) // 2))


def _wrapped(line: Markup, columns: int) -> list[Row]:
    text = "".join(part for _, part in line)
    runs = [(style, len(part)) for style, part in linked(line, text)]
    return wrap_runs(text, runs, max(4, columns)) or [()]


def _dialog(scene: Scene, dialog: Dialog, columns: int, height: int) -> Box:
    outer, room = min(columns, 66), max(1, height - 2)
    rows, cursor = _of_dialog(scene, dialog, outer - 4)
    if len(rows) > room:
        # What one can do is worth more than blank rows.
        rows, cursor = _of_dialog(scene, dialog, outer - 4, blank=[])
    rows, cursor, beyond = _scrolled(rows, cursor, room)
    drawn = frame(dialog.title, rows, outer, scene.symbols, beyond)
    return Box(drawn, (columns - outer) // 2, max(0, (height - len(drawn)) // 3), cursor)


def _of_dialog(
    scene: Scene, dialog: Dialog, inner: int, blank: Sequence[Row] = ((),)
) -> tuple[list[Row], tuple[int, int] | None]:
    """Return all rows of a form, and where the cursor is in them."""
    rows: list[Row] = []
    for line in dialog.text.split("\n") if dialog.text else ():
        rows += [(("popup", " "), *row) for row in _wrapped((("popup", line),), inner)]
    rows += blank if rows else ()
    cursor = None
    labels = label_columns(dialog.shown, inner)
    for number, each in enumerate(dialog.shown):
        is_focused = number == dialog.selected
        drawn_field, column = _field(scene, each, number, labels, inner, is_focused=is_focused)
        if is_focused:
            cursor = (column + 1, len(rows) + 1)
        rows += [row_of(Choice(number), row) for row in drawn_field]
        if is_focused and each.hint:
            rows += [(("popup", " "), *hint) for hint in _wrapped((("hint", each.hint),), inner)]
    if dialog.folded:
        # What is asked for again goes without saying.
        fields = [each.label for each in dialog.folded if not each.label.startswith("- ")]
        more = tr("Tab: {fields}", fields=", ".join(fields))
        rows += [*blank, *((("popup", " "), *row) for row in _wrapped((("hint", more),), inner))]
    rows += [*blank, _button(scene, dialog)]
    if dialog.error:
        error = (("banner.error", dialog.error),)
        rows += [(("popup", " "), *row) for row in _wrapped(error, inner)]
    return rows, cursor


def _scrolled(
    rows: list[Row], cursor: tuple[int, int] | None, room: int
) -> tuple[list[Row], tuple[int, int] | None, Beyond]:
    """Return as many rows as fit, those around the cursor, else the end with the button."""
    if len(rows) <= room:
        return rows, cursor, ALL_SHOWS
    place = cursor[1] - 1 if cursor else len(rows) - 1
    top = max(0, min(place - room // 2, len(rows) - room))
    moved = (cursor[0], cursor[1] - top) if cursor else None
    return rows[top : top + room], moved, Beyond.of(len(rows), top, room)


def _field(
    scene: Scene, field: Field, place: int, labels: int, inner: int, *, is_focused: bool
) -> tuple[list[Row], int]:
    """Return the rows of a field, and the column of its cursor in the first one."""
    room = max(4, inner - labels - 2)
    written = "*" * len(field.editor.text) if field.is_secret else field.editor.text
    start, text, column = around(single_line(written), field.editor.cursor, room - 1)
    style = "field.focused" if is_focused else "field"
    line = ((typed(style, written[start:], start, of=place), fit(text, room, "")),)
    rows = labelled(scene, field.label, labels, [line], is_focused=is_focused)
    return rows, labels + 3 + column


def _button(scene: Scene, dialog: Dialog) -> Row:
    is_focused = dialog.selected >= len(dialog.fields)
    style = "button.focused" if is_focused else "button"
    said = tr("please wait") if dialog.is_busy else dialog.button
    pressed = touched(style, Choice(len(dialog.fields), "enter", is_alone=True))
    return (
        ("popup", scene.symbols.focus if is_focused else " "),
        (pressed, f"[ {said} ]"),
        ("hint", "  " + tr("Enter goes on, Esc cancels")),
    )


# Those that are lists to search.
_LISTS: tuple[type[Pane], ...] = (
    Listing,
    BlogsPopup,
    DraftsPopup,
    FileChooser,
    FollowedPopup,
    AskedPopup,
)
DRAWN: Mapping[type[Pane], Callable[[Scene, Any, int, int], Box]] = {
    Overlay: _overlay,
    Switcher: switcher.draw,
    **dict.fromkeys(_LISTS, listing.draw),
    Dialog: _dialog,
    KeyQuestion: key_question.draw,
    PicturePopup: picture_popup.draw,
    FormPopup: forms.draw,
}
"""How each popup is drawn, over an area of so many columns and rows."""

MEASURED: Mapping[type[Pane], Callable[[Scene, Any, int, int], None]] = {
    Overlay: _measure_overlay,
    **dict.fromkeys(_LISTS, listing.measure),
    FormPopup: forms.measure,
}
"""How those take in what room there is whose rows depend on how wide they are."""
