"""The text of a message as rows: styled, broken into lines, and folded where there is very much."""

from collections.abc import Mapping
from types import MappingProxyType

from backendd.api.values import Value
from primitivus.widgets.drawing.cells import Row
from primitivus.widgets.drawing.finds import marked
from primitivus.widgets.drawing.linking import numbered
from primitivus.widgets.drawing.styling import style
from primitivus.widgets.drawing.wrap import indentation, styled, wrap

# Of one message at most so much shows until more is asked for: to lay out all of the longest one
# would keep keys waiting, and nobody would find what stands before it.
ROWS = 60
CHARACTERS = 6_000
NONE: Mapping[str, int] = MappingProxyType({})
# A cut looks so far back for a blank.
_WORD = 100


class Body(Value):
    """The rows that show, and how many characters are folded away below them."""

    rows: list[Row]
    hidden: int


def head(text: str, share: int) -> str:
    """Return as much of `text` as can show at all, `share` times what shows of any message."""
    if len(text) <= share * CHARACTERS:
        return text
    cut = share * CHARACTERS
    blank = max(text.rfind(" ", cut - _WORD, cut), text.rfind("\n", cut - _WORD, cut))
    return text[: blank if blank > 0 else cut]


def lay_out(
    text: str,
    plain: str,
    columns: int,
    share: int,
    names: tuple[str, ...] = (),
    *,
    is_styled: bool = True,
    searched: str = "",
    numbers: Mapping[str, int] = NONE,
) -> Body:
    """Return `text` in rows of `columns`; what has no style of its own gets the style `plain`.

    `names` are the words by which it speaks to the user. Unless it `is_styled` no sign means any.
    What is `searched` is marked; the links that have `numbers` have them behind.
    """
    most = share * ROWS
    rows: list[Row] = []
    shown = place = 0
    # Each line takes a row at least.
    shown_lines = "\n".join(text.split("\n", most)[:most])
    for line in style(shown_lines, plain, names, is_styled=is_styled):
        said, runs = numbered(line.text, line.runs, numbers) if numbers else (line.text, line.runs)
        indent = indentation(said, columns)
        lines = wrap(said, columns, most - len(rows), indent)[: most - len(rows)]
        rows += styled(said, marked(said, runs, searched) if searched else runs, lines, indent)
        end = min(lines[-1][1], len(line.text))
        shown = place + (end if len(rows) == most else len(line.text))
        place += len(line.text) + 1
        if len(rows) == most:
            break
    return Body(rows, len(text[shown:].rstrip()))
