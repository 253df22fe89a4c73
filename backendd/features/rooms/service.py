"""The rooms of one profile: which there are, and what the user does about them."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any

from backendd.api import records
from backendd.api.errors import (
    BackendError,
    Banned,
    NotConnected,
    NotSupported,
    Timeout,
)
from backendd.core import jid, xml
from backendd.core.bookmarks import BookmarkWanted
from backendd.core.conversations import Peer
from backendd.core.rooms import RoomPasswordSet
from backendd.features.rooms import acting, addresses, standing, stanza, store
from backendd.features.rooms.attendance import Attendance
from backendd.features.rooms.following import Following
from backendd.features.rooms.known import KnownRooms
from backendd.features.rooms.live import with_live
from backendd.features.rooms.model import RoomAsks
from backendd.features.rooms.servers import Servers
from backendd.features.rooms.speaking import Speaking
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.session.part import Part
from backendd.store import occupancies, room_records, rooms
from backendd.store.ledger import Ledger
from backendd.store.rooms import Wish
from backendd.store.view import View

JOIN_S = 18.0


class Rooms(Part):
    """Enters rooms, and keeps us in them over connections and restarts."""

    disco_features = ("http://jabber.org/protocol/muc",)

    def __init__(self, home: Home) -> None:
        self._home = home
        self.known = KnownRooms(home)
        self._following = Following(home, self.known)
        self._told = ""  # how the user is to be seen
        self.servers = Servers(home)
        self._speaking = Speaking(home, self.known, self.servers)

    # -- with the stream

    def replaced(self, ledger: Ledger) -> None:
        rooms.leave_all(ledger)
        store.end_all(ledger)
        self.servers.renew()

    async def set_up(self, *, resumed: bool) -> None:
        await self.known.load()
        home = self._home
        for room in [each for each in home.rooms.joined if not self.known.wants(each)]:
            self._leave_late(room, is_there=resumed)
        for attendance in self.known:
            if not attendance.wish.is_wanted or attendance.state == "in":
                continue
            if resumed and attendance.is_there and attendance.is_whole:
                attendance.resume()
                self._following.check(attendance)
            else:
                attendance.begin(is_back=resumed and attendance.is_there)
        self._following.start()
        if not resumed:
            home.do_soon(self.servers.learn(), name="look for the rooms of our server")
        # It may have changed while there was no connection; where we enter it is told anyway.
        if self._told != xml.written(home.presence()):
            self.announce()

    def _leave_late(self, room: str, *, is_there: bool) -> None:
        """Leave a room that the user left while there was no connection."""
        home, us = self._home, self._home.rooms.joined[room]
        if is_there:
            home.stream.send(stanza.encode_leave(f"{room}/{us.nick}"))
        home.rooms = home.rooms.left(room)

    def offline(self) -> None:
        self._following.stop()
        self.servers.forget()
        for attendance in self.known:
            attendance.offline()

    def announce(self) -> None:
        if self._home.stream.is_online:
            self._told = xml.written(self._home.presence())
            for attendance in self.known:
                acting.announce(self._home, attendance)

    # -- for conversations

    def live(self, peer: str) -> Mapping[str, Any]:
        return {"joined": True} if self.known.is_in(peer) else {}

    async def meet(self, whom: Peer) -> None:
        await self._speaking.meet(whom)

    def permit(self, view: View, whom: Peer) -> None:
        self._speaking.permit(view, whom)

    async def compose(self, composition: Composition) -> None:
        await self._speaking.compose(composition)

    # -- for features with rooms to go to

    def enter_room(self, room: str, nick: str, password: str) -> Awaitable[None]:
        return self.join(room, addresses.nick(room, nick), password=password, is_public=False)

    def leave_room(self, room: str) -> Awaitable[None]:
        return self.leave(room)

    # -- from the user

    async def join(self, room: str, nick: str, *, password: str, is_public: bool) -> None:
        """Return when we are in a room; raises why not."""
        await self.known.load()
        home = self._home
        if not home.stream.is_online:
            raise NotConnected(f"{jid.shown(room)} can't be entered: there is no connection")
        # What is said to somebody would wait for a room that never lets us in.
        is_known = self.known.get(room) is not None
        if not is_known and await self.servers.has_people(room.rpartition("@")[2]):
            raise NotSupported(
                f"{jid.shown(room)} isn't a room: that server has accounts, not rooms"
            )
        known = self.known.get(room)  # others may have begun to enter it meanwhile
        if known is not None and known.state == "in":
            if nick and known.nick != nick:
                await acting.rename(home, known, nick)
            return
        before = known.wish if known is not None else Wish(room, "")
        nick = nick or before.nick or await self._last_nick(room) or home.account_jid.local
        wish = Wish(room, nick)
        attendance = known or Attendance(home, wish)
        is_first = known is None or known.state == "out"
        attendance.wish = wish
        self.known.add(attendance)
        attendance.entering.ban = await self._ban(attendance)
        await home.store.write(lambda ledger: standing.want(ledger, wish, password))
        attendance.begin(is_first=is_first, is_public=is_public)
        await self._until_in(attendance, is_new=known is None)
        if password and attendance.entering.facts.takes_password:
            home.events.publish(RoomPasswordSet(room, password))

    async def _last_nick(self, room: str) -> str:
        return await self._home.store.read(lambda view: occupancies.last_nick(view, room))

    async def _ban(self, attendance: Attendance) -> str:
        """Return how we were banned from a room, which may not be stored yet."""
        if attendance.error is not None:
            return str(attendance.error) if isinstance(attendance.error, Banned) else ""
        return await self._home.store.read(lambda view: standing.ban(view, attendance.room))

    async def _until_in(self, attendance: Attendance, *, is_new: bool) -> None:
        try:
            async with asyncio.timeout(JOIN_S):
                await attendance.entered()
        except TimeoutError as error:
            raise Timeout(
                f"{jid.shown(attendance.room)} doesn't answer yet; you enter it as soon as it does"
            ) from error
        except (RoomAsks, NotConnected):
            raise  # it goes on
        except BackendError:
            if is_new:
                await self._forget(attendance)
            raise

    def bookmark(self, room: str, password: str) -> None:
        """Have a room kept on the server, and entered by all clients."""
        self._home.events.publish(BookmarkWanted(room, password))

    async def leave(self, room: str) -> None:
        """Leave a room, and forget that it was to be entered."""
        await self._forget(await self.known.require(room))

    async def _forget(self, attendance: Attendance) -> None:
        attendance.leave()
        self.known.forget(attendance)
        await self._home.store.write(lambda ledger: standing.leave(ledger, attendance.room))

    async def list(self) -> Sequence[records.Room]:
        """Return the known ones, by their JIDs."""
        await self.known.load()
        return list(map(self.with_live, await self._home.store.read(room_records.load)))

    async def occupants(
        self, room: str, prefix: str, limit: int, after: str
    ) -> Sequence[records.Occupant]:
        """Return who is in a room."""
        attendance = await self.known.require(room)
        if self._home.stream.is_held_back and attendance.state == "in" and not after:
            await acting.hear(self._home, room)
        return attendance.occupants.page(prefix, limit, after) if attendance.state == "in" else []

    async def set_nick(self, room: str, nick: str) -> None:
        """Return when we have this nick in a room, or will ask for it."""
        attendance = await self.known.require(room)
        if attendance.state == "in":
            await acting.rename(self._home, attendance, nick)
            return
        attendance.wish = attendance.wish._replace(nick=nick)
        await self._home.store.write(lambda ledger: rooms.want(ledger, attendance.wish))

    async def set_subject(self, room: str, subject: str) -> None:
        """Return when a room says that this is what it is about."""
        attendance = await self.known.require(room)
        if attendance.state != "in":
            raise NotConnected(f"you are not in {jid.shown(room)} just now")
        await acting.set_subject(self._home, attendance, subject)

    def with_live(self, record: records.Room) -> records.Room:
        """Return the record of a room with what is so just now."""
        return with_live(record, self.known.get(record.room))
