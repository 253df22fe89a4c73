"""A new message of ours: stored, and in the lane of its conversation."""

from xml.etree.ElementTree import Element

from backendd.core.conversations import Peer
from backendd.core.messages import NewMessage
from backendd.store import lanes, messages, occupancies, outbox
from backendd.store.ledger import Ledger
from backendd.store.messages import Added
from backendd.store.outbox import Terms


def add(ledger: Ledger, whom: Peer, own: str, body: str, message_id: str, time: int) -> Added:
    """Store a message that the account `own` says; it is pending, and nothing is sent yet."""
    return messages.add(
        ledger,
        NewMessage(
            peer=whom.jid,
            kind=whom.kind,
            direction="out",
            source="sent",
            sender=occupancies.ourselves(ledger, whom, own),
            author=own,
            body=body,
            time=time,
            way="sent",
            message_id=message_id,
            origin_id=message_id,
            state="pending",
        ),
    )


def queue(
    ledger: Ledger,
    whom: Peer,
    stanza: Element,
    time: int,
    message_id: int,
    *,
    is_held: bool = False,
) -> int:
    """Have the stanza sent that carries a message; return the id of its row.

    What `is_held` waits until the outbox lets it enter its lane.
    """
    # A room keeps what it has in an archive of its own, and says it to its author as well.
    is_room = whom.kind == "room"
    terms = Terms("echo", "archive", whom.jid) if is_room else Terms(resolved="archive")
    lane = lanes.conversation(whom.jid)
    return outbox.add(
        ledger, stanza, time, lane=lane, terms=terms, message_id=message_id, is_held=is_held
    )
