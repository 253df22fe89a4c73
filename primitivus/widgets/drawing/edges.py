"""Lines across a pane: with a label, and at its edges those that tell of what is new beyond."""

from collections.abc import Callable

from primitivus.sentences import ntr, tr
from primitivus.themes.symbols import Symbols
from primitivus.widgets.drawing.cells import Row, clip, width
from primitivus.widgets.drawing.touching import running


def rule(label: str, columns: int, symbols: Symbols, *, is_drawn: bool) -> str:
    """Return a line so wide with `label` in its middle; where none `is_drawn`, that alone."""
    label = f" {clip(label, columns - 4, symbols.ellipsis)} " if label else ""
    if not is_drawn:
        return label.strip()
    left = max(0, (columns - width(label)) // 2)
    line = symbols.rule * left + label
    return line + symbols.rule * max(0, columns - width(line))


def above(line: Callable[[str], str], symbols: Symbols, count: int, runs: str) -> Row:
    """Return what tells how much is new above, 0 where nobody knows, and `runs` a command line."""
    new = ntr("{n} new above", "{n} new above", count) if count else tr("new above")
    return tuple(running([("line.below", line(f"{symbols.above} {new}"))], runs))


def below(line: Callable[[str], str], symbols: Symbols, count: int, runs: str) -> Row:
    """Return what tells how much is new below, 0 where nobody knows, and `runs` a command line."""
    new = ntr("{n} new below", "{n} new below", count) if count else tr("newer below")
    return tuple(running([("line.below", line(f"{symbols.below} {new}"))], runs))
