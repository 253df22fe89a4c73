"""Rooms full of people who are nobody: a service of rooms that is made up, at a real server.

A real one hands each message to everybody in a room, so a flood would measure little but the
server. This one sends the same, but only to who is measured.
"""

import asyncio
from collections.abc import Sequence
from itertools import count
from typing import Any, Self
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from slixmpp import ComponentXMPP

from tests.lab.prosody import Prosody
from tests.lab.server import HOST

OWNER = "zoe"
"""The nick of who decides in each room: told last, and listed first."""

_STREAM = "{jabber:component:accept}"
_USER = "http://jabber.org/protocol/muc#user"
_IDS = "urn:xmpp:occupant-id:0"
_INFO = "http://jabber.org/protocol/disco#info"
_FEATURES = (_INFO, "http://jabber.org/protocol/muc", _IDS)
_PING = "{urn:xmpp:ping}ping"
_SECRET = "crowd"  # of a server on loopback that lives for a minute
_AT_ONCE = 500


def name(number: int) -> str:
    """Return the nick of the so many-th of a crowd."""
    return f"guest{number:04}"


def settings(domain: str, port: int) -> str:
    """Return the Lua that has a server take a service of rooms at this port."""
    return (
        f"component_ports = {{ {port} }}\ncomponent_interfaces = {{ '{HOST}' }}\n"
        f"Component 'rooms.{domain}'\n  component_secret = '{_SECRET}'\n"
    )


class Crowd:
    """The service of rooms of a server, from `connect` to `close`: whoever asks is let in.

    `sizes` says how many are in each room beside its owner and who is measured.
    """

    def __init__(self, server: Prosody, port: int, sizes: dict[str, int]) -> None:
        self._domain = f"rooms.{server.domain}"
        self._sizes = sizes
        self._members: dict[tuple[str, str], str] = {}
        self._ids = count(1)
        self._component: Any = ComponentXMPP(  # type: ignore[no-untyped-call]
            self._domain, _SECRET, HOST, port
        )
        self._component.add_filter("in", self._take)
        self._online = asyncio.Event()
        self._component.add_event_handler("session_start", lambda _: self._online.set())

    async def connect(self) -> Self:
        """Return when the server takes us for the service."""
        self._component.connect()
        async with asyncio.timeout(20):
            await self._online.wait()
        return self

    async def close(self) -> None:
        """Leave."""
        await self._component.disconnect()

    def room(self, name: str) -> str:
        """Return the address of a room."""
        return f"{name}@{self._domain}"

    def size(self, room: str) -> int:
        """Return how many are in a room beside its owner and who is measured."""
        return self._sizes[room.partition("@")[0]]

    def flood(self, room: str, to: str, burst: int, *, last: str) -> None:
        """Tell a member, by a bare JID, of so many messages, the last one with this text."""
        bodies = [f"number {n} of many, of a quite ordinary length" for n in range(burst - 1)]
        whom, size = self._members[room, to], self.size(room)
        self._write(
            [
                self._said(f"{room}/{name(n % size)}", whom, body)
                for n, body in enumerate((*bodies, last))
            ]
        )

    def storm(self, room: str, to: str) -> None:
        """Have all but the owner and the member leave, and come back."""
        whom, size = self._members[room, to], self.size(room)
        self._write([_gone(f"{room}/{name(n)}", whom) for n in range(size)])
        self._write([_here(f"{room}/{name(n)}", whom) for n in range(size)])

    def _take(self, stanza: Any) -> Any:  # noqa: ANN401  # what slixmpp gives its filters
        received = stanza.xml
        if received.tag == f"{_STREAM}presence":
            self._on_presence(received)
        elif received.tag == f"{_STREAM}iq" and received.get("type") in ("get", "set"):
            self._component.send_raw(_answer(received))
        else:
            return stanza  # an answer for slixmpp, or the end of its handshake
        return None

    def _on_presence(self, presence: Element) -> None:
        room, _, nick = presence.get("to", "").partition("/")
        whom = presence.get("from", "")
        place = (room, whom.partition("/")[0])
        size = self._sizes.get(room.partition("@")[0])
        if size is None or not nick:
            return
        if presence.get("type") == "unavailable":
            if self._members.pop(place, None):
                self._write([_gone(f"{room}/{nick}", whom, status="110")])
        elif self._members.get(place) != whom:
            self._members[place] = whom
            self._write(self._welcome(room, nick, whom, size))

    def _welcome(self, room: str, nick: str, whom: str, size: int) -> Sequence[str]:
        return [
            *(_here(f"{room}/{name(n)}", whom) for n in range(size)),
            _here(f"{room}/{OWNER}", whom, affiliation="owner", role="moderator"),
            _here(f"{room}/{nick}", whom, status="110"),
            f"<message from={quoteattr(room)} to={quoteattr(whom)} type='groupchat'>"
            "<subject>about nothing</subject></message>",
        ]

    def _said(self, occupant: str, whom: str, body: str) -> str:
        said = f"from={quoteattr(occupant)} to={quoteattr(whom)} id='c{next(self._ids)}'"
        return (
            f"<message {said} type='groupchat'><body>{escape(body)}</body>{_id(occupant)}</message>"
        )

    def _write(self, stanzas: Sequence[str]) -> None:
        for start in range(0, len(stanzas), _AT_ONCE):
            self._component.send_raw("".join(stanzas[start : start + _AT_ONCE]))


def _here(
    occupant: str,
    whom: str,
    *,
    affiliation: str = "none",
    role: str = "participant",
    status: str = "",
) -> str:
    item = f"<item affiliation='{affiliation}' role='{role}'/>"
    return _presence(occupant, whom, "", item + _status(status))


def _gone(occupant: str, whom: str, *, status: str = "") -> str:
    item = "<item affiliation='none' role='none'/>"
    return _presence(occupant, whom, " type='unavailable'", item + _status(status))


def _presence(occupant: str, whom: str, kind: str, said: str) -> str:
    addresses = f"from={quoteattr(occupant)} to={quoteattr(whom)}"
    return f"<presence {addresses}{kind}><x xmlns='{_USER}'>{said}</x>{_id(occupant)}</presence>"


def _status(code: str) -> str:
    return f"<status code='{code}'/>" if code else ""


def _id(occupant: str) -> str:
    return f"<occupant-id xmlns='{_IDS}' id={quoteattr(occupant.partition('/')[2])}/>"


def _answer(iq: Element) -> str:
    """Return what the service and its rooms answer: what they are, that one is there, or no."""
    back = (
        f"<iq from={quoteattr(iq.get('to', ''))} to={quoteattr(iq.get('from', ''))} "
        f"id={quoteattr(iq.get('id', ''))} "
    )
    asked = iq[0].tag if len(iq) else ""
    if asked == f"{{{_INFO}}}query":
        features = "".join(f"<feature var='{each}'/>" for each in _FEATURES)
        name = iq.get("to", "").partition("@")[0]
        identity = f"<identity category='conference' type='text' name={quoteattr(name)}/>"
        return f"{back}type='result'><query xmlns='{_INFO}'>{identity}{features}</query></iq>"
    if asked == _PING:
        return f"{back}type='result'/>"
    return (
        f"{back}type='error'><error type='cancel'><service-unavailable "
        "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"
    )
