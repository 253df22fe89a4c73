"""What is shown in one main part of the screen, and what was before and after it."""

from collections.abc import Callable, Hashable, Iterator

from backendd.api.tuples import NamedTuple
from primitivus.model.messages.stand import Position
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.pane import Pane
from primitivus.model.place import Place

KEPT = 50


class Stop(NamedTuple):
    """Something that was shown, and where in it one stood."""

    pane: Pane
    position: Position | None = None


class Trail:
    """Shows one pane at a time; back and forward walk what was shown."""

    def __init__(self, pane: Pane, shown: Callable[[], None] = lambda: None) -> None:
        """`shown` hears that there is another pane."""
        self.pane = pane
        self._shown = shown
        self._behind: list[Stop] = []
        self._ahead: list[Stop] = []
        # Each conversation stays as it was left.
        self._conversations: dict[Place, ConversationPane] = {}
        # So does each view, the one shown last at the end.
        self._views: dict[Hashable, Pane] = {}
        self._keep(pane)

    def copy(self) -> "Trail":
        """Return another trail that begins with what this one shows."""
        return Trail(self.pane.copy(), self._shown)

    def go(self, pane: Pane) -> None:
        """Show `pane`; what was shown lies behind."""
        if pane is self.pane:
            return
        self.mark()
        self.replace(pane)

    def mark(self) -> None:
        """Remember where one is, to come back to."""
        stop = self._here()
        if stop.pane.is_kept and (not self._behind or self._behind[-1] != stop):
            self._behind.append(stop)
            del self._behind[:-KEPT]
        self._ahead.clear()

    def replace(self, pane: Pane) -> None:
        """Show `pane` in the place of what is shown."""
        self.pane = pane
        self._keep(pane)
        self._shown()

    def back(self) -> Stop | None:
        """Show what was shown before, and return where one stood in it; None: nothing was."""
        return self._walk(self._behind, self._ahead)

    def forward(self) -> Stop | None:
        """Show what one went back from, and return where one stood in it; None: nothing is."""
        return self._walk(self._ahead, self._behind)

    @property
    def is_at_start(self) -> bool:
        """Return whether nobody has gone anywhere yet."""
        return not self._behind and not self._ahead

    def conversation(self, place: Place) -> ConversationPane | None:
        """Return how a conversation was left here, if it was shown."""
        return self._conversations.get(place)

    def conversations(self) -> Iterator[ConversationPane]:
        """Yield all that were shown here, as they were left."""
        yield from self._conversations.values()

    def left(self, view: Hashable) -> Pane | None:
        """Return how a view was left here, if it was shown."""
        return self._views.get(view)

    def panes(self) -> Iterator[Pane]:
        """Yield all that one can come back to, and what is shown."""
        yield from self._conversations.values()
        yield from self._views.values()
        yield from (stop.pane for stop in (*self._behind, *self._ahead))
        yield self.pane

    def drop(self, is_gone: Callable[[Place], bool], instead: Callable[[], Pane]) -> None:
        """Forget what was at places that are gone; where one of them is shown, `instead` is."""
        self._behind = [stop for stop in self._behind if not is_gone(stop.pane.place)]
        self._ahead = [stop for stop in self._ahead if not is_gone(stop.pane.place)]
        for place in list(filter(is_gone, self._conversations)):
            del self._conversations[place]
        self._views = {view: pane for view, pane in self._views.items() if not is_gone(pane.place)}
        if is_gone(self.pane.place):
            self.replace(instead())

    def _walk(self, source: list[Stop], target: list[Stop]) -> Stop | None:
        here = self._here()
        while source:
            stop = source.pop()
            if stop == here or not stop.pane.is_kept:
                continue
            if here.pane.is_kept:
                target.append(here)
            self.replace(stop.pane)
            return stop
        return None

    def _here(self) -> Stop:
        return Stop(self.pane, self.pane.where())

    def _keep(self, pane: Pane) -> None:
        if isinstance(pane, ConversationPane):
            self._conversations[pane.place] = pane
        if pane.view is not None:
            self._views.pop(pane.view, None)
            self._views[pane.view] = pane
            if len(self._views) > KEPT:
                del self._views[next(iter(self._views))]
