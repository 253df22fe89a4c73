"""The fields of a data form: the label of each, its value or what is chosen from, and hints."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from backendd.api.tuples import NamedTuple
from primitivus.model.popups.form_fields import Blank, ListBlank, Option, TextBlank
from primitivus.model.popups.popup import Field
from primitivus.model.screen.touch import Choice, Typed
from primitivus.model.scrolling.beyond import ALL_SHOWS, Beyond
from primitivus.sentences import tr
from primitivus.widgets.drawing import linking
from primitivus.widgets.drawing.attributes import Attribute, Touched
from primitivus.widgets.drawing.cells import Row, around, clip, fit, single_line, width
from primitivus.widgets.drawing.touching import row_of
from primitivus.widgets.drawing.wrap import wrap, wrap_runs
from primitivus.widgets.popups.box import more
from primitivus.widgets.scene import Scene

# Options of the focused list, and lines of a text, that show at once; lines of a label.
_MOST = 8
_MOST_OF_LABEL = 4
# No label needs more characters to say what it is for.
_LABEL_CHARACTERS = 500
# So wide a value is wide enough, where labels could be read better.
_VALUE_COLUMNS = 30

Cursor = tuple[int, int]
Drawn = tuple[list[Row], Cursor | None]


class Piece(NamedTuple):
    """Some rows of the form, which are drawn where they are in view."""

    rows: int
    draw: Callable[[], Drawn]
    is_focused: bool = False


def label_columns(blanks: Sequence[Field], inner: int) -> int:
    """Return how wide the labels are: as the longest one, while their values keep enough."""
    most = max(inner // 2, inner - 3 - _VALUE_COLUMNS)
    return min(most, max((width(each.label) for each in blanks), default=0))


def field(
    scene: Scene, blank: Blank, place: int, labels: int, inner: int, *, is_focused: bool
) -> Piece:
    """Return a field with its label beside it, so many columns wide, and its hints below.

    `place` is which of the fields it is.
    """
    below = [row for each in blank.record.media for row in link(each.uri, inner)]
    if is_focused:
        below += _beyond(scene, blank, inner)
        below += [row for text in (blank.hint, blank.keys) if text for row in hint(text, inner)]
    problem = blank.problem() if blank.is_told else ""
    if problem:
        below += paragraph("banner.error", problem, inner)
    many = max(_rows_of_label(blank.label, labels), _rows_of(blank) if is_focused else 1)

    def draw() -> Drawn:
        room = max(4, inner - labels - 3)
        rows, cursor = _value(scene, blank, place, room, is_focused=is_focused)
        at = (cursor[0] + labels + 3, cursor[1]) if cursor is not None else None
        beside = labelled(scene, blank.label, labels, rows, is_focused=is_focused)
        return [*beside, *below], at

    return Piece(many + len(below), draw, is_focused)


def labelled(
    scene: Scene, label: str, columns: int, lines: list[Row], *, is_focused: bool
) -> list[Row]:
    """Return lines with the label beside them, from the first one on, and a sign of the focus."""
    said = _lines_of_label(label, columns)
    rows: list[Row] = []
    for number in range(max(len(said), len(lines))):
        text = said[number] if number < len(said) else ""
        line = lines[number] if number < len(lines) else ()
        sign = scene.symbols.focus if is_focused and not number else " "
        fitted = fit(text, columns, scene.symbols.ellipsis)
        rows.append((("field.label", f"{sign}{fitted}  "), *line))
    return rows


def link(uri: str, inner: int) -> tuple[Row, ...]:
    """Return what is to be looked at, as rows."""
    if uri.startswith("cid:"):
        return hint(tr("a picture comes with the form, and can't be shown here"), inner)
    return paragraph(linking.link(uri), single_line(uri), inner)


def hint(text: str, inner: int) -> tuple[Row, ...]:
    """Return a hint in rows."""
    return paragraph("hint", text, inner)


@lru_cache(maxsize=256)
def paragraph(style: Attribute, text: str, inner: int) -> tuple[Row, ...]:
    """Return a text in rows; kept, for a long one would be broken into lines for each frame."""
    rows: list[Row] = []
    for line in text.split("\n"):
        said = single_line(line)
        rows += wrap_runs(said, [(style, len(said))], max(4, inner - 2)) or [()]
    return tuple((("popup", " "), *row) for row in rows)


def _rows_of_label(label: str, columns: int) -> int:
    # Most take one, and a form may have thousands.
    is_short = label.isascii() and label.isprintable() and len(label) <= columns
    return 1 if is_short else len(_lines_of_label(label, columns))


@lru_cache(maxsize=1024)
def _lines_of_label(label: str, columns: int) -> tuple[str, ...]:
    """Return a label in lines of so many columns; the last one has all that is left."""
    said = single_line(label[:_LABEL_CHARACTERS])
    starts = [start for start, _ in wrap(said, max(2, columns), _MOST_OF_LABEL)][:_MOST_OF_LABEL]
    ends = [*starts[1:], len(said)]
    return tuple(said[start:end].rstrip() for start, end in zip(starts, ends, strict=True))


def _rows_of(blank: Blank) -> int:
    """Return in how many rows the value of a field shows while it has the focus."""
    if isinstance(blank, ListBlank):
        return max(1, min(_MOST, len(blank.options)))
    if isinstance(blank, TextBlank) and blank.is_multi:
        return min(_MOST, blank.editor.text.count("\n") + 1)
    return 1


def _beyond(scene: Scene, blank: Blank, inner: int) -> tuple[Row, ...]:
    """Return what tells how much of the value lies above and below what shows of it."""
    beyond = ALL_SHOWS
    if isinstance(blank, ListBlank):
        beyond = Beyond.of(len(blank.options), _first_option(blank), _MOST)
    elif isinstance(blank, TextBlank) and blank.is_multi:
        lines = blank.editor.text.count("\n") + 1
        beyond = Beyond.of(lines, _first_line(blank, lines), _MOST)
    signs = scene.symbols
    said = more(signs.above, beyond.above, inner) + more(signs.below, beyond.below, inner)
    return hint(said.strip(), inner) if said else ()


def _value(scene: Scene, blank: Blank, of: int, room: int, *, is_focused: bool) -> Drawn:
    """Return what a field holds in lines of so many columns, and the cursor in them."""
    if not is_focused:
        whole = single_line(blank.shown()[: 4 * room])
        said = fit(clip(whole, room, scene.symbols.ellipsis), room, scene.symbols.ellipsis)
        is_typed = isinstance(blank, TextBlank)
        return [((typed("field", whole, of=of) if is_typed else "field", said),)], None
    return _options(scene, blank, room) if isinstance(blank, ListBlank) else _text(blank, of, room)


def _first_option(blank: ListBlank) -> int:
    return max(0, min(blank.marked - _MOST // 2, len(blank.options) - _MOST))


def _options(scene: Scene, blank: ListBlank, room: int) -> Drawn:
    signs = ("[x] ", "[ ] ") if blank.is_multi else ("(x) ", "( ) ")
    top = _first_option(blank)
    rows: list[Row] = []
    for place, (_, label) in enumerate(blank.options[top : top + _MOST], top):
        style = "field.focused" if place == blank.marked else "field"
        text = signs[place not in blank.chosen] + single_line(label[: 4 * room])
        row: Row = ((style, fit(text, room, scene.symbols.ellipsis)),)
        rows.append(row_of(Choice(Option(place)), row))
    return rows or [(("field", fit("", room)),)], (1, blank.marked - top)


def _first_line(blank: Blank, lines: int) -> int:
    """Return the first line to show of a text, so that the one of the cursor is among them."""
    at, many = blank.editor.text.count("\n", 0, blank.editor.cursor), _rows_of(blank)
    return max(0, min(at - many + 1, lines - many)) if at >= many else 0


def _text(blank: Blank, of: int, room: int) -> Drawn:
    """Return the lines around the cursor, and where that is in them."""
    editor = blank.editor
    lines = editor.text.split("\n")
    if blank.is_secret:
        lines = ["*" * len(line) for line in lines]
    at = editor.text.count("\n", 0, editor.cursor)
    column = editor.cursor - (editor.text.rfind("\n", 0, editor.cursor) + 1)
    top = _first_line(blank, len(lines))
    start, shown, where = around(single_line(lines[at]), column, room - 1)
    rows: list[Row] = []
    begin = sum(len(line) + 1 for line in lines[:top])
    for number, line in enumerate(lines[top : top + _rows_of(blank)], top):
        said = shown if number == at else clip(single_line(line[: 4 * room]), room, "")
        first = start if number == at else 0
        drawn = typed("field.focused", line[first:], begin + first, of=of)
        rows.append(((drawn, fit(said, room, "")),))
        begin += len(line) + 1
    return rows, (where, at - top)


def typed(style: str, text: str, start: int = 0, *, of: int | None) -> Attribute:
    """Return how a row is drawn of what is typed in a field: `text`, which begins at `start`."""
    return Touched(style, Typed(text, start, of))
