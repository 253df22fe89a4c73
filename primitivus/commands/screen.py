"""What the commands of this program want of the screen."""

from collections.abc import Sequence
from typing import Protocol

from primitivus.commands.arguments.paths import Told
from primitivus.commands.help.help import Bound
from primitivus.themes.symbols import Symbols


class Screen(Protocol):
    """What commands want of the screen and the program."""

    def symbols(self) -> Symbols:
        """Return the symbols that are drawn with."""
        ...

    def theme(self) -> str:
        """Return the name of the theme that is drawn with."""
        ...

    def contexts(self) -> tuple[str, ...]:
        """Return the contexts whose commands may be typed where the focus is."""
        ...

    def tables(self) -> tuple[str, ...]:
        """Return the tables of the keymap that are in force where the focus is."""
        ...

    def bindings(self) -> Sequence[Bound]:
        """Return all keys and what they run."""
        ...

    def in_force(self) -> Sequence[Bound]:
        """Return the keys that run something where the focus is, table by table."""
        ...

    def apply(self, name: str) -> None:
        """Draw with what the setting `name` says now."""
        ...

    def keymaps(self) -> Sequence[str]:
        """Return the names of all keymaps."""
        ...

    async def edit(self, text: str, name: str = "message.txt", begun: Told = str) -> str:
        """Return `text` as the user's editor leaves a file called so; `begun` is told of that."""
        ...

    async def run_line(self, line: str) -> str:
        """Run a command line, and show what is wrong with it; return what is left to be done."""
        ...

    async def copy(self, text: str) -> str:
        """Copy to a clipboard, and return in a few words how far it got."""
        ...

    def redraw(self) -> None: ...

    def suspend(self) -> None: ...

    def quit(self) -> None: ...
