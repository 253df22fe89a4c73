"""Who comes and goes in rooms."""

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from backendd.core.inbound import Context, Envelope
from backendd.core.jid import Jid
from backendd.features.rooms import stanza, store
from backendd.features.rooms.model import Presences, Refused, Seen
from backendd.session.stages import MessageStage, PresenceStage
from backendd.store import rooms
from backendd.store.ledger import Ledger


def _see(context: Context, received: Element, sender: Jid) -> Seen | Refused | None:
    return stanza.decode(context, received, sender)


def _store(ledger: Ledger, context: Context, found: Sequence[Seen | Refused]) -> None:
    ledger.note(_tell, Presences(found))
    seen = [each for each in found if isinstance(each, Seen)]
    for each in seen:
        if each.is_us:
            _note_us(ledger, context, each)
    store.follow(ledger, [each for each in seen if not context.rooms.joined[each.room].gives_ids])
    for room in {each.room for each in seen}:
        rooms.touch(ledger, room)  # how many are there


def _note_us(ledger: Ledger, context: Context, us: Seen) -> None:
    if us.occupant is not None:
        has_ids = us.room in context.rooms.archives
        gives_ids = context.rooms.joined[us.room].gives_ids
        rooms.enter(ledger, us.room, us.occupant, gives_ids=gives_ids, has_ids=has_ids)
    elif us.left is not None and us.left.new_nick:
        rooms.rename(ledger, us.room, us.nick, us.left.new_nick)
    else:
        rooms.leave(ledger, us.room)


def _tell(ledger: Ledger, noted: list[Presences]) -> Iterable[object]:
    return noted


def _unknown(context: Context, envelope: Envelope) -> str | None:
    return envelope.author.nick if envelope.author.is_present and not envelope.author.key else None


def _known(ledger: Ledger, context: Context, envelope: Envelope, nick: str) -> Envelope:
    stay, author = store.find(ledger, envelope.author.jid, nick), envelope.author
    return envelope if stay is None else envelope._replace(author=author.staying(str(stay)))


OCCUPANTS: PresenceStage[Seen | Refused] = PresenceStage("occupants", _see, _store)
STAYS = MessageStage("stays", _unknown, _known)
