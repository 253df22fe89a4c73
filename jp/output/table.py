"""Records as a table that fits the terminal, or as fields between tabs."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from backendd.api.signature import Plain
from backendd.api.text import clean, clean_line
from jp.output import widths
from jp.output.output import Columns
from jp.output.paragraph import pairs
from jp.output.styles import HEADING, drawn, of_cell
from jp.output.words import TIMES, shown

_GAP = "  "
# The last column has so much where it needs it, however wide the others would be; and the others
# are not cut below that.
_LEAST, _NARROWEST = 24, 8
# Where the last column gets less than this, a table helps nobody.
_TOO_NARROW = 12
_KIND = len("invitation")
_MINUTES = len("2026-01-31 14:00")


def rows(
    records: Sequence[Mapping[str, Plain]],
    columns: Columns,
    *,
    is_terminal: bool,
    is_coloured: bool = False,
    heading: bool = True,
) -> Iterator[str]:
    """Yield the lines of a table; in a terminal what is too long is cut, and the last wrapped.

    Where the terminal is too narrow for it, each value stands beside or under its name.
    """
    if not records:
        return
    table = [[_cell(record, each) for each in columns] for record in records]
    # Columns that say nothing of any record are left out, but for the last.
    last = len(columns) - 1
    kept = [n for n in range(len(columns)) if n == last or any(row[n] for row in table)]
    headings = [_heading(columns[n]) for n in kept]
    table = [[row[n] for n in kept] for row in table]
    draw = _drawn if is_coloured else _plain
    shown_rows = [headings, *table] if heading else table
    firsts = [[clean_line(cell) for cell in row[:-1]] for row in shown_rows]
    limits = _limits(firsts, is_terminal) if firsts[0] else []
    if is_terminal and not _fits(limits, [row[-1] for row in shown_rows]):
        yield from _stacked(headings, table)
        return
    for number, (row, cells) in enumerate(zip(shown_rows, firsts, strict=True)):
        names = [""] * len(headings) if heading and not number else headings
        style = HEADING if heading and not number else ""
        padded = [_padded(cell, wide) for cell, wide in zip(cells, limits, strict=True)]
        indent = sum(limits) + len(_GAP) * len(limits)
        lines = _lines(clean(row[-1]), indent, is_terminal)
        said = zip(names[:-1], padded, strict=True)
        head = "".join(draw(name, cell, style) + _GAP for name, cell in said)
        yield (head + draw(names[-1], lines[0], style)).rstrip()
        yield from ((" " * indent + line).rstrip() for line in lines[1:])


def line(said: tuple[str, str, str], is_terminal: bool, is_coloured: bool) -> str:
    """Return one line: what stands before a kind, the kind, and a text; cut in a terminal."""
    before, kind, text = map(clean_line, said)
    head = f"{before}{_GAP}{kind:<{_KIND}}{_GAP}"
    whole = f"{head}{text}"
    if is_terminal:
        whole = widths.fit(whole, widths.columns())
    drawn_kind = drawn(kind, of_cell("kind", kind)) if is_coloured else kind
    return whole.replace(kind, drawn_kind, 1).rstrip()


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


def _cell(record: Mapping[str, Plain], column: "str | tuple[str, Callable[..., str]]") -> str:
    if isinstance(column, str):
        said = shown(column, record.get(column))
        # Of moments the seconds are left out, for which there is little room.
        return said[:_MINUTES] if column in TIMES else said
    return column[1](record)


def _limits(rows: Sequence[Sequence[str]], is_terminal: bool) -> list[int]:
    """Return how wide each column but the last is.

    The first is never cut: it says what a record is called, which is typed again.
    """
    first, *others = (max(map(widths.width, column)) for column in zip(*rows, strict=True))
    if is_terminal and others:
        spare = widths.columns() - _LEAST - len(_GAP) * (1 + len(others)) - first
        while sum(others) > spare and max(others) > _NARROWEST:
            others[others.index(max(others))] -= 1
    return [first, *others]


def _fits(limits: Sequence[int], lasts: Sequence[str]) -> bool:
    """Return whether the last column has as much room as it needs, or as is good for reading."""
    left = widths.columns() - sum(limits) - len(_GAP) * len(limits)
    widest = max(widths.width(line) for each in lasts for line in clean(each).split("\n"))
    return left >= min(_TOO_NARROW if limits else 1, widest, _LEAST)


def _stacked(headings: Sequence[str], table: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield records below each other, each value by its name."""
    names = [each.lower() for each in headings]
    for number, row in enumerate(table):
        if number:
            yield ""
        yield from pairs(zip(names, row, strict=True), True)


def _padded(cell: str, wide: int) -> str:
    said = widths.fit(cell, wide)
    return said + " " * (wide - widths.width(said))


def _lines(text: str, indent: int, is_terminal: bool) -> list[str]:
    """Return the lines of a last column, which begins at `indent`."""
    if not is_terminal:
        return text.split("\n")
    return list(widths.wrap(text, max(1, widths.columns() - indent)))


def _drawn(heading: str, cell: str, style: str) -> str:
    return drawn(cell, style or of_cell(heading, cell.strip()))


def _plain(_: str, cell: str, __: str) -> str:
    return cell
