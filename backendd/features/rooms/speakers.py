"""Who says something in a room, or as an occupant of one: what the room tells of them besides.

Who has a nick is known of what is said just now, from those who come and go. Of what was said
before, the archive of a room that hides nobody tells it (XEP-0313 5.1.2). In anything else the same
could be written by its author.
"""

from dataclasses import replace

from backendd.core.conversations import Peer
from backendd.core.inbound import Context, Envelope
from backendd.features.rooms import stanza, store
from backendd.session.stages import MessageStage
from backendd.store import occupancies
from backendd.store.ledger import Ledger


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
    if not is_told or not occupancies.is_nonanonymous(ledger, envelope.peer):
        return envelope
    return envelope._replace(author=replace(author, real_jid=real_jid))


def _alone(context: Context, envelope: Envelope) -> Peer | None:
    is_ours = envelope.kind == "private" and envelope.direction == "out"
    return envelope.whom if is_ours else None


def _as_occupant(ledger: Ledger, context: Context, envelope: Envelope, whom: Peer) -> Envelope:
    room, _, nick = occupancies.ourselves(ledger, whom, context.own.bare).partition("/")
    return envelope._replace(author=replace(envelope.author, jid=room, nick=nick))


STAYS = MessageStage("stays", _present, _staying)
NAMED = MessageStage("who is named by the archives of rooms", _archived, _named)
OURSELVES = MessageStage("what we say to occupants alone", _alone, _as_occupant)
