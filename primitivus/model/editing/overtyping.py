"""Typing over what stands behind the cursor, as replace mode of vi does."""

from primitivus.model.editing.graphemes import iter_graphemes
from primitivus.model.editing.line import Line, boundary_after


def way_for(line: Line, text: str) -> int:
    """Return where that ends in the line which makes way for a text: as many characters of it."""
    index, last = line.cursor, line.line_end
    for _ in iter_graphemes(text):
        if index >= last:
            break
        index = boundary_after(line.text, index)
    return index


def overtyped(line: Line, text: str) -> Line:
    """Return the line with a text in the place of what makes way for it."""
    return line.replace(line.cursor, way_for(line, text), text)


def taken_back(begun: Line | None, line: Line) -> Line:
    """Return the line with what stood there in place of the character typed last.

    `begun` is how it was before, and None where the cursor was moved since: it only moves on then,
    as before where it began. What came in otherwise meanwhile, as a paste, is deleted.
    """
    if begun is None or line.cursor <= begun.cursor:
        return line.at(max(line.left, line.line_start))
    if overtyped(begun, line.text[begun.cursor : line.cursor]) == line:
        return overtyped(begun, line.text[begun.cursor : line.left])
    return line.replace(line.left, line.cursor)
