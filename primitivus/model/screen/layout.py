"""Where on the screen each pane is, and which of them one is in."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from primitivus.config import Settings
from primitivus.model.accounts.acting import acting
from primitivus.model.messages.chat import Chat
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.pane import BlankPane, Focus, Pane
from primitivus.model.panes.places import ContactsPane, ConversationsPane, PlacesPane
from primitivus.model.panes.sizes import Side, Sizes
from primitivus.model.place import Place
from primitivus.model.screen.borders import Border, Extent, Grip, grips, moved, position
from primitivus.model.screen.directions import MAIN_PARTS, Direction, Part, Spot, Stand
from primitivus.model.screen.placing import Parts, Placing, place_parts
from primitivus.model.screen.trail import Trail

L = TypeVar("L", bound=PlacesPane)


class Layout:
    """The list of conversations, one or two main panes, and a list at the other side."""

    def __init__(self, *lists: PlacesPane) -> None:
        self.lists = lists
        self.conversations = self.list_of(ConversationsPane)
        self.contacts = self.list_of(ContactsPane)
        self.trails = [Trail(BlankPane(), self._take_note)]
        # Whether two main panes stand side by side, not one above the other.
        self.is_beside = True
        self.focus: Part = "input"
        self.sizes = Sizes()
        # What there was room for when it was last looked at.
        self.placing: Placing | None = None
        # The account in use: of what one is in, or was in where that is a view over all of them.
        self._used = ""
        self._at = 0
        self._room = 0, 0

    @property
    def trail(self) -> Trail:
        """Return the main part of the screen where one is."""
        return self.trails[self._at]

    @property
    def main(self) -> Pane:
        """Return what is shown there."""
        return self.trail.pane

    @property
    def pane(self) -> Pane:
        """Return the pane that keys are for."""
        return self.list_called(self.focus) or self.main

    def list_of(self, kind: type[L]) -> L:
        """Return the list of this class, which there is."""
        return next(each for each in self.lists if isinstance(each, kind))

    def list_called(self, part: Part) -> PlacesPane | None:
        """Return the list of this context, if it is one."""
        return next((each for each in self.lists if each.context == part), None)

    def side(self, side: Side, settings: Settings) -> PlacesPane | None:
        """Return the list that is wanted at a side, if one is, and none where it is folded."""
        here = [each for each in self.lists if each.side == side]
        focused = next((each for each in here if each.context == self.focus), None)
        if focused is not None or self.sizes.folds(side):
            return focused
        wanted = [each for each in here if each.is_on(settings) and each.is_for(self.main)]
        return wanted[-1] if wanted else None

    def fold(self, side: Side, *, is_folded: bool = True) -> None:
        """Have no list show at a side, whichever is wanted there, or have them show again."""
        self.sizes = self.sizes.folded(side, is_folded=is_folded)

    @property
    def context(self) -> Focus:
        """Return which table of the keymap is in force."""
        return "input" if self.focus == "input" and self.pane.has_input else self.pane.context

    @property
    def is_typed(self) -> bool:
        """Return whether without modes one would be typing here."""
        return self.context == "input" or self.pane.is_typed

    @property
    def place(self) -> Place:
        """Return the conversation where one is; without a peer the account that is in use.

        In a view over all accounts that is still the one that was before, but for a command about a
        row there, which acts as the account of that.
        """
        place = self.main.place
        return place if place.account else Place(acting() or self._used)

    @property
    def used(self) -> str:
        """Return the name of the account that is in use, as whichever a command acts."""
        return self.main.place.account or self._used

    @property
    def is_split(self) -> bool:
        return len(self.trails) > 1

    def mains(self) -> tuple[Pane, ...]:
        """Return the main panes that are seen; before there is a screen, where one is."""
        if self.placing is None:
            return (self.main,)
        return tuple(placed.pane for placed in self.placing.mains)

    def seen(self) -> tuple[Pane, ...]:
        """Return all panes that are seen; before there is a screen, where one is."""
        if self.placing is None:
            return (self.main,)
        return tuple(placed.pane for placed in self.placing.seen())

    def shows(self, part: Part) -> bool:
        """Return whether there is room for this list, and it shows."""
        if self.placing is None:
            return False
        sides = filter(None, (self.placing.left, self.placing.right))
        return any(placed.pane.context == part for placed in sides)

    def conversations_seen(self) -> Iterator[ConversationPane]:
        """Yield the conversations that are seen."""
        for pane in self.mains():
            if isinstance(pane, ConversationPane):
                yield pane

    def looking_at(self, place: Place) -> list[ConversationPane]:
        """Return all panes of a conversation, those too that are not seen now."""
        return [
            pane for trail in self.trails for pane in trail.conversations() if pane.place == place
        ]

    def panes(self) -> Iterator[ConversationPane]:
        """Yield each conversation that was shown anywhere."""
        for trail in self.trails:
            yield from trail.conversations()

    def arrange(self, settings: Settings, columns: int, rows: int) -> Placing:
        """See what there is room for between the bar and the status line."""
        self._room = columns, rows
        self.placing = self.placed(settings)
        return self.placing

    def placed(self, settings: Settings) -> Placing:
        """Return what there is room for now, whatever was drawn last."""
        focused = self.list_called(self.focus)
        parts = Parts(
            self.side("left", settings),
            self.side("right", settings),
            mains=[trail.pane for trail in self.trails],
            main=self.main,
            is_beside=self.is_beside,
            focused=focused.side if focused is not None else None,
        )
        return place_parts(parts, self.sizes, settings, *self._room)

    def grips(self, settings: Settings, extent: Extent) -> Sequence[Grip]:
        """Return the borders that make what has the focus larger, those to be moved first."""
        focused = self.list_called(self.focus)
        side = focused.side if focused is not None else None
        return grips(self.placed(settings), side, self._at, extent)

    def extent(self, settings: Settings, extent: Extent) -> int | None:
        """Return how many columns or rows what has the focus has; None where it doesn't show."""
        pane, placing = self.pane, self.placed(settings)
        here = next((placed for placed in placing.seen() if placed.pane is pane), None)
        if here is None:
            return None
        return here.columns if extent == "columns" else here.rows

    def move_border(self, border: Border, by: int, settings: Settings) -> int:
        """Move a border right or down, as far as it goes; return how far that was."""
        wanted, before = self.sizes, self.placed(settings)
        self.sizes = moved(wanted, before, border, by)
        was, now = position(before, border), position(self.placed(settings), border)
        went = now - was if was is not None and now is not None else 0
        # What it can't be isn't kept, to come when there is more room.
        self.sizes = moved(wanted, before, border, went) if went else wanted
        return went

    def hide(self) -> None:
        """See that there is room for nothing."""
        self.placing = Placing()

    def opened(self, place: Place, chat: Chat, trail: Trail | None = None) -> ConversationPane:
        """Return the pane of a conversation on a trail, by default this one, as it was left."""
        pane = (trail or self.trail).conversation(place)
        if pane is not None and pane.chat is chat:
            return pane
        # What another pane holds needs not be loaded again.
        for other in self.looking_at(place):
            if other.chat is chat and other.window.is_loaded and not other.window.newer:
                copied = other.copy()
                copied.viewport.to_bottom()
                return copied
        return ConversationPane(place, chat)

    def split(self, *, is_beside: bool) -> None:
        """Show two main panes, and go to the second; where there are two, place them so."""
        self.is_beside = is_beside
        if not self.is_split:
            self.trails.append(self.trail.copy())
            self._at = 1
            self._take_note()

    def only(self) -> None:
        """Leave one main pane, the one where one is."""
        self.trails = [self.trail]
        self._at = 0

    def close(self) -> None:
        """Leave one main pane, the other one."""
        del self.trails[self._at]
        self._at = 0
        self._take_note()

    def go(self, spot: Spot) -> None:
        """Have the focus there."""
        self.focus, self._at = spot
        self._take_note()

    def leave(self, account: str, instead: Place) -> None:
        """Use no more the account of this name: it is gone, and another one takes its place."""
        if self._used == account:
            self._used = instead.account

    def spot(self, where: Part | Direction, settings: Settings) -> Spot:
        """Return what lies there from where the focus is."""
        if where in MAIN_PARTS or self.list_called(where) is not None:
            return where, self._at
        return self._stand(settings).to(where)

    def _take_note(self) -> None:
        """Use the account of what one is in now, if that is of one."""
        self._used = self.used

    def _stand(self, settings: Settings) -> Stand:
        left, right = self.side("left", settings), self.side("right", settings)
        return Stand(
            self.focus,
            self._at,
            left.context if left is not None else "",
            right.context if right is not None else "",
            mains=len(self.trails),
            is_beside=self.is_beside,
        )
