"""Where on the screen each pane is, and which of them one is in."""

from collections.abc import Iterator
from typing import Literal, TypeVar

from primitivus.config import Settings
from primitivus.model.chat import Chat
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.pane import BlankPane, Focus, Pane
from primitivus.model.panes.places import ContactsPane, ConversationsPane, PlacesPane, Side
from primitivus.model.place import Place
from primitivus.model.placing import Parts, Placing, place_parts
from primitivus.model.trail import Trail

L = TypeVar("L", bound=PlacesPane)

# A list by its context, or of a main pane what it shows (messages) or what is typed there (input).
Part = str
MAIN_PARTS = ("messages", "input")
Direction = Literal["next", "previous", "other", "up", "down", "left", "right"]
# The focus, and which main pane it is about.
Spot = tuple[Part, int]


class Layout:
    """The list of conversations, one or two main panes, and a list at the other side."""

    def __init__(self, *lists: PlacesPane) -> None:
        self.lists = lists
        self.conversations = self.list_of(ConversationsPane)
        self.contacts = self.list_of(ContactsPane)
        self.trails = [Trail(BlankPane())]
        # Whether two main panes stand side by side, not one above the other.
        self.is_beside = True
        self.focus: Part = "input"
        # What there was room for when it was last looked at.
        self.placing: Placing | None = None
        self._at = 0

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
        """Return the list that is wanted at a side, if one is."""
        here = [each for each in self.lists if each.side == side]
        focused = (each for each in here if each.context == self.focus)
        wanted = [each for each in here if each.is_on(settings) and each.is_for(self.main)]
        return next(focused, wanted[-1] if wanted else None)

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
        """Return the conversation where one is; without a peer the account."""
        return self.main.place

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
        left, right = self.side("left", settings), self.side("right", settings)
        focused = self.list_called(self.focus)
        parts = Parts(
            left,
            right,
            mains=[trail.pane for trail in self.trails],
            main=self.main,
            is_beside=self.is_beside,
            focused=focused.side if focused is not None else None,
        )
        self.placing = place_parts(parts, settings, columns, rows)
        return self.placing

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

    def only(self) -> None:
        """Leave one main pane, the one where one is."""
        self.trails = [self.trail]
        self._at = 0

    def close(self) -> None:
        """Leave one main pane, the other one."""
        del self.trails[self._at]
        self._at = 0

    def go(self, spot: Spot) -> None:
        """Have the focus there."""
        self.focus, self._at = spot

    def spot(self, where: Part | Direction, settings: Settings) -> Spot:
        """Return what lies there from where the focus is."""
        if where in MAIN_PARTS or self.list_called(where) is not None:
            return where, self._at
        if where == "other" and self.is_split:
            focus: Part = "input" if self.focus == "input" else "messages"
            return focus, 1 - self._at
        if where in ("next", "previous", "other"):
            ring = self._ring(settings)
            at = ring.index(self._here(ring))
            return ring[(at + (-1 if where == "previous" else 1)) % len(ring)]
        if where in ("up", "down"):
            return self._above() if where == "up" else self._below()
        return self._beside(-1 if where == "left" else 1, settings)

    def _ring(self, settings: Settings) -> list[Spot]:
        """Return all that can have the focus, in the order of `next`."""
        return [*self._row(settings), ("input", self._at)]

    def _row(self, settings: Settings) -> list[Spot]:
        """Return what stands from left to right; main panes one above the other in their order."""
        row: list[Spot] = [("messages", number) for number in range(len(self.trails))]
        left, right = self.side("left", settings), self.side("right", settings)
        if left is not None:
            row.insert(0, (left.context, self._at))
        if right is not None:
            row.append((right.context, self._at))
        return row

    def _here(self, spots: list[Spot]) -> Spot:
        here = self.focus, self._at
        return here if here in spots else spots[0]

    def _above(self) -> Spot:
        if self.focus == "input":
            return "messages", self._at
        is_lower = self.focus == "messages" and self._at == 1 and not self.is_beside
        return (self.focus, 0) if is_lower else (self.focus, self._at)

    def _below(self) -> Spot:
        is_upper = self.is_split and self._at == 0 and not self.is_beside
        return ("messages", 1) if is_upper and self.focus == "messages" else ("input", self._at)

    def _beside(self, step: int, settings: Settings) -> Spot:
        row = self._row(settings)
        if not self.is_beside:
            # Of two one above the other the one where one is stands in the row.
            row = [spot for spot in row if spot[1] == self._at]
        is_list = self.list_called(self.focus) is not None
        at = row.index(self._here(row) if is_list else ("messages", self._at))
        focus, main = row[max(0, min(len(row) - 1, at + step))]
        if focus == "messages" and self.focus == "input" and self.is_split:
            focus = "input"
        return focus, main
