"""Typing in both directions, with ends of its own: nobody types for ever."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from backendd.api.errors import NotConnected
from backendd.api.tuples import NamedTuple
from backendd.core import xml
from backendd.core.conversations import Peer, message_to
from backendd.core.ignoring import IgnoredChanged
from backendd.core.messages import RoomLeft, Sent
from backendd.features.typing.model import TypingNoticed, TypingPeers
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.session.part import Part
from backendd.store import contacts, conversations

OUT_S = 30.0
# A peer repeats nothing while typing goes on, so this can only catch those who vanished.
IN_S = 120.0
MOST = 1000

_Client = tuple[str, str]  # with whom the conversation is, and where it is typed


class _Typist(NamedTuple):
    """Who types, by what they are told from others, and when that ends by itself."""

    author: str
    end: asyncio.TimerHandle


class Typing(Part):
    """Keeps who types to us, and tells peers while a frontend says that we do."""

    disco_features = (xml.CHAT_STATES,)

    def __init__(self, home: Home) -> None:
        self._home = home
        self._theirs = TypingPeers()
        self._typists: dict[_Client, _Typist] = {}
        # To whom we type, and when that ends by itself for those who were told.
        self._ours: dict[str, asyncio.TimerHandle | None] = {}
        home.events.subscribe(Sent, self._on_sent)
        home.events.subscribe(TypingNoticed, self._on_noticed)
        home.events.subscribe(RoomLeft, self._on_room_left)
        home.events.subscribe(IgnoredChanged, self._on_ignored)

    def live(self, peer: str) -> Mapping[str, Any]:
        typing = self._theirs.of(peer)
        return {"typing": typing} if typing else {}

    # -- in

    def _on_noticed(self, event: TypingNoticed) -> None:
        """Take note whether somebody types, with the end of it."""
        client = (event.peer, event.client)
        if typist := self._typists.pop(client, None):
            typist.end.cancel()
        if event.is_typing:
            if len(self._typists) >= MOST:
                return
            loop, last = asyncio.get_running_loop(), replace(event, is_typing=False)
            end = loop.call_later(IN_S, self._on_noticed, last)
            self._typists[client] = _Typist(event.author, end)
        if self._theirs.set(event):
            self._tell_soon(event.peer)

    def _on_room_left(self, event: RoomLeft) -> None:
        self._end_theirs(lambda client, author: _is_in(event.room, client))

    def _on_ignored(self, event: IgnoredChanged) -> None:
        self._end_theirs(
            lambda client, author: _is_in(event.room, client) and author in event.authors
        )

    def _end_theirs(self, is_over: Callable[[str, str], bool]) -> None:
        """Have nobody typing of whom, by client and author, it is over."""
        for (peer, client), typist in tuple(self._typists.items()):
            if is_over(client, typist.author):
                self._on_noticed(TypingNoticed(peer, "", typist.author, client, is_typing=False))

    def _tell_soon(self, peer: str) -> None:
        self._home.write_soon(
            lambda ledger: conversations.touch_with(ledger, peer), name="tell who is typing"
        )

    # -- out

    async def compose(self, composition: Composition) -> None:
        if composition.message is not None:
            composition.stanza.append(xml.element(xml.CHAT_STATES, "active"))

    def _on_sent(self, event: Sent) -> None:
        self._end(event.peer)  # what is sent says so itself

    async def set_ours(self, whom: Peer, *, is_typing: bool) -> None:
        """Tell the other side, if that is allowed and there is a stream."""
        peer = whom.jid
        was_told = self._end(peer)
        if is_typing:
            self._ours[peer] = self._end_later(whom) if was_told else None
        if was_told and not is_typing:
            self._send(whom, "active")
        if was_told or not is_typing or not self._home.stream.is_online:
            return
        may_tell = await self._may_tell(whom)
        # It may have ended meanwhile, or been told by another.
        if may_tell and self._ours.get(peer, ...) is None:
            self._send(whom, "composing")
            self._ours[peer] = self._end_later(whom)

    async def _may_tell(self, whom: Peer) -> bool:
        rooms = self._home.rooms
        return await self._home.store.read(
            lambda view: (
                conversations.tells_typing(view, whom) and contacts.know_of_us(view, whom, rooms)
            )
        )

    def _end_later(self, whom: Peer) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(OUT_S, self.pause, whom)

    def _end(self, peer: str) -> bool:
        """End our typing; return whether the peer was told of it."""
        timer = self._ours.pop(peer, None)
        if timer is not None:
            timer.cancel()
        return timer is not None

    def pause(self, whom: Peer) -> None:
        """End our typing, if it goes on."""
        if self._end(whom.jid):
            self._send(whom, "paused")

    def _send(self, whom: Peer, state: str) -> None:
        hint = xml.element(xml.HINTS, "no-store")
        notice = message_to(whom, [xml.element(xml.CHAT_STATES, state), hint])
        try:
            self._home.stream.send(notice)
        except NotConnected:
            return  # a chat state that comes late is worse than none

    def offline(self) -> None:
        self._end_theirs(lambda client, author: True)


def _is_in(room: str, client: str) -> bool:
    return client.partition("/")[0] == room
