"""What a room says of those who are in it, us included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backendd.api import records
from backendd.api.errors import BackendError, NotSupported, Timeout, UnknownRoom
from backendd.api.tuples import NamedTuple

_CREATED = "201"


class Seen(NamedTuple):
    """An occupant who is there, or is there no more: then `occupant` is None, and `left` says why.

    `codes` are the status codes of XEP-0045 (section 15.6.2). `venue` is where a room that was
    destroyed goes on. `stanza_id` is that of the presence, which is ours where it answers us.
    """

    room: str
    nick: str
    occupant: records.Occupant | None
    left: records.Left | None = None
    is_us: bool = False
    codes: frozenset[str] = frozenset()
    is_destroyed: bool = False
    venue: str = ""

    @property
    def has_made(self) -> bool:
        """Whether the room wasn't there before, and is ours now."""
        return self.is_us and _CREATED in self.codes


class Gone(UnknownRoom, on_bus=False):
    """A room is no more, for it has said so; `venue` is where it goes on, if it does."""

    def __init__(self, sentence: str, venue: str = "") -> None:
        super().__init__(sentence)
        self.venue = venue


class NotThere(UnknownRoom, on_bus=False):
    """A room isn't there, or is being made by somebody: it doesn't say which."""


class TakesNobody(NotSupported, on_bus=False):
    """A room is full, its service is away, or it is no room: it doesn't say which."""


class RoomAsks(Timeout, on_bus=False):
    """A room wants an answer before it lets us in, which goes on as soon as it has one."""


class Refused(NamedTuple):
    """Our presence came back from a room: why, and which it was.

    `keeps_nick` is why it did where it was for another nick in a room that we are in.
    """

    room: str
    nick: str
    stanza_id: str
    error: BackendError
    keeps_nick: BackendError


@dataclass(frozen=True, eq=False, slots=True)
class Presences:
    """What rooms have said, in order; the same twice is told twice."""

    all: Sequence[Seen | Refused]


class OccupantsChanged(NamedTuple):
    """Who came into a room in which we are, is different or left: by nick, the last of each."""

    room: str
    now: Mapping[str, records.Occupant | records.Left]


class RoomChanged(NamedTuple):
    """A room says that it isn't what it was (the status codes 104 and 170 to 174)."""

    room: str


class Answered(NamedTuple):
    """A room is about something else now, or refuses what we said."""

    room: str
    stanza_id: str = ""
    subject: str = ""
    time: int = 0
    error: BackendError | None = None


class FoundOutside(NamedTuple):
    """A room took nothing from us since we aren't in it, though it never said that we left."""

    room: str
