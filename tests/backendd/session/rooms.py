"""A feature that enters rooms and follows who comes and goes there, and does nothing else."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple
from xml.etree.ElementTree import Element

from backendd.core import xml
from backendd.core.authors import Occupancy
from backendd.core.conversations import Peer as Whom
from backendd.core.inbound import Context, Envelope
from backendd.core.jid import Jid
from backendd.core.messages import CaughtUp, RoomEntered, RoomLeft
from backendd.features.messages.inbound import MATCH
from backendd.registry import INBOUND
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.session.stages import Inbound, MessageStage, PresenceStage
from backendd.store import conversations
from backendd.store.ledger import Ledger
from tests.backendd.session.home import Harness
from tests.backendd.session.peer import Peer
from tests.lab.server import DOMAIN

NICK = "me"
TABLE = "CREATE TABLE stay (id INTEGER PRIMARY KEY AUTOINCREMENT, room TEXT, nick TEXT)"
_MUC = "http://jabber.org/protocol/muc"
_USER = f"{_MUC}#user"
INSTANT = (
    "<query xmlns='http://jabber.org/protocol/muc#owner'>"
    "<x xmlns='jabber:x:data' type='submit'/></query>"
)
_JOIN = (
    "<presence to='{room}/{nick}'><x xmlns='http://jabber.org/protocol/muc'>"
    "<history maxstanzas='0'/></x></presence>"
)


class Seen(NamedTuple):
    """An occupant who is there, is gone, or goes on under another nick."""

    room: str
    nick: str
    is_gone: bool
    new_nick: str
    occupant_id: str
    is_us: bool


class Rooms(Part):
    """Enters rooms. Where it `gives_ids`, a room is believed that it gives its occupants ids."""

    gives_ids = True

    def __init__(self, home: Home) -> None:
        self._home = home
        self._entered = asyncio.Event()
        home.events.subscribe(Seen, self._on_seen)

    async def set_up(self, *, resumed: bool) -> None:
        for room in self._home.rooms.joined if resumed else ():
            self._home.events.publish(RoomEntered(room, resumed=True))

    async def enter(self, room: str) -> None:
        """Return when we are in a room."""
        home = self._home
        us = Occupancy(NICK, gives_ids=self.gives_ids)
        home.rooms = home.rooms.entered(room, us, has_ids=True)

        def work(ledger: Ledger) -> None:
            conversations.ensure(ledger, Whom(room, "room"), active=0)
            ledger.db.execute("DELETE FROM stay WHERE room = ?", (room,))

        await home.store.write(work)
        self._entered.clear()
        history = xml.element(_MUC, "history", {"maxstanzas": "0"})
        x = xml.element(_MUC, "x", children=[history])
        home.stream.send(xml.element(xml.CLIENT, "presence", {"to": f"{room}/{NICK}"}, [x]))
        await self._entered.wait()
        home.events.publish(RoomEntered(room))

    def leave(self, room: str) -> None:
        home = self._home
        home.stream.send(
            xml.element(xml.CLIENT, "presence", {"to": f"{room}/{NICK}", "type": "unavailable"})
        )
        home.rooms = home.rooms.left(room)
        home.events.publish(RoomLeft(room))

    def _on_seen(self, us: Seen) -> None:
        rooms = self._home.rooms
        if us.room in rooms.joined:
            occupant_id = us.occupant_id if self.gives_ids else ""
            here = Occupancy(us.nick, occupant_id, self.gives_ids)
            self._home.rooms = rooms.entered(us.room, here, has_ids=True)
            self._entered.set()


def _find(context: Context, stanza: Element, sender: Jid) -> Seen | None:
    x = xml.child(stanza, _USER, "x")
    if sender.bare not in context.rooms.joined or x is None:
        return None
    codes = {each.get("code") for each in x.iterfind(f"{{{_USER}}}status")}
    item, note = xml.child(x, _USER, "item"), xml.child(stanza, xml.OCCUPANT_IDS, "occupant-id")
    return Seen(
        sender.bare,
        sender.resource,
        stanza.get("type") == "unavailable",
        item.get("nick", "") if "303" in codes and item is not None else "",
        note.get("id", "") if note is not None else "",
        "110" in codes,
    )


def _store(ledger: Ledger, context: Context, found: Sequence[Seen]) -> None:
    for seen in found:
        here = (seen.room, seen.nick)
        if seen.new_nick:
            ledger.db.execute(
                "UPDATE stay SET nick = ? WHERE room = ? AND nick = ?", (seen.new_nick, *here)
            )
        elif seen.is_gone:
            ledger.db.execute("DELETE FROM stay WHERE room = ? AND nick = ?", here)
        elif _stay(ledger, *here) is None:
            ledger.db.execute("INSERT INTO stay (room, nick) VALUES (?, ?)", here)
        if seen.is_us and not seen.is_gone:
            ledger.note(_tell, seen)


def _tell(ledger: Ledger, noted: list[Seen]) -> Iterable[object]:
    return noted


def _stay(ledger: Ledger, room: str, nick: str) -> int | None:
    query = "SELECT id FROM stay WHERE room = ? AND nick = ?"
    row = ledger.db.execute(query, (room, nick)).fetchone()
    return row[0] if row else None


def _unknown(context: Context, envelope: Envelope) -> str | None:
    return envelope.author.nick if envelope.author.is_present and not envelope.author.key else None


def _known(ledger: Ledger, context: Context, envelope: Envelope, nick: str) -> Envelope:
    stay, author = _stay(ledger, envelope.author.jid, nick), envelope.author
    return envelope if stay is None else envelope._replace(author=author.staying(str(stay)))


OCCUPANTS = PresenceStage("occupants", _find, _store)
STAYS = MessageStage("stays", _unknown, _known)


def order(base: Inbound = INBOUND) -> Inbound:
    """Return an order with the stages in their place."""
    index = base.messages.index(MATCH)
    return replace(
        base,
        messages=(*base.messages[:index], STAYS, *base.messages[index:]),
        presence=(*base.presence, OCCUPANTS),
    )


async def live_in(
    home: Harness,
    *,
    inbound: Inbound = INBOUND,
    more: Sequence[Feature] = (),
    gives_ids: bool = True,
) -> Harness:
    """Have a home that can enter rooms, and `more`; return when it is online."""
    home.inbound = order(inbound)
    await home.execute(TABLE)
    await home.restart_with(more=[Feature("rooms", Rooms), *more])
    rooms_of(home).gives_ids = gives_ids
    return await home.online()


async def enter(home: Harness, room: str) -> None:
    """Return when we are in a room and have what its archive has."""
    home.hub.events.clear()
    await rooms_of(home).enter(room)
    await home.until(lambda: [each for each in home.hub.of(CaughtUp) if each.address == room])


def say(peer: Peer, room: str, body: str, *, id: str = "", more: str = "") -> None:
    """Say something in a room."""
    attribute = f" id='{id}'" if id else ""
    said = f"<body>{body}</body>{more}"
    peer.write(f"<message to='{room}' type='groupchat'{attribute}>{said}</message>")


async def rename(peer: Peer, room: str, nick: str) -> None:
    """Return when `peer` is known in a room as `nick`."""
    await join(peer, room, nick)


def rooms_of(home: Harness) -> Rooms:
    return next(part for part in home.session.parts if isinstance(part, Rooms))


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
