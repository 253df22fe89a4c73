"""One record as lines, a key each."""

from collections.abc import Iterator, Mapping

from backendd.api.signature import Plain
from backendd.api.text import clean
from jp.output import widths
from jp.output.output import Columns
from jp.output.words import shown


def lines(record: Mapping[str, Plain], columns: Columns, is_terminal: bool) -> Iterator[str]:
    """Yield a line for each key, with what it holds, and further ones where that is long."""
    said = []
    for each in columns or list(record):
        name = each if isinstance(each, str) else each[0]
        text = shown(each, record.get(each)) if isinstance(each, str) else each[1](record)
        if text:
            said.append((clean(name.replace("_", " ")), clean(text)))
    indent = max((widths.width(name) for name, _ in said), default=0) + 2
    for name, text in said:
        head = name + " " * (indent - widths.width(name))
        most = max(8, widths.columns() - indent)
        parts = list(widths.wrap(text, most)) if is_terminal else text.split("\n")
        yield (head + parts[0]).rstrip()
        yield from ((" " * indent + part).rstrip() for part in parts[1:])
