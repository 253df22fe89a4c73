"""A keymap: which keys run which command lines, by table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Binding:
    """A sequence of keys in one table, and the command line it runs."""

    context: str
    sequence: tuple[str, ...]  # urwid's names
    line: str

    @property
    def keys(self) -> str:
        """Return the sequence as it is written: `C-f b`."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Keymap:
    """All bindings. `modal`: Esc leaves insert and command mode; `counts`: digits repeat."""

    name: str
    modal: bool
    counts: bool
    bindings: tuple[Binding, ...]
    description: str = ""

    def table(self, name: str) -> Mapping[tuple[str, ...], Binding]:
        """Return the bindings of one table by their sequence."""
        raise NotImplementedError

    def keys_for(self, line: str, *tables: str) -> tuple[str, ...]:
        """Return how the keys are written that run exactly `line` (in these tables, or any)."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[Binding]:
        return iter(self.bindings)
