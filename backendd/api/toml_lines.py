"""TOML files, and in which line of them a key is: tomllib doesn't tell."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

Place = tuple[str | int, ...]

# Of a text that tomllib has accepted; what isn't told apart here doesn't matter for lines.
_TOKEN = re.compile(
    r'''
    (?P<skip> [^\S\n]+ | \#[^\n]* )
    | """ (?: \\[\s\S] | (?!""")[^\\] )* "{3,5}
    | \'\'\' (?: (?!\'\'\')[\s\S] )* '{3,5}
    | " (?: \\. | [^"\\\n] )* "
    | ' [^'\n]* '
    | [\[\]{}=,.\n]
    | [^\s\[\]{}=,.\#"']+
    ''',
    re.VERBOSE,
)
_DEPTH = {"[": 1, "{": 1, "]": -1, "}": -1}
_WHERE = re.compile(r" \(at line (\d+), column \d+\)$")


class Locator:
    """Knows the line of each key and table of one file; looks for them once it is asked."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _lines(self) -> Mapping[Place, int]:
        return _locate(self._text)

    def line(self, *place: str | int) -> int:
        """Return the line of the key at `place`, as `line("connection", "keepalive_s")`.

        An index leads into an array of tables. Where the key has no line of its own, it is that
        of the nearest one around it.
        """
        for length in range(len(place), 0, -1):
            if place[:length] in self._lines:
                return self._lines[place[:length]]
        return 1


def load(path: Path) -> tuple[dict[str, Any], Locator]:
    """Return what the file holds, and where; OSError, UnicodeDecodeError, TOMLDecodeError."""
    # As tomllib reads it: CR LF are line ends of a file, a lone CR is an error.
    text = path.read_bytes().decode("utf-8")
    return tomllib.loads(text), Locator(text)


def error_line(error: tomllib.TOMLDecodeError) -> int:
    """Return the line that `error` speaks of, 0 for the end of the file."""
    where = _WHERE.search(str(error))
    return int(where[1]) if where else 0


def _locate(text: str) -> dict[Place, int]:
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}  # how many tables each array has so far
    table: Place = ()
    for line, tokens in _statements(text):
        if tokens[0] != "[":
            names = _names(tokens[: tokens.index("=")])
            for length in range(1, len(names) + 1):
                lines.setdefault((*table, *names[:length]), line)
            continue
        is_array = tokens[1] == "["
        table = _resolve(_names(tokens), counts, is_array=is_array)
        for length in range(1, len(table) + 1):
            lines.setdefault(table[:length], line)
    return lines


def _resolve(names: list[str], counts: dict[Place, int], *, is_array: bool) -> Place:
    place: Place = ()
    for number, name in enumerate(names, start=1):
        place = (*place, name)
        if is_array and number == len(names):
            counts[place] = counts.get(place, 0) + 1
        if place in counts:  # a header means the last table of an array
            place = (*place, counts[place] - 1)
    return place


def _names(tokens: list[str]) -> list[str]:
    return [_unquoted(token) for token in tokens if token not in ("[", "]", ".")]


def _unquoted(token: str) -> str:
    if token[0] not in "\"'":
        return token
    if "\\" not in token:
        return token[1:-1]  # as most are; tomllib takes long for many small texts
    name: str = tomllib.loads(f"name = {token}")["name"]
    return name


def _statements(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line and the tokens of each statement."""
    line, start, depth = 1, 1, 0
    tokens: list[str] = []
    for match in _TOKEN.finditer(text):
        token = match[0]
        is_end = token == "\n" and depth == 0
        if is_end and tokens:
            yield start, tokens
            tokens = []
        elif not is_end and not match["skip"]:
            start = start if tokens else line
            tokens.append(token)
            depth += _DEPTH.get(token, 0)
        line += token.count("\n")
    if tokens:
        yield start, tokens
