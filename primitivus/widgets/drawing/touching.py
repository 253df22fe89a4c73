"""What rows are for whoever presses them: drawn with them, so that it is what is seen.

The first segment of a row knows what the row is of, others what they are for themselves: a frame
costs no more for that, and whatever lies over a row covers it.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from primitivus.model.screen.touch import Choice, Nothing, Run, Target, Text
from primitivus.widgets.drawing.attributes import Attribute, Touched
from primitivus.widgets.drawing.cells import Row, Segment, width
from primitivus.widgets.drawing.linking import opening
from primitivus.widgets.terminal.hyperlinks import Linked


def touched(attribute: Attribute, target: Target) -> Attribute:
    """Return how it is drawn, with what it is for; what it was for already stays."""
    if attribute.__class__ is str:
        return _touched(attribute, target)
    if isinstance(attribute, Linked) and target_of(attribute) is None:
        return attribute._replace(style=_touched(attribute.style, target))
    return attribute


# Lists are drawn anew with every frame, mostly with the same.
_touched = lru_cache(maxsize=4096)(Touched)


def running(segments: Iterable[Segment], line: str) -> Iterator[Segment]:
    """Yield segments that run a command line."""
    for attribute, text in segments:
        yield touched(attribute, Run(line)), text


def row_of(target: Target, row: Row) -> Row:
    """Return a row that is of something in its pane."""
    if not row:
        return row
    attribute, text = row[0]
    return ((touched(attribute, target), text), *row[1:])


def target_of(attribute: Attribute) -> Target | None:
    """Return what something was drawn for."""
    style = attribute.style if isinstance(attribute, Linked) else attribute
    return style.target if isinstance(style, Touched) else None


def target_at(row: Row, column: int, start: int, end: int) -> tuple[Target | None, int]:
    """Return what is pressed at a column of a row, and in which column what is so begins.

    Those from `start` to `end` are of the pane or popup that is pressed. What isn't for something
    by itself is what its row is of.
    """
    of_row: Target | None = None
    since = here = 0
    for attribute, text in row:
        begin, here = here, here + width(text)
        if here <= start:
            continue
        if begin >= end:
            break
        found = target_of(attribute)
        if begin <= column < here:
            if isinstance(attribute, Linked):
                return Run(opening(attribute.address)), begin
            if found is not None:
                return found, begin
        if _is_of_row(found) and (begin <= column or of_row is None):
            of_row, since = found, begin
    return of_row, since


def _is_of_row(target: Target | None) -> bool:
    if isinstance(target, Choice):
        return not target.is_alone
    return isinstance(target, Text | Nothing)
