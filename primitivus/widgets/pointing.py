"""What is chosen has a sign, for its colours alone say nothing where there are none."""

from primitivus.widgets.drawing.cells import Row
from primitivus.widgets.scene import Scene


def pointed(scene: Scene, row: Row) -> Row:
    """Return the row of what is chosen with a sign in its first or second column, as is blank."""
    return pointed_by(scene.symbols.focus, row)


def pointed_by(sign: str, row: Row) -> Row:
    """Return `row` with `sign` in its first or second column, whichever is blank."""
    if not row:
        return row
    (style, text), *others = row
    at = text.find(" ", 0, 2)
    return ((style, f"{text[:at]}{sign}{text[at + 1 :]}"), *others) if at >= 0 else row
