"""One record as lines, a key each; where there is little room the value stands under its name."""

from collections.abc import Iterable, Iterator, Mapping

from backendd.api.signature import Plain
from backendd.api.text import clean, clean_line
from jp.output import widths
from jp.output.output import Columns
from jp.output.words import shown

_LEAST = 16  # columns that a value has at least, beside its name
_NARROW = 60  # where there are fewer, an address that would be broken stands under its name
_INDENT = "  "


def lines(record: Mapping[str, Plain], columns: Columns, is_terminal: bool) -> Iterator[str]:
    """Yield a line for each key, with what it holds, and further ones where that is long."""
    said = []
    for each in columns or list(record):
        name = each if isinstance(each, str) else each[0]
        text = _text(each, record.get(each)) if isinstance(each, str) else each[1](record)
        said.append((name.replace("_", " "), text))
    return pairs(said, is_terminal)


def pairs(said: Iterable[tuple[str, str]], is_terminal: bool) -> Iterator[str]:
    """Yield names and texts, which have not passed the gate, side by side; no text, no name."""
    found = [(clean_line(name), clean(text)) for name, text in said if text]
    indent = max((widths.width(name) for name, _ in found), default=0) + len(_INDENT)
    most = widths.columns()
    if is_terminal and (most - indent < _LEAST or _is_broken(found, most, most - indent)):
        for name, text in found:
            yield from widths.wrap(name, most) if name else ()
            yield from (_INDENT + line for line in widths.wrap(text, most - len(_INDENT)))
        return
    for name, text in found:
        head = name + " " * (indent - widths.width(name))
        parts = list(widths.wrap(text, most - indent)) if is_terminal else text.split("\n")
        yield (head + parts[0]).rstrip()
        yield from ((" " * indent + part).rstrip() for part in parts[1:])


def _is_broken(found: Iterable[tuple[str, str]], most: int, beside: int) -> bool:
    """Return whether a word is too long for beside its name, and not for a line."""
    if most >= _NARROW:
        return False
    words = (widths.width(word) for _, text in found for word in text.split())
    return any(beside < wide <= most - len(_INDENT) for wide in words)


def _text(key: str, value: Plain) -> str:
    """Return a value; of a dictionary and of a list of records each on a line of its own."""
    if isinstance(value, Mapping):
        return "\n".join(f"{name} {_said(name, each)}" for name, each in value.items())
    if isinstance(value, list | tuple) and any(isinstance(each, Mapping) for each in value):
        return "\n".join(shown("", each) for each in value)
    return shown(key, value)


def _said(name: str, value: Plain) -> str:
    """Return what a setting is; a dash where there is none, as of a port that is 0."""
    is_none = value == 0 and not isinstance(value, bool) and name == "port"
    return "-" if is_none else shown(name, value) or "-"
