"""The rooms of one profile: which there are, and what the user does about them."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from backendd.api import records
from backendd.api.errors import BackendError, InvalidJid, NotConnected, Timeout, UnknownRoom
from backendd.core import conversations, jid
from backendd.core.conversations import Peer
from backendd.features.rooms import stanza, store
from backendd.features.rooms.attendance import Attendance
from backendd.features.rooms.model import OccupantsChanged, Presences
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.session.part import Part
from backendd.store import rooms
from backendd.store.ledger import Ledger
from backendd.store.rooms import Wish
from backendd.store.view import View

JOIN_S = 18.0


class Rooms(Part):
    """Enters rooms, and keeps us in them over connections and restarts."""

    disco_features = ("http://jabber.org/protocol/muc",)

    def __init__(self, home: Home) -> None:
        self._home = home
        self._known: dict[str, Attendance] = {}
        self._loading: asyncio.Lock = asyncio.Lock()
        self._is_loaded = False
        home.events.subscribe(Presences, self._on_presences)

    async def load(self) -> None:
        """Return when the stored rooms are known."""
        async with self._loading:
            if self._is_loaded:
                return
            for wish in await self._home.store.read(rooms.wishes):
                self._known[wish.room] = Attendance(self._home, wish)
            self._is_loaded = True

    # -- with the stream

    def replaced(self, ledger: Ledger) -> None:
        rooms.leave_all(ledger)
        store.end_all(ledger)

    async def set_up(self, *, resumed: bool) -> None:
        await self.load()
        home = self._home
        for room in set(home.rooms.joined) - set(self._known):
            self._leave_late(room, is_there=resumed)
        for attendance in self._known.values():
            if not attendance.wish.is_wanted:
                continue
            is_in = resumed and attendance.room in home.rooms.joined
            if is_in and len(attendance.occupants):
                attendance.resume()
            else:
                attendance.begin(is_back=is_in)

    def _leave_late(self, room: str, *, is_there: bool) -> None:
        """Leave a room that the user left while there was no connection."""
        home, us = self._home, self._home.rooms.joined[room]
        if is_there:
            home.stream.send(stanza.encode_leave(f"{room}/{us.nick}"))
        home.rooms = home.rooms.left(room)

    def offline(self) -> None:
        for attendance in self._known.values():
            attendance.offline()

    def announce(self) -> None:
        if self._home.stream.is_online:
            for attendance in self._known.values():
                attendance.announce()

    def _on_presences(self, event: Presences) -> None:
        found: dict[str, list[tuple[str, records.Occupant | records.Left]]] = {}
        for seen in event.all:
            attendance = self._known.get(seen.room)
            changed = attendance.see(seen) if attendance is not None else None
            if changed is not None:
                found.setdefault(seen.room, []).append(changed)
        for room, changes in found.items():
            self._home.events.publish(OccupantsChanged(room, dict(changes)))

    # -- for conversations

    def live(self, peer: str) -> Mapping[str, Any]:
        return {"joined": True} if self.is_in(peer) else {}

    def is_in(self, room: str) -> bool:
        """Return whether we are in a room now."""
        attendance = self._known.get(room)
        return attendance is not None and attendance.state == "in"

    def permit(self, view: View, whom: Peer) -> None:
        room = whom.jid.partition("/")[0]
        if whom.kind != "chat" and not rooms.is_wanted(view, room):
            raise _not_in(room)

    async def compose(self, composition: Composition) -> None:
        address = composition.stanza.get("to", "").partition("/")[0]
        await self.load()
        attendance = self._known.get(address)
        if attendance is not None:
            await attendance.admitted()
        elif conversations.is_public(composition.stanza):
            raise _not_in(address)

    # -- from the user

    async def join(self, room: str, nick: str, *, password: str, is_public: bool) -> None:
        """Return when we are in a room; raises why not."""
        await self.load()
        home = self._home
        if not home.stream.is_online:
            raise NotConnected(f"{jid.shown(room)} can't be entered: there is no connection")
        known = self._known.get(room)
        if known is not None and known.state == "in":
            if nick and known.nick != nick:
                await known.rename(nick)
            return
        before = known.wish if known is not None else Wish(room, home.account_jid.local)
        wish = Wish(room, nick or before.nick, password or before.password)
        attendance = known or Attendance(home, wish)
        is_first = known is None or known.state == "out"
        attendance.wish = wish
        self._known[room] = attendance
        await home.store.write(lambda ledger: rooms.want(ledger, wish))
        attendance.begin(is_first=is_first, is_public=is_public)
        await self._until_in(attendance, is_new=known is None)

    async def _until_in(self, attendance: Attendance, *, is_new: bool) -> None:
        try:
            async with asyncio.timeout(JOIN_S):
                await attendance.entered()
        except TimeoutError as error:
            raise Timeout(
                f"{jid.shown(attendance.room)} doesn't answer yet; it is tried on"
            ) from error
        except BackendError:
            if is_new:
                await self._forget(attendance)
            raise

    async def leave(self, room: str) -> None:
        """Leave a room, and forget that it was to be entered."""
        await self._forget(await self._require(room))

    async def _forget(self, attendance: Attendance) -> None:
        attendance.leave()
        self._known.pop(attendance.room, None)
        await self._home.store.write(lambda ledger: _forget(ledger, attendance.room))

    async def list(self) -> Sequence[records.Room]:
        """Return the known ones, by their JIDs."""
        await self.load()
        return list(map(self.with_live, await self._home.store.read(rooms.load)))

    async def occupants(
        self, room: str, prefix: str, limit: int, after: str
    ) -> Sequence[records.Occupant]:
        """Return who is in a room."""
        attendance = await self._require(room)
        return attendance.occupants.page(prefix, limit, after) if attendance.state == "in" else []

    async def set_nick(self, room: str, nick: str) -> None:
        """Return when we have this nick in a room, or will ask for it."""
        attendance = await self._require(room)
        if attendance.state == "in":
            await attendance.rename(nick)
            return
        attendance.wish = attendance.wish._replace(nick=nick)
        await self._home.store.write(lambda ledger: rooms.want(ledger, attendance.wish))

    def with_live(self, record: records.Room) -> records.Room:
        """Return the record of a room with what is so just now and stored nowhere."""
        attendance = self._known.get(record.room)
        if attendance is None:
            return replace(record, state="out")
        return replace(record, state=attendance.state, occupants=len(attendance.occupants))

    async def _require(self, room: str) -> Attendance:
        await self.load()
        attendance = self._known.get(room)
        if attendance is None:
            raise UnknownRoom(f"{jid.shown(room)} is none of your rooms; join it first")
        return attendance


def _not_in(room: str) -> UnknownRoom:
    return UnknownRoom(f"you are not in {jid.shown(room)}; join it first")


def _forget(ledger: Ledger, room: str) -> None:
    rooms.remove(ledger, room)
    store.end(ledger, room)


def address(room: str) -> str:
    """Return `room` as the bare JID of a room; InvalidJid."""
    found = jid.parse(room)
    if found.resource:
        raise InvalidJid(f"the address of a room ends before the /: leave out {found.resource!r}")
    if not found.local:
        raise InvalidJid(f"{jid.shown(room)} has no name before the @; write room@service")
    return found.bare


def as_nick(room: str, nick: str) -> str:
    """Return `nick` as rooms take it; InvalidJid."""
    return jid.parse(f"{room}/{nick}").resource if nick else ""
