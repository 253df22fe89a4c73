"""Messages that come and speak to the user, found by what the user is called when they come."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from backendd.api.tuples import NamedTuple
from backendd.core.inbound import Context, Envelope
from backendd.features.mentions import model
from backendd.session.stages import MessageStage
from backendd.store import mentions
from backendd.store.ledger import Ledger

_REFERENCE = "{urn:xmpp:reference:0}reference"
_MOST_REFERENCES = 100


class Spoken(NamedTuple):
    """By which names a message speaks to the user; by an address alone where there are none."""

    names: list[str]


def _spoken(context: Context, envelope: Envelope) -> Spoken | None:
    new = envelope.new
    if new is None or envelope.direction != "in" or new.type != "message":
        return None
    settings, us = context.settings, context.rooms.joined.get(envelope.peer)
    names = list(settings.highlight)
    addresses = {context.own.bare}
    if envelope.kind == "room" and us is not None:
        nicks = us.nicks_at(envelope.time)
        names += nicks
        addresses |= {f"{envelope.peer}/{nick}" for nick in nicks}
        if settings.highlight_everyone:
            names += model.EVERYONE
    by = model.found(new.body, list(filter(None, names)))
    is_meant = bool(by) or any(each in addresses for each in _mentioned(envelope))
    return Spoken(by) if is_meant else None


def _mentioned(envelope: Envelope) -> Iterator[str]:
    """Yield whom a message says that it mentions (XEP-0372)."""
    # Quicker than `iterfind`, which reads what it looks for as a path, for each message.
    references = (each for each in envelope.stanza if each.tag == _REFERENCE)
    for each in islice(references, _MOST_REFERENCES):
        uri = each.get("uri", "")
        if each.get("type") == "mention" and uri.startswith("xmpp:"):
            yield unquote(uri.removeprefix("xmpp:").partition("?")[0])


def _note(ledger: Ledger, context: Context, envelope: Envelope, spoken: Spoken) -> Envelope:
    if envelope.message:
        mentions.save(ledger, envelope.message, spoken.names)
    return envelope


MENTIONED = MessageStage("mentions", _spoken, _note)
