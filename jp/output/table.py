"""Records as a table that fits the terminal, or as fields between tabs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from backendd.api.signature import Plain
from backendd.api.text import clean, clean_line
from jp.output import widths
from jp.output.output import Columns
from jp.output.words import TIMES, shown

_GAP = "  "
# The last column has at least so much, however wide the others would be.
_LEAST = 24
_MINUTES = len("2026-01-31 14:00")


def rows(
    records: Sequence[Mapping[str, Plain]], columns: Columns, is_terminal: bool, *, heading: bool
) -> Iterator[str]:
    """Yield the lines of a table; in a terminal what is too long is cut, and the last wrapped."""
    if not records:
        return
    table = [[_cell(record, each) for each in columns] for record in records]
    headings = [_heading(each) for each in columns]
    # Columns that say nothing of any record are left out, but for the last.
    kept = [n for n in range(len(columns)) if n == len(columns) - 1 or any(r[n] for r in table)]
    shown_rows = [headings, *table] if heading else table
    table = [[row[n] for n in kept] for row in shown_rows]
    firsts = [[clean_line(cell) for cell in row[:-1]] for row in table]
    limits = _limits(firsts, is_terminal) if firsts[0] else []
    for row, cells in zip(table, firsts, strict=True):
        head = "".join(_padded(cell, wide) + _GAP for cell, wide in zip(cells, limits, strict=True))
        yield from _lines(head, clean(row[-1]), is_terminal)


def fields(records: Iterable[Mapping[str, Plain]], keys: Sequence[str]) -> Iterator[str]:
    """Yield a line for each record: these keys alone, with tabs between."""
    for record in records:
        yield "\t".join(_field(key, record.get(key)) for key in keys)


def _field(key: str, value: Plain) -> str:
    # Numbers stay what they are, moments too: it is programs that read this.
    said = str(value) if isinstance(value, int) and not isinstance(value, bool) else None
    return clean_line(shown(key, value) if said is None else said)


def _heading(column: "str | tuple[str, object]") -> str:
    name = column if isinstance(column, str) else column[0]
    return name.replace("_", " ").upper()


def _cell(record: Mapping[str, Plain], column: Plain) -> str:
    if isinstance(column, str):
        said = shown(column, record.get(column))
        # Of moments the seconds are left out, for which there is little room.
        return said[:_MINUTES] if column in TIMES else said
    text: str = column[1](record)
    return text


def _limits(rows: Sequence[Sequence[str]], is_terminal: bool) -> list[int]:
    """Return how wide each column but the last is.

    The first is never cut: it says what a record is called, which is typed again.
    """
    first, *others = (max(map(widths.width, column)) for column in zip(*rows, strict=True))
    if is_terminal and others:
        spare = widths.columns() - _LEAST - len(_GAP) * (1 + len(others)) - first
        while sum(others) > spare and max(others) > 8:
            others[others.index(max(others))] -= 1
    return [first, *others]


def _padded(cell: str, wide: int) -> str:
    said = widths.fit(cell, wide)
    return said + " " * (wide - widths.width(said))


def _lines(head: str, text: str, is_terminal: bool) -> Iterator[str]:
    indent = widths.width(head)
    if is_terminal:
        lines = list(widths.wrap(text, max(8, widths.columns() - indent)))
    else:
        lines = text.split("\n")
    yield (head + lines[0]).rstrip()
    yield from ((" " * indent + line).rstrip() for line in lines[1:])
