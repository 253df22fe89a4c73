"""Lines across a pane: with a label, and at its edges those that tell of what is new beyond."""

from collections.abc import Callable
from typing import Literal

from primitivus.sentences import cntr, ctr
from primitivus.themes.symbols import Symbols
from primitivus.widgets.drawing.cells import Row, clip, width
from primitivus.widgets.drawing.touching import running

Said = Literal["messages", "comments"]
Sort = Said | Literal["posts"]
"""What is counted: not all languages have one word for new ones of all kinds."""


def rule(label: str, columns: int, symbols: Symbols, *, is_drawn: bool) -> str:
    """Return a line so wide with `label` in its middle; where none `is_drawn`, that alone."""
    label = f" {clip(label, columns - 4, symbols.ellipsis)} " if label else ""
    if not is_drawn:
        return label.strip()
    left = max(0, (columns - width(label)) // 2)
    line = symbols.rule * left + label
    return line + symbols.rule * max(0, columns - width(line))


def above(line: Callable[[str], str], symbols: Symbols, new: tuple[Sort, int], runs: str) -> Row:
    """Return what tells how much is new above, 0 where nobody knows, and `runs` a command line."""
    said = f"{symbols.above} {_above(*new)}"
    return tuple(running([("line.below", line(said))], runs))


def below(
    line: Callable[[str], str],
    symbols: Symbols,
    new: tuple[Said, int],
    runs: str,
) -> Row:
    """Return what tells how much is new below, 0 where nobody knows, and `runs` a command line."""
    said = f"{symbols.below} {_below(*new)}"
    return tuple(running([("line.below", line(said))], runs))


def _above(sort: Sort, count: int) -> str:
    if sort == "posts":
        new = cntr("posts", "{n} new above", "{n} new above", count)
        return new if count else ctr("posts", "new above")
    if sort == "comments":
        new = cntr("comments", "{n} new above", "{n} new above", count)
        return new if count else ctr("comments", "new above")
    new = cntr("messages", "{n} new above", "{n} new above", count)
    return new if count else ctr("messages", "new above")


def _below(sort: Said, count: int) -> str:
    if sort == "comments":
        new = cntr("comments", "{n} new below", "{n} new below", count)
        return new if count else ctr("comments", "newer below")
    new = cntr("messages", "{n} new below", "{n} new below", count)
    return new if count else ctr("messages", "newer below")
