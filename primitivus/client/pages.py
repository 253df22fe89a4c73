"""Loading history: the page a conversation opens with, and the next ones as one scrolls."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from backendd.api.contract import Messages
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.records import Message
from backendd.api.tasks import Tasks
from backendd.api.values import Mutable, field
from primitivus.client.part import Part
from primitivus.model.accounts.account import Account
from primitivus.model.area import Area
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.pane import Pane
from primitivus.model.state import State

# The first page fills any screen; the next ones are fetched before they are needed.
FIRST = 60
PAGE = 120
# So many messages above one that was gone to say what it is about.
ABOVE = 3
# After an error that may last.
AGAIN_S = 5.0
# The most that the backend gives at a time.
MOST = 500


class Pages(Mutable, Part):
    """Keeps the windows of panes filled."""

    messages: Messages
    state: State
    account: Account
    tasks: Tasks
    # Where the archive was asked: not again before something changed.
    _asked: WeakKeyDictionary[ConversationPane, tuple[int, tuple[str, ...]]] = field(
        default_factory=WeakKeyDictionary
    )
    # After an error, until when a pane is left alone.
    _not_before: WeakKeyDictionary[ConversationPane, float] = field(
        default_factory=WeakKeyDictionary
    )
    # Which backend was asked for the first page.
    _begun: WeakKeyDictionary[ConversationPane, str] = field(default_factory=WeakKeyDictionary)

    async def open(self, pane: ConversationPane) -> None:
        """Load the first page of a conversation, unless it is loaded.

        It is the newest page, or the one where reading stopped if more is unread.
        """
        if pane.window.is_loaded or pane.is_loading:
            return
        record = self.account.conversation(pane.place.peer)
        if record.unread > FIRST // 2 and record.first_unread:
            await self._fetch(pane, around=record.first_unread, limit=2 * PAGE)
        else:
            await self._fetch(pane, limit=FIRST)
        pane.unread.seek(record.first_unread)

    def fill(self, pane: Pane) -> None:
        is_ours = self.state.at(pane.place) is self.account
        if not isinstance(pane, ConversationPane) or not is_ours:
            return
        for page in pane.wanted():
            match page:
                case "first":
                    self._first(pane)
                case "unread":
                    self._unread(pane)
                case "older":
                    self._older(pane)
                case "newer":
                    self._newer(pane)

    async def newest(self, pane: ConversationPane) -> None:
        """Load the newest page, if it is not held."""
        if pane.window.newer or not pane.window.is_loaded:
            await self._fetch(pane, limit=FIRST)
        pane.go_to_end()
        self.state.changed(Area.MESSAGES)

    async def around(self, pane: ConversationPane, message_id: int) -> bool:
        """Have a message in view among those around it; return whether there is such a one.

        Where it is in view, nothing else moves.
        """
        if pane.window.index(message_id) in pane.viewport.in_view():
            pane.viewport.reveal(message_id)
            self.state.changed(Area.MESSAGES)
            return True
        if pane.window.index(message_id) < 0:
            await self._fetch(pane, limit=2 * PAGE, around=message_id)
        place = pane.window.index(message_id)
        pane.go_to_end()
        if place >= 0:
            pane.viewport.start_at(pane.window[max(0, place - ABOVE)].id)
            pane.viewport.reveal(message_id)
        self.state.changed(Area.MESSAGES)
        return place >= 0

    async def find(
        self, pane: ConversationPane, start: int, by: int, fits: Callable[[Message], bool]
    ) -> int:
        """Return the next message that fits beyond the index `start`, `by` 1 below or -1 above.

        Behind what is held it is looked for in all that is stored; 0: there is none.
        """
        window = pane.window
        for index in range(start + by, len(window) if by > 0 else -1, by):
            if fits(window[index]):
                return window[index].id
        at = window.last_id if by > 0 else window.first_id
        is_more = bool(at) and (window.newer if by > 0 else window.older == "local")
        while is_more:
            where = {"after": at} if by > 0 else {"before": at}
            found, page = await self.messages.list(pane.place.peer, limit=MOST, **where)
            for message in found[::by]:
                if fits(message):
                    return message.id
            is_more = bool(found) and (len(found) >= MOST if by > 0 else page["older"] == "local")
            at = found[::by][-1].id if found else 0
        return 0

    async def last(self, pane: ConversationPane, count: int) -> None:
        """Load the last `count` messages, and show them from the first one on."""
        await self._fetch(pane, limit=max(FIRST, count))
        place = max(0, len(pane.window) - count)
        pane.go_to_end()
        if len(pane.window):
            pane.viewport.start_at(pane.window[place].id)
        self.state.changed(Area.MESSAGES)

    def _first(self, pane: ConversationPane) -> None:
        """Begin to load the first page of a conversation that came into view by itself."""
        owner = self.state.backend.owner
        if pane.is_loading or self._begun.get(pane) == owner:
            return
        self._begun[pane] = owner
        self.tasks.start(self.open(pane), name="first page")

    def _unread(self, pane: ConversationPane) -> None:
        """Begin to load where reading stopped, which is not held any more."""
        if not self._must_wait(pane):
            pane.begin_loading()
            self.tasks.start(self._seek(pane, pane.unread.sought), name="unread page")

    async def _seek(self, pane: ConversationPane, message_id: int) -> None:
        await self._fetch(pane, around=message_id, limit=2 * PAGE)
        if pane.unread.sought == message_id and pane.window.index(message_id) < 0:
            pane.unread.seek(0)

    def _older(self, pane: ConversationPane) -> None:
        """Begin to load what lies before the window, if that can be had now."""
        window = pane.window
        if self._must_wait(pane) or window.older in ("", "end"):
            return
        if window.older != "local":
            # The archive answers by signals: one question for each place and connection.
            profile, owner = self.account.profile, self.state.backend.owner
            here = (window.first_id, (owner, profile.state, *profile.missing))
            if self._asked.get(pane) == here:
                return
            self._asked[pane] = here
        where = {"before": window.first_id} if len(window) else {}
        self._begin(pane, **where)

    def _newer(self, pane: ConversationPane) -> None:
        """Begin to load what comes after the window, if something does."""
        if not self._must_wait(pane) and pane.window.newer:
            self._begin(pane, after=pane.window.last_id)

    def _begin(self, pane: ConversationPane, **where: int) -> None:
        # At once, for another frame may come before the task does.
        pane.begin_loading()
        self.tasks.start(self._fetch(pane, limit=PAGE, **where), name="page")

    def _must_wait(self, pane: ConversationPane) -> bool:
        now = asyncio.get_running_loop().time()
        return pane.is_loading or now < self._not_before.get(pane, 0)

    async def _fetch(self, pane: ConversationPane, *, limit: int, **where: int) -> None:
        """Load one page into the window; where it can't be had the status line says why."""
        pane.begin_loading()
        try:
            messages, page = await self.messages.list(pane.place.peer, limit=limit, **where)
            _take(pane, messages, page, limit, where)
        except (BackendError, LinkError) as error:
            self._not_before[pane] = asyncio.get_running_loop().time() + AGAIN_S
            if self.state.at(pane.place) is self.account:
                # Of a profile that is gone nobody misses a page.
                self.state.complain(str(error), about=type(error).__name__, account=self.account)
            return
        finally:
            pane.end_loading()
        self.state.changed(Area.MESSAGES)


def _take(
    pane: ConversationPane,
    messages: Sequence[Message],
    page: Mapping[str, Any],
    limit: int,
    where: Mapping[str, int],
) -> None:
    older = str(page.get("older", "end"))
    window, position = pane.window, pane.where()
    anchor = position.anchor if position is not None else 0
    if "before" in where:
        window.extend_older(messages, older)
        window.trim(anchor or window.first_id)
    elif "after" in where:
        window.extend_newer(messages, newer=len(messages) >= limit)
        window.trim(anchor)
    else:
        # Half of the limit lies after the message asked for, if there is as much.
        # Where they stand says that, not their ids: an archive brings late what is old.
        after = len(messages) - 1 - _index(messages, where.get("around", 0))
        window.reset(messages, older, newer="around" in where and after >= limit // 2 - 1)


def _index(messages: Sequence[Message], message_id: int) -> int:
    """Return where in a page a message is, -1 if it isn't there."""
    return next((at for at, each in enumerate(messages) if each.id == message_id), -1)
