"""A keymap: which keys run which command lines, by table."""

from collections.abc import Iterator, Mapping

from backendd.api.values import Value
from primitivus.keymaps.keys import ANY, notation
from primitivus.model.wording.quoting import quote


class Binding(Value):
    """A sequence of keys (urwid's names) in one table, and the command line it runs."""

    context: str
    sequence: tuple[str, ...]
    line: str

    @property
    def keys(self) -> str:
        """Return the sequence as it is written: `C-f b`."""
        return notation(self.sequence)

    def line_with(self, key: str) -> str:
        """Return the command line that it runs when `key` was the last one typed."""
        return f"{self.line} {quote(key)}" if self.sequence[-1] == ANY else self.line


class Keymap(Value):
    """All bindings, in the order of the file.

    `modal`: Esc leaves insert and command mode, and Meta keys are for normal mode; one that is
    bound there also leaves insert mode first. `counts`: digits before a key in normal mode are
    its count; `digit_arguments`: so are digits with Meta, and those behind them, anywhere.
    `quits_panes`: `quit` closes a pane of two, and leaves from the last one.
    """

    name: str
    modal: bool
    counts: bool
    bindings: tuple[Binding, ...]
    description: str = ""
    quits_panes: bool = False
    digit_arguments: bool = False

    def table(self, name: str) -> Mapping[tuple[str, ...], Binding]:
        """Return the bindings of one table by their sequence."""
        return {b.sequence: b for b in self.bindings if b.context == name}

    def keys_for(self, line: str, *tables: str) -> tuple[str, ...]:
        """Return how the keys are written that run exactly `line`, in these tables or in any."""
        return tuple(
            b.keys for b in self.bindings if b.line == line and (not tables or b.context in tables)
        )

    def __iter__(self) -> Iterator[Binding]:
        return iter(self.bindings)
