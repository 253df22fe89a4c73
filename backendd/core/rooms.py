"""Which addresses are those of rooms: the one answer to what the conversation of an address is.

That decides how something is said in it (`conversations`), what settles that, and whose archive is
followed for it. Callers and stages ask here alike: of rooms it knows those that are stored, and
those that we are in. A feature that enters rooms keeps the latter, and what we are there, in
`home.rooms`, and says when it is in one (`RoomEntered`, `RoomLeft`): then the archive of that room
is caught up, and what is uncertain in its lane decided by it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from backendd.api import records
from backendd.api.tuples import NamedTuple
from backendd.api.values import Value, field
from backendd.core.authors import Occupancy
from backendd.core.conversations import Peer
from backendd.core.jid import Jid


class RoomsChanged(NamedTuple):
    """Rooms are new or different, or `gone`: of the records what is stored."""

    rooms: Sequence[records.Room]
    gone: Sequence[str] = ()


class RoomPasswordSet(NamedTuple):
    """The user has said what it takes to get into a room from now on; empty: nothing."""

    room: str
    password: str


class Facts(Value):
    """What a room says that it is (XEP-0045 6.4).

    `gives_ids`: it gives its occupants ids (XEP-0421), `gives_hats`: hats (XEP-0317); `has_ids`:
    it gives messages ids (XEP-0359); `retracts`: it takes back what was said there, for moderators
    (XEP-0425); `answers_pings`: it answers itself who asks if they are in (XEP-0410); `is_known`:
    it has said something at all; `is_room`: that it is one.
    """

    name: str = ""
    is_nonanonymous: bool = False
    is_members_only: bool = False
    takes_password: bool = False
    is_moderated: bool = False
    gives_ids: bool = False
    gives_hats: bool = False
    has_ids: bool = False
    has_archive: bool = False
    retracts: bool = False
    avatar: str | None = None  # the hash of its picture (XEP-0486), where it says one
    answers_pings: bool = False
    is_known: bool = False
    is_room: bool = False


class Rooms(Value):
    """Those we are in, with what we are there, and all of which there is a conversation.

    `archives` are those of them whose ids are believed; `known` are the peers of conversations
    which are rooms or occupants.
    """

    joined: Mapping[str, Occupancy] = field(default_factory=lambda: MappingProxyType({}))
    archives: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()

    def entered(self, room: str, us: Occupancy, *, has_ids: bool) -> "Rooms":
        """Return what holds once we are `us` in `room`.

        `has_ids`: it announces that it gives messages ids (XEP-0359).
        """
        joined = MappingProxyType({**self.joined, room: us})
        archives = self.archives | {room} if has_ids else self.archives - {room}
        return replace(self, joined=joined, archives=archives)

    def left(self, room: str) -> "Rooms":
        """Return what holds once we are in `room` no more."""
        joined = {each: us for each, us in self.joined.items() if each != room}
        return replace(self, joined=MappingProxyType(joined), archives=self.archives - {room})

    def knowing(self, peers: Iterable[str]) -> "Rooms":
        """Return what holds once there are conversations with these rooms and occupants."""
        known = self.known.union(peers)
        return self if len(known) == len(self.known) else replace(self, known=known)

    def has(self, address: Jid) -> bool:
        """Return whether this is a room, or an occupant of one."""
        return address.bare in self.joined or not self.known.isdisjoint(
            (address.bare, address.full)
        )

    def peer(self, address: Jid) -> Peer:
        """Return with whom the conversation is that belongs to an address.

        A person is the same on each client, but an occupant is known by nick alone.
        """
        if not self.has(address):
            return Peer(address.bare, "chat")
        return Peer(address.full, "private" if address.resource else "room")

    def are_shared_with(self, peer: Peer) -> bool:
        """Return whether we are in the room that this is, or is an occupant of."""
        return peer.kind != "chat" and peer.jid.partition("/")[0] in self.joined
