"""A question that is answered by one key: in a frame, or where there is little room without one."""

from collections.abc import Iterable, Sequence

from primitivus.model.popups.key_question import KeyQuestion
from primitivus.model.screen.touch import Choice
from primitivus.widgets.drawing.cells import Row, Segment, clip_row, fill, row_width
from primitivus.widgets.drawing.touching import touched
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.popups.box import Box, frame
from primitivus.widgets.scene import Scene

_MOST_COLUMNS = 66
# Up to here a frame, and what its keys are, take the rows that say what is asked.
_TIGHT_ROWS = 8


def draw(scene: Scene, asked: KeyQuestion, columns: int, height: int) -> Box:
    """Return the question over an area of this size."""
    outer, room = min(columns, _MOST_COLUMNS), max(1, height - 2)
    rows = _wrapped("popup", asked.text, outer - 4)
    hint = _wrapped("hint", asked.hint, outer - 4)
    if height <= _TIGHT_ROWS and len(rows) + 1 + len(hint) > room:
        return _tight(scene, asked, columns, height)
    answers = [("popup", f" {asked.button} "), *_joined(_buttons(scene, asked))]
    below = [clip_row(answers, outer - 2, scene.symbols.ellipsis), *hint]
    blank: list[Row] = [()] if rows and len(rows) + 1 + len(below) <= room else []
    # What one can answer is worth more than the end of a text.
    shown = [*rows[: max(0, room - len(below) - len(blank))], *blank, *below][:room]
    drawn = frame(asked.title, shown, outer, scene.symbols)
    return Box(drawn, (columns - outer) // 2, max(0, (height - len(drawn)) // 3))


def _tight(scene: Scene, asked: KeyQuestion, columns: int, height: int) -> Box:
    """Return what is asked, from its beginning, in the rows that the answers leave."""
    answers = _in_rows(scene, asked, columns)
    room = max(1, height - len(answers))
    said = [
        *_wrapped("popup.key", asked.title, columns - 2),
        *_wrapped("popup", asked.text, columns - 2),
    ]
    if len(said) > room:
        ellipsis = scene.symbols.ellipsis
        cut = ("popup", " "), *clip_row(said[room - 1][1:], columns - 2, ellipsis)
        said = [*said[: room - 1], (*cut, ("popup", ellipsis))]
    return Box([fill(row, columns, "popup") for row in (*said, *answers)], 0, 0)


def _in_rows(scene: Scene, asked: KeyQuestion, columns: int) -> list[Row]:
    """Return the answers in as many rows as they take, with the prompt where that fits as well."""
    buttons = _buttons(scene, asked)
    whole = (("popup", f" {asked.button} "), *_joined(buttons))
    if row_width(whole) <= columns:
        return [whole]
    rows: list[Row] = [()]
    for each in buttons:
        if rows[-1] and row_width((*rows[-1], *each)) > columns:
            rows.append(())
        rows[-1] = clip_row((*rows[-1], *each), columns, scene.symbols.ellipsis)
    return rows


def _buttons(scene: Scene, asked: KeyQuestion) -> list[Row]:
    buttons: list[Row] = []
    for place, each in enumerate(asked.choices):
        is_focused = place == asked.selected
        style = touched(
            "button.focused" if is_focused else "button", Choice(place, "enter", is_alone=True)
        )
        mark = scene.symbols.focus if is_focused else " "
        buttons.append((("popup", mark), (style, f"[ {each.label} ]")))
    return buttons


def _joined(buttons: Iterable[Row]) -> Sequence[Segment]:
    return [segment for each in buttons for segment in each]


def _wrapped(style: str, text: str, columns: int) -> list[Row]:
    """Return a text in rows of so many columns, each behind a blank."""
    lines = text.split("\n") if text else ()
    return [
        (("popup", " "), *row)
        for line in lines
        for row in wrap_runs(line, [(style, len(line))], max(4, columns)) or [()]
    ]
