"""The rows that tell what happened in a room between what is said there."""

from collections.abc import Iterable

from primitivus.model.messages.happening import Line
from primitivus.model.wording.times import clock
from primitivus.widgets.drawing.cells import Row, fill, single_line
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.messages.look import Look


def rows(lines: Iterable[Line], look: Look, indent: int = 0) -> list[Row]:
    """Return a line each, with when it was where times stand, and `indent` columns left of it.

    By default there are as many as that takes.
    """
    drawn: list[Row] = []
    for line in lines:
        when = f" {clock(line.time, look.time_format)} " if look.has_time else ""
        left = max(indent, len(when))
        margin: Row = (("message.time", when),) if when else ()
        text = single_line(line.text)
        for row in wrap_runs(text, [("message.info", len(text))], max(2, look.columns - left)):
            drawn.append((*fill(margin, left), *row) if left else row)
            margin = ()
    return drawn
