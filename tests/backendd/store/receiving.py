"""Messages as the stages of a stream store them."""

from backendd.core.messages import NewMessage, Placing
from backendd.store import messages
from backendd.store.ledger import Ledger


def receive(ledger: Ledger, new: NewMessage, *, placing: Placing | None = None) -> tuple[int, bool]:
    """Merge a message or store it; return its id and whether it is new."""
    known = messages.merge(ledger, new, placing=placing)
    if known is not None:
        return known, False
    return messages.add(ledger, new, placing=placing).id, True
