"""Reading one keymap file: its settings and entries, and what is wrong with each."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from backendd.api.settings import Problem
from backendd.api.toml_lines import Locator
from backendd.api.tuples import NamedTuple
from primitivus.keymaps.contexts import ONCE, TABLES
from primitivus.keymaps.keymap import Binding
from primitivus.keymaps.keys import parse_keys
from primitivus.sentences import tr
from primitivus.user_files import read_toml, unknown

HEADER: dict[str, type] = {
    "description": str,
    "base": str,
    "modal": bool,
    "counts": bool,
    "quits_panes": bool,
    "digit_arguments": bool,
}
_MODES = ("normal",)  # the tables that have tables of their own


class Entry(NamedTuple):
    """A binding and where it is written; one with an empty line takes a key away."""

    binding: Binding
    path: Path
    place: tuple[str, ...]
    locator: Locator

    @property
    def line(self) -> int:
        """The line of the file."""
        return self.locator.line(*self.place)

    def trouble(self, sentence: str) -> Problem:
        """Return the problem that this is wrong with it."""
        return Problem(self.path, self.line, f'"{self.place[-1]}": {sentence}')


class KeymapFile(NamedTuple):
    """What one file says."""

    header: Mapping[str, Any] = {}
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_keymap(path: Path) -> KeymapFile:
    """Return what the file says; what is wrong in it is left out and told.

    Whether its lines are commands is not looked at: who shows what keys there are needs no more.
    """
    data, locator, problems = read_toml(path)
    if locator is None:
        return KeymapFile(problems=tuple(problems))
    header = {}
    tables: dict[tuple[str, ...], Mapping[str, Any]] = {}
    for name, value in data.items():
        if isinstance(value, dict):
            tables[(name,)] = value
        elif HEADER.get(name) is type(value):
            header[name] = value
        else:
            problems.append(Problem(path, locator.line(name), _header_trouble(name)))
    reader = _Reader(path, locator, problems)
    entries = tuple(reader.entries(tables))
    return KeymapFile(header, entries, tuple(problems))


def _header_trouble(name: str) -> str:
    if name not in HEADER:
        return unknown(tr('unknown key "{name}"', name=name), name, (*HEADER, *TABLES))
    if HEADER[name] is bool:
        return tr("{name} has to be true or false", name=name)
    return tr("{name} has to be a text in quotes", name=name)


def _no_table(name: str) -> str:
    """Return what to do about a table that no place of the screen goes by."""
    if now := ONCE.get(name):
        return tr(
            'there is no table "{name}" any more; its keys go into "{now}"', name=name, now=now
        )
    return unknown(tr('unknown table "{name}"', name=name), name, TABLES, is_listing=True)


class _Reader:
    """Turns the tables of one file into entries."""

    def __init__(self, path: Path, locator: Locator, problems: list[Problem]) -> None:
        self._path = path
        self._locator = locator
        self._problems = problems
        self._seen: dict[tuple[str, tuple[str, ...]], Entry] = {}

    def entries(self, tables: Mapping[tuple[str, ...], Mapping[str, Any]]) -> Iterator[Entry]:
        for place, table in tables.items():
            name = ".".join(place)
            inner = {
                (*place, key): value for key, value in table.items() if isinstance(value, dict)
            }
            if name in TABLES:
                bound = {key: value for key, value in table.items() if not isinstance(value, dict)}
                yield from self._table(name, place, bound)
            elif not inner or name not in _MODES:
                self._report(place, _no_table(name))
                continue
            yield from self.entries(inner)

    def _table(
        self, name: str, place: tuple[str, ...], table: Mapping[str, Any]
    ) -> Iterator[Entry]:
        for key, line in table.items():
            here = (*place, key)
            try:
                entry = Entry(_binding(name, key, line), self._path, here, self._locator)
            except ValueError as error:
                self._report(here, f'"{key}": {error}')
                continue
            first = self._seen.setdefault((name, entry.binding.sequence), entry)
            if first is entry:
                yield entry
            else:
                self._report(
                    here,
                    tr(
                        '"{key}" is bound in this table already, in line {line}',
                        key=key,
                        line=first.line,
                    ),
                )

    def _report(self, place: tuple[str, ...], sentence: str) -> None:
        self._problems.append(Problem(self._path, self._locator.line(*place), sentence))


def _binding(table: str, key: str, line: object) -> Binding:
    sequence = parse_keys(key)
    if not isinstance(line, str):
        raise ValueError(tr("a key is bound to a command line, in quotes"))  # noqa: TRY004 - as of keys
    return Binding(table, sequence, line)
