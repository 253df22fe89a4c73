"""Who comes and goes in rooms, who speaks in them, and what rooms say of themselves.

Who has a nick is known of what is said just now, from those who come and go. Of what was said
before, the archive of a room tells it that hides nobody (XEP-0313 5.1.2), from when we know that it
does. In anything else the same could be written by its author: a room that hides who they are hands
that on, and not every archive takes it out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from backendd.api.errors import ServerError
from backendd.core import xml
from backendd.core.conversations import Peer
from backendd.core.inbound import Context, Envelope
from backendd.core.jid import Jid
from backendd.features.rooms import stanza, store
from backendd.features.rooms.model import (
    Answered,
    FoundOutside,
    Presences,
    Refused,
    RoomChanged,
    Seen,
)
from backendd.session.stages import MessageStage, PresenceStage
from backendd.store import conversations, doubts, lanes, occupancies, rooms
from backendd.store.ledger import Ledger
from backendd.xmpp.faults import stanza_error


def _see(context: Context, received: Element, sender: Jid) -> Seen | Refused | None:
    return stanza.decode(context, received, sender)


def _store(ledger: Ledger, context: Context, found: Sequence[Seen | Refused]) -> None:
    ledger.note(_tell, Presences(found))
    seen = [each for each in found if isinstance(each, Seen)]
    for each in seen:
        if each.is_us:
            _note_us(ledger, context, each)
    store.follow(ledger, [each for each in seen if _matters(context, each)])


def _matters(context: Context, seen: Seen) -> bool:
    """Return whether somebody's stay tells what their messages don't."""
    tells_nothing = seen.occupant is not None and not seen.occupant.jid
    return not (tells_nothing and context.rooms.joined[seen.room].gives_ids)


def _note_us(ledger: Ledger, context: Context, us: Seen) -> None:
    if us.occupant is not None:
        has_ids = us.room in context.rooms.archives
        gives_ids = context.rooms.joined[us.room].gives_ids
        rooms.enter(ledger, us.room, us.occupant, gives_ids=gives_ids, has_ids=has_ids)
    elif us.left is not None and us.left.new_nick:
        rooms.rename(ledger, us.room, us.nick, us.left.new_nick)
    else:
        rooms.leave(ledger, us.room)


def _tell(ledger: Ledger, noted: list[object]) -> Iterable[object]:
    return noted


def _subject(context: Context, envelope: Envelope) -> str | None:
    # What has a body as well is a message (XEP-0045 8.1).
    is_message = xml.child(envelope.stanza, xml.CLIENT, "body") is not None
    if envelope.kind != "room" or envelope.is_error or is_message:
        return None
    is_there = xml.child(envelope.stanza, xml.CLIENT, "subject") is not None
    return stanza.decode_subject(envelope.stanza) if is_there else None


def _set_subject(ledger: Ledger, context: Context, envelope: Envelope, subject: str) -> None:
    if envelope.way == "live":
        rooms.set_subject(ledger, envelope.peer, subject, envelope.author.nick)
        ledger.note(_tell, Answered(envelope.peer, subject=subject, time=envelope.time))


def _of_no_room(context: Context, envelope: Envelope) -> str | None:
    """Return who says something to all in a room, where that isn't known as one."""
    is_unknown = envelope.kind == "room" and not context.rooms.has(envelope.sender)
    return envelope.peer if is_unknown else None


def _drop_of_somebody(
    ledger: Ledger, context: Context, envelope: Envelope, peer: str
) -> Envelope | None:
    # Else the server of whom one talks to could speak as a room does, which may erase messages.
    return None if conversations.is_somebody(ledger, peer) else envelope


def _refused(context: Context, envelope: Envelope) -> ServerError | None:
    is_of_room = envelope.sender.full in context.rooms.joined
    return stanza_error(envelope.stanza) if envelope.is_error and is_of_room else None


def _take_refusal(
    ledger: Ledger, context: Context, envelope: Envelope, error: ServerError
) -> Envelope | None:
    room, stanza_id = envelope.peer, envelope.stanza.get("id", "")
    ledger.note(_tell, Answered(room, stanza_id, error=error))
    if error.condition == "not-acceptable":  # so one is answered who isn't there (XEP-0045 7.4)
        ledger.note(_tell, FoundOutside(room))
        if doubts.refused(ledger, lanes.conversation(room), stanza_id):
            return None
    return envelope


def _changed(context: Context, envelope: Envelope) -> str | None:
    is_of_room = envelope.sender.full in context.rooms.joined and not envelope.is_error
    return envelope.peer if is_of_room and stanza.tells_of_change(envelope.stanza) else None


def _take_change(ledger: Ledger, context: Context, envelope: Envelope, room: str) -> Envelope:
    ledger.note(_tell, RoomChanged(room))
    return envelope


OCCUPANTS: PresenceStage[Seen | Refused] = PresenceStage("occupants", _see, _store)


def _present(context: Context, envelope: Envelope) -> str | None:
    author = envelope.author
    return author.nick if author.is_present and author.key != context.own.bare else None


def _staying(ledger: Ledger, context: Context, envelope: Envelope, nick: str) -> Envelope:
    stay, author = store.find(ledger, envelope.author.jid, nick), envelope.author
    if stay is None:
        return envelope
    return envelope._replace(author=replace(author.staying(str(stay.id)), real_jid=stay.jid))


def _archived(context: Context, envelope: Envelope) -> str | None:
    is_archived = envelope.way in ("catch_up", "past") and envelope.kind == "room"
    is_of_room = any(archive == envelope.peer for archive, _ in envelope.archive_ids)
    return stanza.decode_author(envelope.stanza) or None if is_archived and is_of_room else None


def _named(ledger: Ledger, context: Context, envelope: Envelope, real_jid: str) -> Envelope:
    author = envelope.author
    is_told = author.nick and author.key != context.own.bare
    if not is_told or not occupancies.was_nonanonymous(ledger, envelope.peer, envelope.time):
        return envelope
    return envelope._replace(author=replace(author, real_jid=real_jid))


def _alone(context: Context, envelope: Envelope) -> Peer | None:
    is_ours = envelope.kind == "private" and envelope.direction == "out"
    return envelope.whom if is_ours else None


def _as_occupant(ledger: Ledger, context: Context, envelope: Envelope, whom: Peer) -> Envelope:
    room, _, nick = occupancies.ourselves(ledger, whom, context.own.bare).partition("/")
    return envelope._replace(author=replace(envelope.author, jid=room, nick=nick))


IN_NO_ROOM = MessageStage("rooms that are none", _of_no_room, _drop_of_somebody)
SUBJECTS = MessageStage("subjects", _subject, _set_subject)
FROM_OUTSIDE = MessageStage("refused by rooms", _refused, _take_refusal)
CHANGES = MessageStage("changes of rooms", _changed, _take_change)
STAYS = MessageStage("stays", _present, _staying)
NAMED = MessageStage("who is named by the archives of rooms", _archived, _named)
OURSELVES = MessageStage("what we say to occupants alone", _alone, _as_occupant)
