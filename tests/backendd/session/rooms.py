"""Rooms of the tests, and who is in them: homes by the bus, and peers by hand."""

from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from backendd.api import names
from backendd.core import xml
from backendd.core.disco import Info
from backendd.core.inbound import Context
from backendd.core.jid import Jid
from backendd.core.messages import CaughtUp
from backendd.features.rooms.model import Seen
from backendd.features.rooms.stanza import HATS
from backendd.inbound import INBOUND
from backendd.session.disco import Disco
from backendd.session.feature import Feature
from backendd.session.stages import Inbound
from tests.backendd.session.home import Harness
from tests.backendd.session.peer import Peer
from tests.lab.server import DOMAIN

NICK = "me"
EMPTY: Set[str] = frozenset()
INSTANT = (
    "<query xmlns='http://jabber.org/protocol/muc#owner'>"
    "<x xmlns='jabber:x:data' type='submit'/></query>"
)
_JOIN = (
    "<presence to='{room}/{nick}'><x xmlns='http://jabber.org/protocol/muc'>"
    "<history maxstanzas='0'/></x></presence>"
)


class Saying:
    """What entities say of themselves, but with some features more, and without others."""

    def __init__(self, disco: Disco, *, more: Set[str] = EMPTY, less: Set[str] = EMPTY) -> None:
        self._disco = disco
        self._more, self._less = more, less

    def __getattr__(self, name: str) -> Any:
        return getattr(self._disco, name)

    async def info(self, *args: Any, **options: Any) -> Info:
        found = await self._disco.info(*args, **options)
        return replace(found, features=(found.features | self._more) - self._less)


async def live_in(
    home: Harness,
    *,
    inbound: Inbound = INBOUND,
    more: Sequence[Feature] = (),
    gives_ids: bool = True,
    gives_hats: bool = False,
) -> Harness:
    """Have a home with `more` features; return when it is online.

    `gives_ids`: a room is believed that it gives its occupants ids, if it does; `gives_hats`: all
    are believed to give hats, which none of the tests' own does.
    """
    home.inbound = inbound
    await home.restart_with(more=more)
    home.inside.disco = Saying(  # type: ignore[assignment]
        home.inside.disco,
        more={HATS} if gives_hats else EMPTY,
        less=EMPTY if gives_ids else {xml.OCCUPANT_IDS},
    )
    return await home.online()


def deaf() -> Inbound:
    """Return an order in which presence is lost that says that we are in a room no more."""
    stages = [replace(stage, find=_lossy(stage.find)) for stage in INBOUND.presence]
    return replace(INBOUND, presence=tuple(stages))


def _lossy(find: Callable[[Context, Element, Jid], Any]) -> Callable[[Context, Element, Jid], Any]:
    def found(context: Context, received: Element, sender: Jid) -> Any:
        seen = find(context, received, sender)
        is_lost = isinstance(seen, Seen) and seen.is_us and seen.occupant is None
        return None if is_lost else seen

    return found


async def enter(home: Harness, room: str, nick: str = NICK) -> None:
    """Return when we are in a room and have what its archive has."""
    home.hub.events.clear()
    await home.call(names.ROOMS, "join", room, nick, {})
    await _has_caught_up(home, room)


async def be_back(home: Harness, room: str) -> None:
    """Return when we are online, in a room again by ourselves, and have what its archive has."""
    home.hub.events.clear()
    await home.online()
    await _has_caught_up(home, room)


async def _has_caught_up(home: Harness, room: str) -> None:
    await home.until(lambda: [each for each in home.hub.of(CaughtUp) if each.address == room])


async def leave(home: Harness, room: str) -> None:
    """Return when we have said that we leave a room."""
    await home.call(names.ROOMS, "leave", room, {})


async def has_role(home: Harness, room: str, role: str) -> bool:
    """Return whether we have this role in a room."""
    found = await home.call(names.ROOMS, "list", {})
    return any(each.room == room and each.role == role for each in found)


def say(peer: Peer, room: str, body: str, *, id: str = "", more: str = "") -> None:
    """Say something in a room."""
    attribute = f" id='{id}'" if id else ""
    said = f"<body>{body}</body>{more}"
    peer.write(f"<message to='{room}' type='groupchat'{attribute}>{said}</message>")


async def rename(peer: Peer, room: str, nick: str) -> None:
    """Return when `peer` is known in a room as `nick`."""
    await join(peer, room, nick)


async def make_room(peer: Peer, nick: str) -> str:
    """Return a new room that `peer` has made, who is in it as `nick`."""
    room = f"{peer.jid.partition('@')[0]}@conference.{DOMAIN}"
    await join(peer, room, nick)
    await peer.ask("set", room, INSTANT)
    return room


async def join(peer: Peer, room: str, nick: str) -> None:
    """Return when `peer` is in a room as `nick`."""
    before = len(peer.stanzas)
    peer.write(_JOIN.format(room=room, nick=nick))
    await peer.until(
        lambda: any(
            stanza.tag == xml.PRESENCE and stanza.get("from") == f"{room}/{nick}"
            for stanza in peer.stanzas[before:]
        )
    )


async def part(peer: Peer, room: str, nick: str) -> None:
    """Return when `peer` has left a room."""
    before = len(peer.shows_of(room))
    peer.write(f"<presence to='{room}/{nick}' type='unavailable'/>")
    await peer.until(lambda: "unavailable" in peer.shows_of(room)[before:])


async def configure(peer: Peer, room: str, **values: str) -> None:
    """Return when a room of `peer` has these values, as muc#roomconfig names them."""
    fields = "".join(
        f"<field var='muc#roomconfig_{name}'><value>{value}</value></field>"
        for name, value in values.items()
    )
    form_type = (
        "<field var='FORM_TYPE' type='hidden'>"
        "<value>http://jabber.org/protocol/muc#roomconfig</value></field>"
    )
    form = f"<x xmlns='jabber:x:data' type='submit'>{form_type}{fields}</x>"
    await peer.ask(
        "set", room, f"<query xmlns='http://jabber.org/protocol/muc#owner'>{form}</query>"
    )


async def set_role(peer: Peer, room: str, nick: str, role: str, reason: str = "") -> None:
    """Return when somebody in a room of `peer` has this role; "none" is out."""
    item = f"<item nick='{nick}' role='{role}'><reason>{reason}</reason></item>"
    await peer.ask("set", room, f"<query xmlns='{xml.MUC}#admin'>{item}</query>")


def arriving(room: str, number: int) -> Element:
    """Return what a room says of somebody who is there, one of many."""
    item = xml.element(xml.MUC_USER, "item", {"role": "participant", "affiliation": "none"})
    x = xml.element(xml.MUC_USER, "x", children=[item])
    return xml.element(xml.CLIENT, "presence", {"from": f"{room}/n{number}"}, [x])
