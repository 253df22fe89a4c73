"""TOML as files of settings mostly are: a key and a plain value a line, below names of tables.

tomllib takes ten times as long for them, and half as long as that to be loaded: too long for a
program to start. What is anything but plain is left to it.
"""

import re
from collections.abc import Iterator
from typing import Any

_Table = dict[str, Any]

_PAIR = re.compile(r'([A-Za-z0-9_-]+) = "([^"\\]*)"(?:, |$)')


class _NotPlain(Exception):
    """Something for tomllib, or an error, which it tells."""


def read(text: str) -> _Table | None:
    """Return what a text holds; None where tomllib is to be asked, as for whatever is wrong."""
    if not text.replace("\n", "").isprintable():
        return None
    try:
        return _read(text)
    except _NotPlain:
        return None


def _read(text: str) -> _Table:
    root: _Table = {}
    tables: dict[tuple[str, ...], _Table] = {(): root}
    named: set[tuple[str, ...]] = set()
    table = root
    for line in text.split("\n"):
        line = line.strip(" ")
        if not line or line[0] == "#":
            continue
        if line[0] == "[":
            place = tuple(_names(line))
            _check(place not in named)
            named.add(place)
            table = _table(place, tables)
            continue
        written, equals, value = line.partition(" = ")
        key = _key(written)
        _check(bool(equals) and key not in table)
        table[key] = _value(value)
    return root


def _check(is_plain: bool) -> None:
    if not is_plain:
        raise _NotPlain


def _names(line: str) -> Iterator[str]:
    _check(line[-1] == "]")
    for name in line[1:-1].split("."):
        _check(_is_bare(name))
        yield name


def _table(place: tuple[str, ...], tables: dict[tuple[str, ...], _Table]) -> _Table:
    """Return the table of this name, which is made with those around it."""
    for length, name in enumerate(place, start=1):
        around = tables[place[: length - 1]]
        if place[:length] not in tables:
            _check(name not in around)
            tables[place[:length]] = around[name] = {}
    return tables[place]


def _key(written: str) -> str:
    inner = written[1:-1]
    if len(written) > 1 and written[0] == written[-1] == '"' and '"' not in inner:
        return _unescaped(inner)
    _check(_is_bare(written))
    return written


def _unescaped(text: str) -> str:
    """Return what stands in quotes, of which escaped backslashes alone are plain."""
    if "\\" not in text:
        return text
    _check("\\" not in text.replace("\\\\", ""))
    return text.replace("\\\\", "\\")


def _is_bare(name: str) -> bool:
    return name.isascii() and name.replace("-", "0").replace("_", "0").isalnum()


def _value(written: str) -> Any:  # noqa: ANN401 - whatever is written
    if written[:1] == '"':
        value, quote, rest = written[1:].partition('"')
        _check(bool(quote) and rest.lstrip(" ")[:1] in ("", "#"))
        return _unescaped(value)
    if written in ("true", "false"):
        return written == "true"
    if written[:1] == "{":
        return _inline(written)
    _check(written.isascii() and written.isdecimal() and len(written) < 10)
    _check(written == "0" or written[0] != "0")
    return int(written)


def _inline(written: str) -> dict[str, str]:
    _check(written[-1] == "}")
    inner = written[1:-1].strip(" ")
    _check(not inner.endswith(","))
    held: dict[str, str] = {}
    place = 0
    while place < len(inner):
        found = _PAIR.match(inner, place)
        if found is None or found[1] in held:
            raise _NotPlain
        held[found[1]] = found[2]
        place = found.end()
    return held
