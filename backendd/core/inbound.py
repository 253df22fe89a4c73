"""A message on its way in: how it reached us, and what it is to us, settled once for all stages."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal
from xml.etree.ElementTree import Element

from backendd.api.tuples import NamedTuple
from backendd.api.values import Value, field
from backendd.api.words import Direction, Lack
from backendd.core import authors, conversations, jid, xml
from backendd.core.authors import Author
from backendd.core.conversations import Peer
from backendd.core.jid import Jid
from backendd.core.messages import NewMessage, Placing
from backendd.core.moments import Moment, Source
from backendd.core.profiles import Settings
from backendd.core.pubsub_events import Wish
from backendd.core.recent import Recent
from backendd.core.rooms import Rooms

# How it came. `catch_up` is what the archive has above our cursor: it is new to us. `past` is
# what it has below: history that was scrolled to, or that a first look brought.
Way = Literal["live", "carbon", "catch_up", "past"]

# Whose it is: somebody's, a room's, an occupant's to us alone, or our server's own.
Kind = Literal["chat", "room", "private", "system"]


class Context(Value):
    """What holds for all stanzas that arrived together, taken when they did.

    `own` is the bare address of the account, `full_jid` that of this client. `archives` are those
    whose ids are believed, `missing` the words for what the server has not answered yet, `nodes`
    who wants to be told of which, `settings` those of the profile, `sent` what was written lately.
    """

    own: Jid
    now: int
    full_jid: str = ""
    sm_id: str = ""
    archives: frozenset[str] = frozenset()
    features: frozenset[str] = frozenset()
    rooms: Rooms = field(default_factory=Rooms)
    missing: frozenset[Lack] = frozenset()
    nodes: Mapping[str, Wish] = field(default_factory=lambda: MappingProxyType({}))
    settings: Settings = field(default_factory=Settings)
    sent: Recent = field(default_factory=Recent)


class Arrival(Value):
    """A message as it reached us, out of what it was wrapped in.

    `time` is when it came to us, or into `archive`, which named it `archive_id`.
    """

    stanza: Element
    way: Way
    time: int
    is_late: bool = False  # our server held it up
    archive: str = ""
    archive_id: str = ""
    placing: Placing | None = None


class Envelope(NamedTuple):
    """A message and what it is to us. No stage asks its addresses for more than is said here.

    `peer` is whose conversation it belongs to, `archive` who keeps that. `new` is what of it may
    be stored, `message` and `conversation` their row ids, once it is.
    """

    stanza: Element
    kind: Kind
    peer: str
    author: Author
    direction: Direction
    way: Way
    archive: str
    sender: Jid
    recipient: Jid
    time: int  # when it came to us, or into the archive
    claimed: int = 0  # when its sender says that it was written; 0: nothing else than `time`
    is_late: bool = False  # our server, or the room, held it up
    is_unheard: bool = False  # the user wants to hear nothing of its author
    sm_id: str = ""  # the stream at that time
    archive_ids: tuple[tuple[str, str], ...] = ()
    placing: Placing | None = None
    new: NewMessage | None = None
    conversation: int = 0
    message: int = 0

    @property
    def whom(self) -> Peer:
        """With whom its conversation is; what our server says itself is a chat with it."""
        return Peer(self.peer, "chat" if self.kind == "system" else self.kind)

    @property
    def said(self) -> Moment:
        """When it was said, held against what else its author says."""
        source: Source = "past" if self.way == "past" else "live"
        if self.way == "catch_up" or (source == "live" and self.is_late):
            source = "archive"
        is_backwards = self.placing is not None and self.placing.is_backwards
        return Moment(self.time, source, self.sm_id, is_backwards)

    @property
    def is_error(self) -> bool:
        """Whether it says that a message of ours could not be delivered."""
        return self.stanza.get("type") == "error"


def arrived(context: Context, stanza: Element, now: int) -> Arrival:
    """Return `stanza` as what comes over the stream `now`."""
    time = held_up_since(stanza, context.own, now)
    return Arrival(stanza, "live", time, is_late=time < now)


def resolve(context: Context, arrival: Arrival) -> Envelope:
    """Return what a message is to us; InvalidJid where it is from or to nobody."""
    stanza, own = arrival.stanza, context.own
    sender, recipient = address(stanza, own)
    is_ours = sender.bare == own.bare
    other = recipient if is_ours else sender
    peer, kind = _conversation(context, stanza, other)
    room = "" if kind in ("chat", "system") else other.bare
    # What a room says to us alone, an invitation for instance, is in our own archive.
    archive = room if conversations.is_public(stanza) else own.bare
    time = arrival.time
    if kind == "room" and arrival.way == "live":
        time = held_up_since(stanza, sender, time)
    author = Author(sender.bare, sender.bare)
    if room and not is_ours:
        jid.check_nick(sender)
        # What the room held up is out of its history, and what our server kept of what is ours
        # alone may be of another stream: the nick may be another's by now.
        is_kept = arrival.is_late and kind == "private"
        is_present = arrival.way == "live" and time == arrival.time and not is_kept
        us = context.rooms.joined.get(room)
        author, is_us = authors.occupant(
            sender, _occupant_id(stanza), us, own.bare, is_present=is_present, time=time
        )
        is_ours = is_us and kind == "room"
    return Envelope(
        stanza=stanza,
        kind=kind,
        peer=peer,
        author=author,
        direction="out" if is_ours else "in",
        way=arrival.way,
        archive=archive,
        sender=sender,
        recipient=recipient,
        time=time,
        claimed=claimed_time(stanza, own, time, room),
        is_late=arrival.is_late or time < arrival.time,
        sm_id=context.sm_id,
        archive_ids=_archive_ids(context, arrival, archive),
        placing=arrival.placing,
    )


def _conversation(context: Context, stanza: Element, other: Jid) -> tuple[str, Kind]:
    if conversations.is_public(stanza):
        return other.bare, "room"
    if other.bare == context.own.domain:
        return other.bare, "system"
    is_elsewhere = bool(other.resource) and other.bare != context.own.bare
    if is_elsewhere and conversations.is_marked_private(stanza):
        return other.full, "private"  # in a room that isn't known here, but to a client of ours
    return context.rooms.peer(other)


def _occupant_id(stanza: Element) -> str:
    note = xml.child(stanza, xml.OCCUPANT_IDS, "occupant-id")
    return note.get("id", "") if note is not None else ""


def _archive_ids(context: Context, arrival: Arrival, archive: str) -> tuple[tuple[str, str], ...]:
    if arrival.archive:
        return ((arrival.archive, arrival.archive_id),) if arrival.archive_id else ()
    return stanza_ids(arrival.stanza, archive) if archive in context.archives else ()


def address(stanza: Element, own: Jid) -> tuple[Jid, Jid]:
    """Return who sent `stanza` to whom; where nothing is said it is our account (RFC 6120 8.1).

    Raises InvalidJid.
    """
    sender, recipient = stanza.get("from"), stanza.get("to")
    return (
        jid.received(sender) if sender else Jid(own.local, own.domain),
        jid.received(recipient) if recipient else own,
    )


def held_up_since(stanza: Element, holder: Jid, now: int) -> int:
    """Return when `stanza` came to `holder`, our account or a room: `now`, or earlier (XEP-0203).

    The server of the holder may say so as well.
    """
    stamps = [stamp for by, stamp in _delays(stanza) if by in (holder.domain, holder.bare)]
    return max(0, min([now, *stamps]))


def claimed_time(stanza: Element, own: Jid, came: int, room: str = "") -> int:
    """Return when the sender says that a `stanza` that `came` then was written; 0 if nothing."""
    holders = (own.domain, own.bare, room) if room else (own.domain, own.bare)
    stamps = [stamp for by, stamp in _delays(stanza) if by not in holders]
    # Senders write what they like: one from the future would stay the newest for ever.
    claimed = min([came, *stamps])
    return claimed if 0 < claimed < came else 0


def _delays(stanza: Element) -> list[tuple[str, int]]:
    """Return who held `stanza` up and since when; notes of the old form (XEP-0091) if no other."""
    for tag in (f"{{{xml.DELAY}}}delay", f"{{{xml.OLD_DELAY}}}x"):
        notes = [
            (note.get("from", ""), xml.parse_time(note.get("stamp", "")))
            for note in stanza.findall(tag)
        ]
        found = [(by, stamp) for by, stamp in notes if stamp is not None]
        if found:
            return found
    return []


def stanza_ids(stanza: Element, archive: str) -> tuple[tuple[str, str], ...]:
    """Return the id that `archive` gave this message (XEP-0359), with the archive; or nothing.

    Prosody 0.12 leaves what others put there beside its own. Where there are two nobody can
    tell which is which, and one could be that of another message.
    """
    found = [
        note.get("id", "")
        for note in stanza.findall(f"{{{xml.STANZA_IDS}}}stanza-id")
        if note.get("by") == archive
    ]
    return ((archive, found[0]),) if len(found) == 1 and found[0] else ()
