"""Rooms full of people who are nobody: a service of rooms that is made up, at a real server.

A real one hands each message to everybody in a room, so a flood would measure little but the
server. This one sends the same, but only to who is measured.
"""

import asyncio
from collections.abc import Sequence
from itertools import count
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from tests.lab import component
from tests.lab.component import INFO, Component
from tests.lab.prosody import Prosody

OWNER = "zoe"
"""The nick of who decides in each room: told last, and listed first."""

_HOST = "rooms"
_USER = "http://jabber.org/protocol/muc#user"
_IDS = "urn:xmpp:occupant-id:0"
_FEATURES = ("http://jabber.org/protocol/muc", _IDS)
_PING = "{urn:xmpp:ping}ping"
_AT_ONCE = 500


def name(number: int) -> str:
    """Return the nick of the so many-th of a crowd."""
    return f"guest{number:04}"


def settings(domain: str, port: int) -> str:
    """Return the Lua that has a server take a service of rooms at this port."""
    return component.settings(f"{_HOST}.{domain}", port)


class Crowd(Component):
    """The service of rooms of a server: whoever asks is let in.

    `sizes` says how many are in each room beside its owner and who is measured.
    """

    def __init__(self, server: Prosody, port: int, sizes: dict[str, int]) -> None:
        super().__init__(server, _HOST, port)
        self._sizes = sizes
        self._members: dict[tuple[str, str], str] = {}
        self._ids = count(1)

    def room(self, name: str) -> str:
        """Return the address of a room."""
        return f"{name}@{self.address}"

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

    async def storm(self, room: str, to: str) -> None:
        """Have all but the owner and the member leave, and come back."""
        whom, size = self._members[room, to], self.size(room)
        for told in (_gone, _here):
            for start in range(0, size, _AT_ONCE):
                some = range(start, min(start + _AT_ONCE, size))
                self._write([told(f"{room}/{name(n)}", whom) for n in some])
                # Whoever types meanwhile, and looks when that shows, is in this process as well.
                await asyncio.sleep(0)

    def answer(self, asked: Element, to: str) -> str | None:
        """Tell what the service and its rooms are, and that who asks is there."""
        if asked.tag == f"{{{INFO}}}query":
            return component.info("conference", "text", to.partition("@")[0], _FEATURES)
        return "" if asked.tag == _PING else None

    def on_presence(self, presence: Element) -> None:
        """Let in, or out."""
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
            self.write("".join(stanzas[start : start + _AT_ONCE]))


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
