"""Whether what is written to an address gets there: what is told of it after a commit."""

from collections.abc import Iterable
from typing import NamedTuple

from backendd.core.messages import Reached, Unreachable
from backendd.store.ledger import Ledger


class _Seen(NamedTuple):
    """`refusal` is the sentence of why a message came back; empty where the address answers."""

    conversation: int
    message: int
    refusal: str


def answers(ledger: Ledger, conversation_id: int, message_id: int) -> None:
    """Have it told that a message came from there, or was taken there."""
    ledger.note(_tell, _Seen(conversation_id, message_id, ""))


def refuses(ledger: Ledger, conversation_id: int, message_id: int, sentence: str) -> None:
    """Have it told that a message can't be written to where it goes."""
    ledger.note(_tell, _Seen(conversation_id, message_id, sentence))


def _tell(ledger: Ledger, noted: list[_Seen]) -> Iterable[object]:
    peers = {conversation: _peer(ledger, conversation) for conversation, _, _ in noted}
    for seen in noted:
        peer = peers[seen.conversation]
        yield Unreachable(peer, seen.refusal) if seen.refusal else Reached(peer)


def _peer(ledger: Ledger, conversation_id: int) -> str:
    row = ledger.db.execute(
        "SELECT peer FROM conversation WHERE id = ?", (conversation_id,)
    ).fetchone()
    return str(row[0])
