"""Loading history: the page a conversation opens with, and the next ones as one scrolls."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.names import MESSAGES
from backendd.api.records import Message
from backendd.api.tasks import Tasks
from backendd.api.wire import Variant, from_wire
from primitivus.client.caller import Caller
from primitivus.model.area import Area
from primitivus.model.chat import Chat
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


@dataclass
class Pages:
    """Keeps the windows of chats filled."""

    caller: Caller
    state: State
    tasks: Tasks
    # Where the archive was asked: not again before something changed.
    _asked: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    # After an error, until when a conversation is left alone.
    _not_before: dict[str, float] = field(default_factory=dict)
    # For which conversations this backend was asked for the first page.
    _begun: set[tuple[str, str]] = field(default_factory=set)

    async def open(self, peer: str) -> None:
        """Load the first page of a conversation, unless it is loaded.

        It is the newest page, or the one where reading stopped if more is unread.
        """
        chat = self.state.account.chat_with(peer)
        if chat.window.is_loaded or chat.is_loading:
            return
        record = self.state.account.conversation(peer)
        if record.unread > FIRST // 2 and record.first_unread:
            await self._fetch(chat, around=record.first_unread, limit=2 * PAGE)
        else:
            await self._fetch(chat, limit=FIRST)
        chat.start_at = record.first_unread

    def first(self, chat: Chat) -> None:
        """Begin to load the first page of a conversation that came into view by itself."""
        here = (self.state.backend.owner, chat.peer)
        if chat.window.is_loaded or chat.is_loading or here in self._begun:
            return
        self._begun.add(here)
        self.tasks.start(self.open(chat.peer), name="first page")

    async def newest(self, peer: str) -> None:
        """Load the newest page, if it is not held."""
        chat = self.state.account.chat_with(peer)
        if chat.window.newer or not chat.window.is_loaded:
            await self._fetch(chat, limit=FIRST)
        chat.to_bottom()
        self.state.changed(Area.MESSAGES)

    async def around(self, peer: str, message_id: int) -> bool:
        """Have a message in view among those around it; return whether there is such a one."""
        chat = self.state.account.chat_with(peer)
        if chat.window.index(message_id) < 0:
            await self._fetch(chat, limit=2 * PAGE, around=message_id)
        place = chat.window.index(message_id)
        chat.to_bottom()
        if place >= 0:
            chat.start_at = chat.window[max(0, place - ABOVE)].id
        self.state.changed(Area.MESSAGES)
        return place >= 0

    async def last(self, peer: str, count: int) -> None:
        """Load the last `count` messages, and show them from the first one on."""
        chat = self.state.account.chat_with(peer)
        await self._fetch(chat, limit=max(FIRST, count))
        place = max(0, len(chat.window) - count)
        if len(chat.window):
            chat.start_at = chat.window[place].id
        self.state.changed(Area.MESSAGES)

    def older(self, chat: Chat) -> None:
        """Begin to load what lies before the window, if that can be had now."""
        window = chat.window
        if self._must_wait(chat) or not len(window) or window.older in ("", "end"):
            return
        if window.older != "local":
            # The archive answers by signals: one question for each place and connection.
            profile = self.state.account.profile
            here = (window.first_id, (profile.state, *profile.missing))
            if self._asked.get(chat.peer) == here:
                return
            self._asked[chat.peer] = here
        self._begin(chat, before=window.first_id)

    def newer(self, chat: Chat) -> None:
        """Begin to load what comes after the window, if something does."""
        if not self._must_wait(chat) and chat.window.newer:
            self._begin(chat, after=chat.window.last_id)

    def _begin(self, chat: Chat, **where: int) -> None:
        # At once, for another frame may come before the task does.
        chat.is_loading = True
        self.tasks.start(self._fetch(chat, limit=PAGE, **where), name="page")

    def _must_wait(self, chat: Chat) -> bool:
        now = asyncio.get_running_loop().time()
        return chat.is_loading or now < self._not_before.get(chat.peer, 0)

    async def _fetch(self, chat: Chat, *, limit: int, **where: int) -> None:
        """Load one page into the window; where it can't be had the status line says why."""
        options: dict[str, Any] = {"limit": Variant("u", limit), **where}
        chat.is_loading = True
        try:
            wire, page = await self.caller.call(MESSAGES, "List", chat.peer, options)
        except (BackendError, LinkError) as error:
            self._not_before[chat.peer] = asyncio.get_running_loop().time() + AGAIN_S
            self.state.complain(str(error), about=type(error).__name__)
            return
        finally:
            chat.is_loading = False
        _take(chat, [from_wire(Message, each) for each in wire], page, limit, where)
        self.state.changed(Area.MESSAGES)


def _take(
    chat: Chat, messages: list[Message], page: dict[str, Any], limit: int, where: dict[str, int]
) -> None:
    older = str(page.get("older", "end"))
    anchor = chat.position.anchor if chat.position is not None else 0
    if "before" in where:
        chat.window.extend_older(messages, older)
        chat.window.trim(anchor or chat.window.first_id)
    elif "after" in where:
        chat.window.extend_newer(messages, newer=len(messages) >= limit)
        chat.window.trim(anchor)
    else:
        # Half of the limit lies after the message asked for, if there is as much.
        after = sum(1 for each in messages if each.id > where.get("around", 0))
        chat.window.reset(messages, older, newer="around" in where and after >= limit // 2 - 1)
