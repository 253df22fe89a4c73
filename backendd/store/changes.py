"""What is told of messages after a commit: those that are different, and those that are gone."""

from collections.abc import Iterable

from backendd.core.messages import MessagesChanged, MessagesRemoved
from backendd.store import conversations, index, pages
from backendd.store.ledger import Ledger


def added(ledger: Ledger, message_id: int, conversation_id: int) -> None:
    """Have a message told that is new, and found by its words."""
    touch(ledger, message_id, conversation_id)
    ledger.note(_index, None)


def _index(ledger: Ledger, _: list[None]) -> Iterable[object]:
    index.complete(ledger.db)
    return ()


def touch(ledger: Ledger, message_id: int, conversation_id: int) -> None:
    """Have a message told, and the conversation whose record may show it."""
    ledger.note(_tell_changed, message_id)
    conversations.touch(ledger, conversation_id)


def contributed(ledger: Ledger, message_id: int, table: str) -> None:
    """Have a message told, with a new revision: what `table` adds to it is different."""
    ledger.contributors.uses(table)
    revise(ledger, message_id)


def revise(ledger: Ledger, message_id: int) -> None:
    """Have a message told, with a new revision."""
    row = ledger.db.execute(
        "UPDATE message SET revision = ? WHERE id = ? RETURNING conversation",
        (ledger.revise(), message_id),
    ).fetchone()
    if row:
        touch(ledger, message_id, row[0])


def removed(ledger: Ledger, message_id: int, conversation_id: int, peer: str) -> None:
    """Have it told that a message is gone."""
    ledger.note(_tell_removed, (peer, message_id))
    conversations.touch(ledger, conversation_id)


def _tell_changed(ledger: Ledger, ids: list[int]) -> Iterable[object]:
    told = pages.load(ledger, ids)
    return [MessagesChanged(told)] if told else []


def _tell_removed(ledger: Ledger, gone: list[tuple[str, int]]) -> Iterable[object]:
    ids: dict[str, list[int]] = {}
    for peer, message_id in gone:
        ids.setdefault(peer, []).append(message_id)
    ledger.db.executemany(
        "INSERT INTO removed (profile, revision, message) VALUES (?, ?, ?)",
        [(ledger.profile_id, ledger.revise(), message_id) for _, message_id in gone],
    )
    return [MessagesRemoved(peer, found) for peer, found in ids.items()]
