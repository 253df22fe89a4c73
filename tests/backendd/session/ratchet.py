"""A cipher of the tests, in the place of encryption: each message can be opened only once.

It is as poor as can be, but has what makes ciphers hard to place: a state that moves with each
message, can't be moved back, and must never be ahead of what is stored or behind it.
"""

from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

from backendd.core import xml
from backendd.core.inbound import Context, Envelope
from backendd.features.messages.inbound import MATCH
from backendd.inbound import INBOUND
from backendd.session.stages import Inbound, MessageStage
from backendd.store.ledger import Ledger

_NAMESPACE = "urn:xmpp:omemo:2"
TABLE = "CREATE TABLE ratchet (author TEXT PRIMARY KEY, step INTEGER NOT NULL)"


def sealed(step: int, content: str) -> str:
    """Return what stands in a message for `content`, XML that is sealed as the `step`th."""
    return (
        f"<encrypted xmlns='{_NAMESPACE}'><header sid='{step}'/>"
        f"<payload>{content.encode().hex()}</payload></encrypted>"
    )


def _find(context: Context, envelope: Envelope) -> Element | None:
    return xml.child(envelope.stanza, _NAMESPACE, "encrypted")


def _open(ledger: Ledger, context: Context, envelope: Envelope, seal: Element) -> Envelope:
    header = xml.child(seal, _NAMESPACE, "header")
    assert header is not None
    step = int(header.get("sid", ""))
    author = envelope.author.key
    row = ledger.db.execute("SELECT step FROM ratchet WHERE author = ?", (author,)).fetchone()
    if step <= (row[0] if row else 0):
        raise ValueError("the key of this message is gone")
    ledger.db.execute("INSERT OR REPLACE INTO ratchet VALUES (?, ?)", (author, step))
    content = bytes.fromhex(xml.child_text(seal, _NAMESPACE, "payload")).decode()
    opened = fromstring(f"<message xmlns='jabber:client'>{content}</message>")
    opened.attrib = envelope.stanza.attrib
    opened.extend(child for child in envelope.stanza if child is not seal)
    return envelope._replace(stanza=opened)


OPEN = MessageStage("open", _find, _open)


def _order() -> Inbound:
    """Return the order of the registry with the cipher in its place."""
    index = INBOUND.messages.index(MATCH) + 1
    return replace(INBOUND, messages=(*INBOUND.messages[:index], OPEN, *INBOUND.messages[index:]))


ORDER = _order()
