"""Who wrote a message, and by what they are known again: in a room a nick is anybody's.

Somebody is known by a bare JID, in a room by the occupant id (XEP-0421), and where a room gives
none by a stay in it that nothing has interrupted, which the feature that sees occupants come and go
knows. Where nobody can tell, nothing counts that only an author may say. What is ours is by our
bare JID everywhere.
"""

from dataclasses import replace
from itertools import pairwise

from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.core.jid import Jid

LONGEST_ID = 128  # XEP-0421 4.1
_AROUND_US = 60 * 1_000_000  # clocks differ, and who answers may not have seen the change
_OCCUPANT, _STAY = "occupant ", "stay "  # no JID has a blank


class Held(NamedTuple):
    """A nick of ours in a room, and when we got it."""

    since: int
    nick: str


class Occupancy(Value):
    """What we are in a room: our nick, and the id that the room gives us (XEP-0421).

    `gives_ids`: the room announces that it gives everybody one, `gives_hats`: that it gives hats
    (XEP-0317). Else anybody could write one. `held` are the nicks that we have had there, the
    first one first. `is_new`: we were never there before.
    """

    nick: str
    occupant_id: str = ""
    gives_ids: bool = False
    gives_hats: bool = False
    held: tuple[Held, ...] = ()
    is_new: bool = False

    def called(self, nick: str, now: int) -> "Occupancy":
        """Return what we are once we have this nick."""
        is_new = not self.held or self.held[-1].nick != nick
        return replace(self, nick=nick, held=(*self.held, Held(now, nick)) if is_new else self.held)

    def nicks_at(self, time: int) -> tuple[str, ...]:
        """Return which nicks we had around that time; before the first that is known, that one."""
        found = [
            each.nick
            for each, next_one in pairwise(self.held)
            if time - _AROUND_US <= next_one.since
            and (each is self.held[0] or each.since <= time + _AROUND_US)
        ]
        if len(self.held) < 2 or self.held[-1].since <= time + _AROUND_US:
            found += [*(each.nick for each in self.held[-1:]), self.nick]
        return tuple(dict.fromkeys(found))

    def believed(self, occupant_id: str) -> str:
        """Return an id that somebody has there as far as it is the room's; else nothing."""
        is_believed = self.gives_ids and len(occupant_id) <= LONGEST_ID
        return occupant_id if is_believed else ""


def key_of(occupant_id: str) -> str:
    """Return by what an occupant with this id is known again."""
    return f"{_OCCUPANT}{occupant_id}"


def occupant_id_of(key: str | None) -> str:
    """Return the id of an occupant who is known by it, nothing of others."""
    return key.removeprefix(_OCCUPANT) if key and key.startswith(_OCCUPANT) else ""


def real_jid_of(key: str, peer: str, told: str) -> str:
    """Return whose account it was that wrote in the conversation with a room, or an occupant.

    Ours, where the key of the author says so, else what the room has told.
    """
    return key if is_ours(key, peer) else told


def is_ours(key: str, peer: str) -> bool:
    """Return whether what the key of an author tells is ours, in the conversation with `peer`.

    Whatever our own address was then, and our nick.
    """
    others = ("", peer, peer.partition("/")[0])
    return key not in others and not key.startswith((_OCCUPANT, _STAY))


class Author(Value):
    """Who wrote a message: somebody by a bare JID, or an occupant of a room, `jid`, by nick.

    `key` is what all that they write has in common, and nobody else's: of ours our bare JID,
    anywhere; empty where nobody can tell. In a room that gives no ids it is known only of who
    `is_present`, while they stay: from the feature that sees them come and go, as is the bare JID
    of an occupant, `real_jid`, where the room tells it.
    """

    jid: str
    key: str
    nick: str = ""
    occupant_id: str = ""
    is_present: bool = False
    real_jid: str = ""

    @property
    def address(self) -> str:
        """Who it is by name: a bare JID, or a room and the nick in it."""
        return f"{self.jid}/{self.nick}" if self.nick else self.jid

    def staying(self, stay: str) -> "Author":
        """Return the author as known by a stay in the room, if by nothing better.

        A stay goes on while the nick changes, and ends when they leave, or we do.
        """
        if self.key or not self.is_present:
            return self
        return replace(self, key=f"{_STAY}{stay}")


def occupant(
    address: Jid,
    occupant_id: str,
    us: Occupancy | None,
    own: str,
    *,
    is_present: bool,
    time: int,
) -> tuple[Author, bool]:
    """Return the occupant at `address` of a room where we are `us`, and whether that is we.

    `is_present`: it was written just now, so that the nick is still whose it was then; `time` is
    when.
    """
    if not address.resource:
        return Author(address.bare, address.bare), False
    known_id = us.believed(occupant_id) if us is not None else ""
    is_present = is_present and us is not None
    key = key_of(known_id) if known_id else ""
    author = Author(address.bare, key, address.resource, known_id, is_present)
    if us is None:
        return author, False
    if known_id and us.occupant_id:
        is_sure = is_ours = known_id == us.occupant_id
    else:
        ours = (us.nick,) if is_present else us.nicks_at(time)
        is_ours, is_sure = address.resource in ours, is_present
    return replace(author, key=own) if is_ours and is_sure else author, is_ours
