"""Read states as items of a node of our own account (XEP-0490)."""

from xml.etree.ElementTree import Element

from backendd.api.errors import InvalidJid
from backendd.core import jid, xml
from backendd.core.pubsub import Item, Options
from backendd.features.read_state.model import ReadState

NODE = "urn:xmpp:mds:displayed:0"
LONGEST_ID = 1024

OPTIONS: Options = {
    "persist_items": True,
    "max_items": "max",
    "send_last_published_item": "never",
    "access_model": "whitelist",
}


def encode(state: ReadState) -> Item:
    """Return the item that says it."""
    named = {"by": state.archive, "id": state.stanza_id}
    stanza_id = xml.element(xml.STANZA_IDS, "stanza-id", named)
    return Item(state.peer, xml.element(NODE, "displayed", children=[stanza_id]))


def decode(item: Item) -> ReadState | None:
    """Return what an item says, None where that is nothing."""
    payload: Element | None = item.payload
    if payload is None or payload.tag != f"{{{NODE}}}displayed":
        return None
    named = xml.child(payload, xml.STANZA_IDS, "stanza-id")
    if named is None or not 0 < len(named.get("id", "")) <= LONGEST_ID:
        return None
    try:
        peer = jid.received(item.id)
    except InvalidJid:
        return None
    return ReadState(peer.full, named.get("by", ""), named.get("id", ""))
