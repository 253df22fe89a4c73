"""A service that is made up, at a real server: what sits at one of its addresses (XEP-0114)."""

import asyncio
from collections.abc import Sequence
from typing import Any, Self
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from slixmpp import ComponentXMPP

from tests.lab.patience import PATIENCE_S
from tests.lab.prosody import Prosody
from tests.lab.server import HOST

INFO = "http://jabber.org/protocol/disco#info"

_STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas"
_STREAM = "{jabber:component:accept}"
_SECRET = "made up"  # of a server on loopback that lives for a minute


def settings(address: str, port: int) -> str:
    """Return the Lua that has a server take a service for an address at this port."""
    return (
        f"component_ports = {{ {port} }}\ncomponent_interfaces = {{ '{HOST}' }}\n"
        f"Component '{address}'\n  component_secret = '{_SECRET}'\n"
    )


class Component:
    """The service of `host.domain`, from `connect` to `close`; a child says what it answers."""

    def __init__(self, server: Prosody, host: str, port: int) -> None:
        self.address = f"{host}.{server.domain}"
        self._component: Any = ComponentXMPP(  # type: ignore[no-untyped-call]
            self.address, _SECRET, HOST, port
        )
        self._component.add_filter("in", self._take)
        self._online = asyncio.Event()
        self._component.add_event_handler("session_start", lambda _: self._online.set())

    async def connect(self) -> Self:
        """Return when the server takes us for the service."""
        self._component.connect()
        async with asyncio.timeout(PATIENCE_S):
            await self._online.wait()
        return self

    async def close(self) -> None:
        """Leave."""
        await self._component.disconnect()

    def answer(self, asked: Element, to: str) -> str | None:
        """Return what a request to the address `to` gets, as text; None: that isn't known here.

        What `error` returns is one.
        """
        raise NotImplementedError

    def on_presence(self, presence: Element) -> None:
        """Take a presence."""

    def on_message(self, message: Element) -> None:
        """Take a message."""

    def write(self, stanzas: str) -> None:
        """Send stanzas."""
        self._component.send_raw(stanzas)

    def _take(self, stanza: Any) -> Any:  # what slixmpp gives its filters
        received = stanza.xml
        if received.tag == f"{_STREAM}presence":
            self.on_presence(received)
        elif received.tag == f"{_STREAM}message":
            self.on_message(received)
        elif received.tag == f"{_STREAM}iq" and received.get("type") in ("get", "set"):
            self.write(self._reply(received))
        else:
            return stanza  # an answer for slixmpp, or the end of its handshake
        return None

    def _reply(self, iq: Element) -> str:
        said = self.answer(iq[0], iq.get("to", "")) if len(iq) else None
        back = (
            f"<iq from={quoteattr(iq.get('to', ''))} to={quoteattr(iq.get('from', ''))} "
            f"id={quoteattr(iq.get('id', ''))} "
        )
        if said is not None and not said.startswith("<error"):
            return f"{back}type='result'>{said}</iq>"
        return f"{back}type='error'>{said or error('cancel', 'service-unavailable')}</iq>"


def info(category: str, kind: str, name: str, features: Sequence[str]) -> str:
    """Return what an entity is and has (XEP-0030)."""
    known = "".join(f"<feature var={quoteattr(each)}/>" for each in (INFO, *features))
    identity = f"<identity category='{category}' type='{kind}' name={quoteattr(name)}/>"
    return f"<query xmlns='{INFO}'>{identity}{known}</query>"


def error(kind: str, condition: str, text: str = "", more: str = "") -> str:
    """Return an error of a stanza (RFC 6120 8.3), with `more` that an application adds to it."""
    said = f"<text xmlns='{_STANZAS}'>{escape(text)}</text>" if text else ""
    return f"<error type='{kind}'><{condition} xmlns='{_STANZAS}'/>{said}{more}</error>"
