"""Help as plain data: for one command, and for the contexts where the user is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from primitivus.commands.registry import Registry


class Bound(Protocol):
    """A key and the command line it runs (keymaps have them)."""

    @property
    def context(self) -> str: ...

    @property
    def keys(self) -> str: ...

    @property
    def line(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Row:
    """One line of help: the keys (or nothing), the command line, what it does."""

    keys: str
    line: str
    summary: str


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a title, or paragraphs of text, or both."""

    title: str
    rows: tuple[Row, ...] = ()
    text: str = ""


def help_for_command(registry: Registry, name: str, bindings: Iterable[Bound]) -> tuple[Section, ...]:
    """Return usage, help, aliases and keys of a command; CommandError if there is none."""
    raise NotImplementedError


def help_for_contexts(
    registry: Registry, bindings: Iterable[Bound], tables: Sequence[str], *contexts: str
) -> tuple[Section, ...]:
    """Return the keys of the keymap `tables` in force, then the commands that can be typed."""
    raise NotImplementedError


def keys_of(name: str, bindings: Iterable[Bound]) -> tuple[Bound, ...]:
    """Return the bindings that run the command called `name`."""
    raise NotImplementedError
