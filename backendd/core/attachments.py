"""The nodes of what people attach to items (XEP-0470)."""

from backendd.core import uris
from backendd.core.uris import ItemAddress

ATTACHMENTS = "urn:xmpp:pubsub-attachments:1"

PREFIX = f"{ATTACHMENTS}/"


def node_of(target: ItemAddress) -> str:
    """Return the node of what is attached to an item, at the service of that."""
    return PREFIX + uris.encode(target)


def target_of(node: str) -> ItemAddress | None:
    """Return to what item a node is; None where it is no node of attachments."""
    found = uris.decode(node.removeprefix(PREFIX)) if node.startswith(PREFIX) else None
    return found if found is not None and found.item else None
