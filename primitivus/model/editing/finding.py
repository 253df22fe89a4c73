"""Finding a character in the line, as f, t, F and T of vi do."""

from backendd.api.tuples import NamedTuple
from primitivus.model.editing.line import Line, boundary_after, boundary_before


class Find(NamedTuple):
    """A character that is looked for: after the cursor or before it, to go onto it or up to it."""

    char: str
    is_back: bool = False
    stops_before: bool = False

    def turned(self) -> "Find":
        """Return what looks in the other direction."""
        return self._replace(is_back=not self.is_back)


def beyond(line: Line, find: Find) -> Line:
    """Return the line with the cursor on what one went up to: there it isn't found again."""
    text, cursor = line.text, line.cursor
    step = boundary_before if find.is_back else boundary_after
    beside = step(text, cursor)
    is_beside = find.stops_before and text.startswith(find.char, beside)
    return Line(text, beside) if is_beside else line


def seek(line: Line, find: Find, times: int) -> int | None:
    """Return the index of the character that many times on; None where it isn't in the line."""
    text, index = line.text, line.cursor
    for _ in range(times):
        if find.is_back:
            index = text.rfind(find.char, line.line_start, index)
        else:
            index = text.find(find.char, boundary_after(text, index), line.line_end)
        if index < 0:
            return None
    return index


def landing(line: Line, find: Find, times: int) -> int:
    """Return where the cursor goes."""
    index = seek(line, find, times)
    if index is None:
        return line.cursor
    if not find.stops_before:
        return index
    return boundary_after(line.text, index) if find.is_back else boundary_before(line.text, index)


def span(line: Line, find: Find, times: int) -> tuple[int, int]:
    """Return what an operator works on: with what is found, or without where it stops before."""
    index = seek(line, find, times)
    if index is None:
        return line.cursor, line.cursor
    behind = boundary_after(line.text, index)
    if find.is_back:
        return (behind if find.stops_before else index), line.cursor
    return line.cursor, (index if find.stops_before else behind)


def ahead(line: Line, times: int) -> int | None:
    """Return the index that many characters on; None where the line has fewer."""
    index = line.cursor
    for _ in range(times):
        if index >= line.line_end:
            return None
        index = boundary_after(line.text, index)
    return index
