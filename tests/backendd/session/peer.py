"""Somebody on the other side who can write any XML, and sees each stanza as it comes."""

import asyncio
from collections.abc import Callable
from typing import Self
from xml.etree.ElementTree import Element, fromstring

from backendd.api.errors import BackendError
from backendd.api.tasks import Tasks
from backendd.core import xml
from backendd.xmpp.account import Account, Batch, Resumption, StreamClosed
from backendd.xmpp.states import State
from backendd.xmpp.stream import Stream
from tests.lab.patience import PATIENCE_S
from tests.lab.server import HOST, Server

_NAMES = "xmlns='jabber:client'"


class Peer:
    """A bare client of one account: presence is sent, nothing else is done for it."""

    def __init__(self, server: Server, account: str, *, resource: str = "peer") -> None:
        self.jid = server.jid(account)
        self.stanzas: list[Element] = []
        self._changed = asyncio.Event()
        self._tasks = Tasks()
        self._announces = True
        self._server = server
        self.stream = Stream(
            Account(
                self.jid, server.password(account), resource=resource, host=HOST,
                port=server.port, ca_file=str(server.ca_file),
            ),
            self,
            tasks=self._tasks,
        )  # fmt: skip

    async def online(self, *, announce: bool = True) -> Self:
        self._announces = announce
        await self.stream.connect()
        if announce:
            await self.until(lambda: any(s.tag == xml.PRESENCE for s in self.stanzas))
        return self

    async def close(self) -> None:
        await self.stream.disconnect()
        await self._tasks.stop()

    def write(self, stanza: str) -> None:
        """Send a stanza written as XML."""
        name, rest = stanza[1:].split(maxsplit=1) if " " in stanza.split(">")[0] else ("", "")
        if name:
            text = f"<{name} {_NAMES} {rest}"
        else:
            end = min(stanza.index(c) for c in "/>" if c in stanza)
            text = f"{stanza[:end]} {_NAMES}{stanza[end:]}"
        self.stream.send(fromstring(text))

    def chat(self, to: str, body: str, *, id: str = "", more: str = "") -> None:
        """Send a chat message."""
        attribute = f" id='{id}'" if id else ""
        self.write(f"<message to='{to}' type='chat'{attribute}><body>{body}</body>{more}</message>")

    async def sync(self) -> None:
        """Return once the server has done all that was asked before."""
        ping = xml.element("urn:xmpp:ping", "ping")
        await self.stream.request("get", self.stream.full_jid.split("@")[1].split("/")[0], ping)

    async def ask(self, kind: str, to: str | None, payload: str) -> Element:
        return await self.stream.request(kind, to, fromstring(payload))

    async def befriend(self, other: "Peer") -> None:
        """Return once both see each other."""
        for one, two in ((self, other), (other, self)):
            one.write(f"<presence to='{two.jid}' type='subscribe'/>")
            await two.until(lambda one=one, two=two: two.presence_of(one, "subscribe"))
            two.write(f"<presence to='{one.jid}' type='subscribed'/>")
            await one.until(lambda one=one, two=two: one.presence_of(two, "subscribed"))

    def presence_of(self, other: "Peer", kind: str) -> bool:
        return any(
            stanza.tag == xml.PRESENCE
            and stanza.get("type") == kind
            and stanza.get("from", "").startswith(other.jid)
            for stanza in self.stanzas
        )

    def shows_of(self, jid: str) -> list[str]:
        """Return what the clients of `jid` have shown, in order."""
        return [
            xml.child_text(stanza, xml.CLIENT, "show") or stanza.get("type", "online")
            for stanza in self.stanzas
            if stanza.tag == xml.PRESENCE and stanza.get("from", "").startswith(f"{jid}/")
        ]

    def messages(self) -> list[Element]:
        return [stanza for stanza in self.stanzas if stanza.tag == xml.MESSAGE]

    def bodies(self) -> list[str]:
        found = (xml.child_text(stanza, xml.CLIENT, "body") for stanza in self.messages())
        return [body for body in found if body]

    async def until(self, condition: Callable[[], object]) -> None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not condition():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            shown = [(s.tag.rpartition("}")[2], s.attrib) for s in self.stanzas[-10:]]
            raise AssertionError(f"{self.jid} never got it, only {shown}") from None

    # -- the stream's listener

    def state_changed(self, state: State, error: BackendError | None, next_attempt_us: int) -> None:
        return

    async def stream_replaced(self, resumption: Resumption | None) -> None:
        return

    async def stream_started(self, *, resumed: bool) -> None:
        if not resumed and self._announces:
            # Only who has asked for the roster hears of subscriptions.
            await self.ask("get", None, "<query xmlns='jabber:iq:roster'/>")
            self.write("<presence/>")

    async def received(self, batch: Batch) -> None:
        self.stanzas += batch.stanzas
        self._changed.set()

    async def acknowledged(self, sm_id: str, h: int) -> None:
        return

    async def refused(self, refusal: StreamClosed) -> None:
        return

    def logged_in(self, *, by_scram: bool) -> None:
        return
