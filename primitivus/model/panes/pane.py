"""What all panes have: where keys go in them, and how one moves."""

from collections.abc import Hashable
from typing import ClassVar, Self

from primitivus.model.editing.editor import Editor
from primitivus.model.messages.stand import Position
from primitivus.model.place import NOWHERE, Place
from primitivus.model.scrolling.beyond import ALL_SHOWS, Beyond

# What keys are for, by the table of the keymap (keymaps/contexts.py): a pane, of a conversation
# its messages or its input, or a popup.
Focus = str


class Pane:
    """Something to look at, and where one is in it; drawing only reads it.

    `context` is the table of the keymap that is in force there, and whose commands keys may run.
    Where one types in it while it has the focus (`is_typed`), and not on the input line, the table
    `context` is in force for that, else `normal.context`.
    """

    context: ClassVar[Focus]
    # The command line with which one leaves it, where nothing in it can be given up.
    exit: ClassVar[str] = ""
    # Whose it is, and the conversation it shows, if that is what it does; nobody's: of all.
    place: Place = NOWHERE
    # Whether one types in it now.
    is_typed: bool = False
    # Whether one would want to come back to it, as it is now.
    is_kept: bool = True
    # Whether one writes to it on the input line, which has the focus then.
    has_input: bool = False
    # Whether it is closed before the line is run that opens what is chosen.
    closes: ClassVar[bool] = False
    # Whether nothing in it is of a profile alone, so that it shows while that is locked.
    is_of_program: ClassVar[bool] = False
    # Whether it has a title even where it is the only main pane.
    is_titled: bool = False

    @property
    def view(self) -> Hashable:
        """Return which view it is: opened again that is as it was left; None: it begins anew."""
        return None

    def reopened(self, anew: Self) -> None:
        """Take over what is so now from one that was just made of the same view."""
        self.place = anew.place

    @property
    def caption(self) -> str:
        """Return what stands above it; empty: whose it is, as of a conversation."""
        return ""

    @property
    def beyond(self) -> Beyond:
        """Return how much of a list in it lies above and below what shows."""
        return ALL_SHOWS

    @property
    def prompt(self) -> str:
        """Return the word before what is typed in it; empty: none is needed."""
        return ""

    @property
    def purpose(self) -> str:
        """Return what is said above what is typed in it, where that is more than to be said."""
        return ""

    @property
    def editor(self) -> Editor | None:
        """Return where keys type while the focus is here, if anywhere."""
        return None

    @property
    def page(self) -> int:
        """Return how many rows, or entries, a page is."""
        return 1

    def step(self, by: int) -> None:
        """Go down by so many of what it holds, up if negative."""
        self.scroll(by)

    def scroll(self, rows: int) -> None:
        """Move what is in view down by so many rows, up if negative."""

    def roll(self, rows: int, first: Hashable = None) -> None:
        """Move what is in view by so many rows, as the wheel does: what is chosen goes along.

        `first`: what the first entry in view stands for, where that was drawn.
        """
        self.scroll(rows)

    def point(self, what: Hashable) -> bool | None:
        """Choose what something drawn stands for; return whether it was chosen; None: it's gone."""
        return None

    @property
    def whose(self) -> str:
        """Return as which account what is chosen is opened, by its name; empty: the one in use."""
        return ""

    def enter(self) -> str:
        """Return the command line that opens what is chosen; empty: nothing is."""
        return ""

    def arranged(self, height: int) -> None:
        """Take over how many rows there are for what it holds, without its title."""

    def typed(self, text: str) -> None:
        """Take a character where nothing is typed in."""

    def turn(self, by: int) -> None:
        """Go on to what stands beside, back if negative, where nothing is typed in."""

    def edited(self) -> None:
        """Take note that what is typed in it may have changed."""

    def complete(self, by: int) -> bool:
        """Complete what is typed by what is chosen; return whether it does that by itself."""
        return False

    def leave(self) -> bool:
        """Give up what is selected; return whether something was."""
        return False

    def parting(self) -> str:
        """Return what is said to who goes elsewhere; empty: nothing."""
        return ""

    def forget(self, account: str) -> None:
        """Hold nothing any more of the account of this name: it is locked, or gone."""

    def copy(self) -> "Pane":
        """Return another pane that shows the same, to go on by itself; a blank one if it can't."""
        return BlankPane(Place(self.place.account))

    def where(self) -> Position | None:
        """Return where one stands in it, for coming back; None where that stays as it is."""
        return None


class BlankPane(Pane):
    """Nothing is shown yet; `place` is the account where one is."""

    context = "messages"
    has_input = True
    is_kept = False

    def __init__(self, place: Place = NOWHERE) -> None:
        self.place = place

    def copy(self) -> "BlankPane":
        return BlankPane(self.place)
