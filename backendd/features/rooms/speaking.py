"""Who may say something in a room: whoever is in, or will be; nobody else, where that is known."""

import asyncio
from contextlib import suppress

from backendd.api.errors import BackendError, NotConnected, UnknownRoom
from backendd.core import conversations, jid
from backendd.core.conversations import Peer
from backendd.core.passing import passes
from backendd.features.rooms.attendance import Attendance
from backendd.features.rooms.known import KnownRooms
from backendd.features.rooms.servers import Servers
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.store import peers, rooms
from backendd.store.view import View


class Speaking:
    """Refuses what is said where one isn't, and has wait what is said where one will be."""

    def __init__(self, home: Home, known: KnownRooms, servers: Servers) -> None:
        self._home = home
        self._known = known
        self._servers = servers
        self._meeting = asyncio.Lock()  # what is said one after the other stays so

    async def meet(self, whom: Peer) -> None:
        """Have the service of a stranger say whether rooms are there, unless it has said it."""
        address = whom.jid.partition("/")[0]
        domain = self._domain_elsewhere(address)
        if whom.kind != "chat" or not domain or not self._home.stream.is_online:
            return
        async with self._meeting:
            if self._servers.is_known(domain) or await self._is_met(address):
                return
            with suppress(NotConnected):
                await self._servers.has_rooms_alone(domain)

    async def _is_met(self, address: str) -> bool:
        """Return whether an address is somebody's, or a room's, as far as we know."""
        who = jid.received(address)
        return await self._home.store.read(lambda view: peers.is_known(view, who))

    def permit(self, view: View, whom: Peer) -> None:
        """Raise UnknownRoom for a room that isn't to be entered."""
        room = whom.jid.partition("/")[0]
        is_room = whom.kind != "chat" or self._is_known_elsewhere(room) or peers.is_room(view, room)
        if is_room and not rooms.is_wanted(view, room):
            raise _not_in(room)

    async def compose(self, composition: Composition) -> None:
        """Return when what is said in a room may be sent; raises why it never is."""
        address = composition.stanza.get("to", "").partition("/")[0]
        await self._known.load()
        attendance = self._known.get(address)
        if attendance is not None:
            await _admitted(attendance)
            return
        if conversations.is_to_room_itself(composition.stanza):
            return  # a decline for instance, which is said from outside
        is_message = composition.message is not None
        if conversations.is_public(composition.stanza) or (
            is_message and await self._is_elsewhere(address)
        ):
            raise _not_in(address)

    def _is_known_elsewhere(self, address: str) -> bool:
        """Return the same as `_is_elsewhere` where that is known by now; no service is asked."""
        domain = self._domain_elsewhere(address)
        return bool(domain) and self._servers.are_known_to_be_rooms(domain)

    async def _is_elsewhere(self, address: str) -> bool:
        """Return whether this is a room in which we never were, as far as its service says so."""
        domain = self._domain_elsewhere(address)
        return bool(domain) and await self._servers.has_rooms_alone(domain)

    def _domain_elsewhere(self, address: str) -> str:
        """Return the domain that an address is at; nothing where that is none of rooms."""
        local, _, domain = address.rpartition("@")
        return domain if local and domain != self._home.account_jid.domain else ""


async def _admitted(attendance: Attendance) -> None:
    """Return when we are in a room; raises why that won't be."""
    try:
        await attendance.admitted()
    except BackendError as error:
        if not passes(error):
            raise
        # Whatever it was, nobody tries to enter the room any more.
        raise UnknownRoom(f"{_not_in(attendance.room)} ({error})") from None


def _not_in(room: str) -> UnknownRoom:
    return UnknownRoom(f"you are not in {jid.shown(room)}; join it first")
