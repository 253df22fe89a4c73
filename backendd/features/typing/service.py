"""Typing in both directions, with ends of its own: nobody types for ever."""

import asyncio
from collections.abc import Mapping
from typing import Any

from backendd.api.errors import NotConnected
from backendd.core import jid, xml
from backendd.core.messages import Sent
from backendd.features.typing.model import TypingNoticed, TypingPeers
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.session.part import Part
from backendd.store import contacts, conversations

OUT_S = 30.0
# A peer repeats nothing while typing goes on, so this can only catch those who vanished.
IN_S = 120.0
MOST = 1000


class Typing(Part):
    """Keeps who types to us, and tells peers while a frontend says that we do."""

    disco_features = (xml.CHAT_STATES,)

    def __init__(self, home: Home) -> None:
        self._home = home
        self._theirs = TypingPeers()
        self._ends: dict[str, asyncio.TimerHandle] = {}
        # To whom we type, and when that ends by itself for those who were told.
        self._ours: dict[str, asyncio.TimerHandle | None] = {}
        home.events.subscribe(Sent, self._on_sent)
        home.events.subscribe(TypingNoticed, self._on_noticed)

    def live(self, peer: str) -> Mapping[str, Any]:
        typing = self._theirs.of(peer)
        return {"typing": typing} if typing else {}

    # -- in

    def _on_noticed(self, event: TypingNoticed) -> None:
        if self._set(event.peer, event.who, is_typing=event.is_typing):
            self._tell_soon(event.peer)

    def _set(self, peer: str, who: str, *, is_typing: bool) -> bool:
        """Note whether somebody types, with the end of it; return whether that is news."""
        if timer := self._ends.pop(who, None):
            timer.cancel()
        if is_typing and len(self._ends) < MOST:
            loop = asyncio.get_running_loop()
            self._ends[who] = loop.call_later(IN_S, self._end_theirs, peer, who)
        is_anyone = any(jid.received(each).bare == peer for each in self._ends)
        return self._theirs.set(peer, is_typing=is_anyone)

    def _end_theirs(self, peer: str, who: str) -> None:
        if self._set(peer, who, is_typing=False):
            self._tell_soon(peer)

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

    async def set_ours(self, peer: str, *, is_typing: bool) -> None:
        """Tell the peer, if that is allowed and there is a stream."""
        was_told = self._end(peer)
        if is_typing:
            self._ours[peer] = self._end_later(peer) if was_told else None
        if was_told and not is_typing:
            self._send(peer, "active")
        if was_told or not is_typing or not self._home.stream.is_online:
            return
        may_tell = await self._may_tell(peer)
        # It may have ended meanwhile, or been told by another.
        if may_tell and self._ours.get(peer, ...) is None:
            self._send(peer, "composing")
            self._ours[peer] = self._end_later(peer)

    async def _may_tell(self, peer: str) -> bool:
        return await self._home.store.read(
            lambda view: conversations.tells_typing(view, peer) and contacts.sees_us(view, peer)
        )

    def _end_later(self, peer: str) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(OUT_S, self.pause, peer)

    def _end(self, peer: str) -> bool:
        """End our typing; return whether the peer was told of it."""
        timer = self._ours.pop(peer, None)
        if timer is not None:
            timer.cancel()
        return timer is not None

    def pause(self, peer: str) -> None:
        """End our typing, if it goes on."""
        if self._end(peer):
            self._send(peer, "paused")

    def _send(self, peer: str, state: str) -> None:
        hints = [xml.element(xml.HINTS, "no-store")]
        notice = xml.element(
            xml.CLIENT,
            "message",
            {"to": peer, "type": "chat"},
            [xml.element(xml.CHAT_STATES, state), *hints],
        )
        try:
            self._home.stream.send(notice)
        except NotConnected:
            return  # a chat state that comes late is worse than none

    def offline(self) -> None:
        for who in tuple(self._ends):
            self._end_theirs(jid.received(who).bare, who)
