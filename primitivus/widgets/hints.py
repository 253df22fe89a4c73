"""What may follow the keys that are typed so far, at the lower edge."""

from primitivus.widgets.box import Box, frame
from primitivus.widgets.cells import Row, clip, fill, fit, width
from primitivus.widgets.scene import Scene


def draw(scene: Scene, columns: int, height: int) -> Box | None:
    """Return the hint in columns, over an area of this size; None where there is none."""
    hints = scene.state.view.hints
    if not hints or height < 4:
        return None
    key_columns = max(width(key) for key, _ in hints)
    longest = max(width(text) for _, text in hints)
    entry = min(columns - 4, key_columns + longest + 4)
    across = max(1, (columns - 4) // entry)
    room = max(1, min(8, height - 3))
    down = min(room, -(-len(hints) // across))
    cells = [_cell(key, text, key_columns, entry, scene) for key, text in hints]
    rows: list[Row] = []
    for number in range(down):
        parts = cells[number::down][:across]
        rows.append((("popup", " "), *(segment for cell in parts for segment in cell)))
    drawn = frame(scene.state.view.typed_keys, rows, columns, scene.symbols)
    return Box(drawn, 0, height - len(drawn))


def _cell(key: str, text: str, key_columns: int, entry: int, scene: Scene) -> Row:
    row: Row = (
        ("popup.key", fit(key, key_columns, scene.symbols.ellipsis)),
        ("hint", "  " + clip(text, entry - key_columns - 4, scene.symbols.ellipsis)),
    )
    return fill(row, entry, "popup")
