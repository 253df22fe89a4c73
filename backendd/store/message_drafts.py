"""Drafts of messages: one to each conversation, which ends with the message that it becomes."""

import secrets

from backendd.core.conversations import Peer
from backendd.store import conversations, sent_drafts
from backendd.store.ledger import Ledger
from backendd.store.sent_drafts import Saying


def keep(ledger: Ledger, conversation_id: int, draft: str, draft_id: str = "") -> None:
    """Keep unsent text, by an id of its own if none is given; an empty one is none."""
    ledger.db.execute(
        "UPDATE conversation SET draft = ?, draft_id = ? WHERE id = ?",
        (draft, (draft_id or secrets.token_hex(8)) if draft else "", conversation_id),
    )
    conversations.touch(ledger, conversation_id)


def said(ledger: Ledger, whom: Peer, draft_id: str, body: str, now: int) -> int | None:
    """Return the id of the message that was made of a draft, and says this."""
    sent = sent_drafts.find(ledger, Saying(whom.jid, draft_id, body), now) if draft_id else ""
    row = ledger.db.execute("SELECT id FROM message WHERE id = ?", (sent,)).fetchone()
    return int(row[0]) if row else None


def end(ledger: Ledger, whom: Peer, draft_id: str, body: str, message_id: int, now: int) -> None:
    """Note which message was made of a draft, which is no more then; a later one stays."""
    sent_drafts.note(ledger, Saying(whom.jid, draft_id, body), str(message_id), now)
    ended = ledger.db.execute(
        "UPDATE conversation SET draft = '', draft_id = '' "
        "WHERE profile = ? AND peer = ? AND draft_id = ? RETURNING id",
        (ledger.profile_id, whom.jid, draft_id),
    ).fetchone()
    if ended:
        conversations.touch(ledger, ended[0])


def forget(ledger: Ledger, whom: Peer, conversation_id: int) -> None:
    """Have there be no draft, and nothing of what was made of earlier ones."""
    keep(ledger, conversation_id, "")
    sent_drafts.forget(ledger, whom.jid)
