"""Somebody who sends very much: a connection that writes stanzas as text."""

import asyncio
from typing import Any, Self
from xml.sax.saxutils import escape

from slixmpp import ClientXMPP

from tests.lab.prosody import Prosody

_BATCH = 500


class Sender:
    """An account of the server that is online from `connect` to `close`."""

    def __init__(self, server: Prosody, account: str) -> None:
        self.jid = server.jid(account)
        self._count = 0
        self._port = server.port
        self._client = ClientXMPP(self.jid, server.password(account))
        self._client.ca_certs = server.ca_file
        self._client.enable_direct_tls = False
        self._online = asyncio.Event()
        self._echoed = asyncio.Event()
        self._client.add_event_handler("session_start", self._on_session)
        self._client.add_event_handler("message", self._on_message)

    async def connect(self) -> Self:
        """Return when it is online."""
        self._client.connect("127.0.0.1", self._port)
        async with asyncio.timeout(20):
            await self._online.wait()
        return self

    async def close(self) -> None:
        """Leave."""
        await self._client.disconnect()

    def send(self, to: str, body: str) -> None:
        """Send one message."""
        self._client.send_raw(self._stanza(to, body))

    def compose(self, to: str) -> None:
        """Be seen typing."""
        self._client.send_raw(
            f"<message to='{to}' type='chat'>"
            "<composing xmlns='http://jabber.org/protocol/chatstates'/></message>"
        )

    async def wait_taken(self, *, within: float) -> None:
        """Return once the server has taken all that was sent: it hands our own on in order."""
        self._echoed.clear()
        self.send(self.jid, "echo")
        async with asyncio.timeout(within):
            await self._echoed.wait()

    def flood(self, to: str, count: int, *, last: str) -> None:
        """Send `count` messages as fast as the server takes them, the last one with this text."""
        bodies = [f"number {n} of many, of a quite ordinary length" for n in range(count - 1)]
        stanzas = [self._stanza(to, body) for body in (*bodies, last)]
        for start in range(0, count, _BATCH):
            self._client.send_raw("".join(stanzas[start : start + _BATCH]))

    def _stanza(self, to: str, body: str) -> str:
        self._count += 1
        return (
            f"<message to='{to}' type='chat' id='s{self._count}'><body>{escape(body)}</body>"
            "<active xmlns='http://jabber.org/protocol/chatstates'/></message>"
        )

    def _on_message(self, stanza: Any) -> None:  # noqa: ANN401
        if stanza["body"] == "echo":
            self._echoed.set()

    def _on_session(self, _: Any) -> None:  # noqa: ANN401  # what slixmpp gives its handlers
        self._client.send_presence()
        self._online.set()
