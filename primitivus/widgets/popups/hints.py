"""What may follow the keys or the word typed so far, at the lower edge."""

from primitivus.model.scrolling.beyond import Beyond
from primitivus.widgets.drawing.cells import Row, clip, fill, fit, single_line, width
from primitivus.widgets.popups import in_full
from primitivus.widgets.popups.box import Box, frame
from primitivus.widgets.scene import Scene

_MOST_ROWS = 8


def draw(scene: Scene, columns: int, height: int) -> Box | None:
    """Return the hints in columns, over an area of this size; None where there are none.

    Of more than there is room for it is the page with the chosen one, and how many are beyond.
    """
    view = scene.state.view
    hints = [(single_line(key), single_line(text)) for key, text in view.hints]
    if not hints or height < 4:
        return None
    key_columns = min(columns - 4, max(width(key) for key, _ in hints))
    longest = max(width(text) for _, text in hints)
    entry = min(columns - 3, key_columns + longest + 4)
    across = max(1, (columns - 3) // entry)
    texts = () if view.chosen_hint is None else [width(text) for _, text in hints]
    kept = in_full.rows_for(texts, entry - key_columns - 4, height)
    down = min(_MOST_ROWS, max(1, height - 3 - kept), -(-len(hints) // across))
    page, chosen = across * down, view.chosen_hint
    top = 0 if chosen is None else chosen // page * page
    cells = [
        _cell(scene, hint, key_columns, entry, is_chosen=at == chosen)
        for at, hint in enumerate(hints[top : top + page], top)
    ]
    rows: list[Row] = []
    for number in range(down):
        parts = cells[number::down]
        rows.append(tuple(segment for cell in parts for segment in cell))
    said = "" if chosen is None else hints[chosen][1]
    rows += in_full.draw(scene, said, columns - 2, kept)
    beyond = Beyond.of(len(hints), top, page)
    drawn = frame(view.typed_keys, rows, columns, scene.symbols, beyond)
    return Box(drawn, 0, height - len(drawn))


def _cell(
    scene: Scene, hint: tuple[str, str], key_columns: int, entry: int, *, is_chosen: bool
) -> Row:
    key, text = hint
    ellipsis = scene.symbols.ellipsis
    chosen = "popup.selected" if is_chosen else ""
    row: Row = (
        (chosen or "popup", scene.symbols.focus if is_chosen else " "),
        (chosen or "popup.key", fit(key, key_columns, ellipsis)),
        (chosen or "hint", "  " + clip(text, max(0, entry - key_columns - 4), ellipsis)),
    )
    return fill(row, entry, chosen or "popup")
