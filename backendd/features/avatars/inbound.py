"""Which pictures contacts tell of: by PEP (XEP-0084), in presence (XEP-0153)."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from backendd.api.tuples import NamedTuple
from backendd.core.inbound import Context
from backendd.core.jid import Jid
from backendd.core.pubsub_events import Event
from backendd.features.avatars import stanza, store
from backendd.session.stages import PresenceStage
from backendd.store import contacts, rooms
from backendd.store.ledger import Ledger


def take(ledger: Ledger, service: str, event: Event) -> None:
    """Store of which picture somebody's PEP tells (XEP-0084)."""
    digest = stanza.decode_metadata(event)
    if digest is not None:
        store.save(ledger, service, digest, "pep")


class _Shown(NamedTuple):
    """Who has which picture."""

    jid: str
    hash: str
    is_room: bool = False


def _shown(context: Context, received: Element, sender: Jid) -> _Shown | None:
    # Of a room itself it is that of the room (XEP-0486 6.2), of an occupant nobody's.
    if received.get("type") or (context.rooms.has(sender) and sender.resource):
        return None
    digest = stanza.decode_update(received)
    is_room = sender.bare in context.rooms.joined
    return _Shown(sender.bare, digest, is_room=is_room) if digest is not None else None


def _store(ledger: Ledger, context: Context, shown: Sequence[_Shown]) -> None:
    friends = contacts.among(ledger, {each.jid for each in shown})
    for each in shown:
        if each.is_room:
            rooms.show_picture(ledger, each.jid, each.hash)
        elif each.jid in friends:
            store.save(ledger, each.jid, each.hash, "vcard")


PICTURES = PresenceStage("pictures in presence", _shown, _store)
