"""The lists at the sides: conversations at the left, contacts and others at the right."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar

from primitivus.config import Settings
from primitivus.model.panes.pane import Pane
from primitivus.model.panes.sizes import Side
from primitivus.model.place import NOWHERE, Place
from primitivus.model.wording.quoting import quote


class PlacesPane(Pane):
    """A list of people to talk with, and which of them is marked.

    Of several at one `side` that one shows which has the focus, else the last that is for what one
    is in.
    """

    side: ClassVar[Side] = "right"
    # Whether it only shows with the focus, where there is no room for lists at both sides.
    gives_way: ClassVar[bool] = False

    def __init__(self, entries: Callable[[], Sequence[Place]]) -> None:
        self.entries = entries
        self._marked = NOWHERE
        # The first entry in view, where one has rolled to; NOWHERE: what is marked decides that.
        self.first = NOWHERE

    @property
    def marked(self) -> Place:
        return self._marked

    @marked.setter
    def marked(self, place: Place) -> None:
        if place != self._marked:
            self.first = NOWHERE
        self._marked = place

    def is_on(self, settings: Settings) -> bool:
        """Return whether it is wanted: the setting of its name."""
        return bool(getattr(settings, self.context))

    def is_for(self, main: Pane) -> bool:
        """Return whether it has something to show beside `main`."""
        return True

    def mark(self) -> None:
        """Have an entry marked: the one that is, if it is there still, else the first."""
        self.step(0)

    def step(self, by: int) -> None:
        entries = self.entries()
        if self.marked in entries:
            place = entries.index(self.marked) + by
            self.marked = entries[max(0, min(len(entries) - 1, place))]
        else:
            self.marked = entries[0] if entries else NOWHERE

    def roll(self, rows: int, first: Hashable = None) -> None:
        entries = self.entries()
        if isinstance(first, Place) and first in entries:
            at = max(0, min(len(entries) - 1, entries.index(first) + rows))
            self.first = entries[at]

    def point(self, what: Hashable) -> bool | None:
        if not isinstance(what, Place) or what not in self.entries():
            return None
        # What is in view stays there.
        was_marked, self._marked = self._marked == what, what
        return was_marked

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Where the marked entry goes in here, have the one marked that stands there then."""
        if self.marked == NOWHERE:
            yield
            return
        before = self.entries()
        place = before.index(self.marked) if self.marked in before else -1
        yield
        entries = self.entries()
        if place >= 0 and self.marked not in entries:
            self.marked = entries[min(place, len(entries) - 1)] if entries else NOWHERE

    def enter(self) -> str:
        marked = self.marked
        if marked.peer:
            return f"chat {quote(marked.peer)} {quote(marked.account)}"
        # An entry without a peer is the account itself.
        return f"profile {quote(marked.account)}" if marked.account else ""


class ConversationsPane(PlacesPane):
    """The open conversations."""

    context = "conversations"
    side = "left"


class NarrowedPane(PlacesPane):
    """A list of which those alone show whose name has `wanted` in it; all, while nothing is."""

    wanted = ""

    def narrow(self, wanted: str) -> None:
        """Show those only whose name has this in it, the first of them marked; nothing: all."""
        self.wanted = wanted
        self.mark()
        if wanted and not self.marked.peer:
            self.marked = next((each for each in self.entries() if each.peer), self.marked)

    def leave(self) -> bool:
        was_narrow = bool(self.wanted)
        self.narrow("")
        return was_narrow


class ContactsPane(NarrowedPane):
    """Who asks to see us, and the contacts, those in groups under their headings."""

    context = "contacts"

    def follow(self) -> None:
        """Where the marked one stands under another heading now, have them marked there."""
        entries = self.entries()
        if self.marked in entries or not self.marked.peer:
            return
        wanted = self.marked._replace(group="")
        found = (each for each in entries if each._replace(group="") == wanted)
        self.marked = next(found, self.marked)

    def enter(self) -> str:
        is_heading = self.marked.group and not self.marked.peer
        return "fold" if is_heading else super().enter()
