"""What entries were written by: none is written twice with one token, or as the same of a draft."""

from backendd.core.entries import Feed
from backendd.store import entry_rows, feeds, sent_drafts
from backendd.store.ledger import Ledger
from backendd.store.sent_drafts import Saying

LIFETIME_US = 7 * 24 * 3600 * 1_000_000


def take(ledger: Ledger, feed: Feed, item: str, token: str, saying: Saying | None, now: int) -> str:
    """Return which item of a feed was written by these before, as `find` does.

    Where none was, `item` is from now on.
    """
    with_token = _by_token(ledger, token, now)
    known = with_token or _by_draft(ledger, feed, saying, now)
    if token and not with_token:
        ledger.db.execute(
            "INSERT INTO entry_token (profile, token, item, time) VALUES (?, ?, ?, ?)",
            (ledger.profile_id, token, known or item, now),
        )
    if saying is not None:
        sent_drafts.note(ledger, saying, known or item, now)
    return known


def find(ledger: Ledger, feed: Feed, token: str, saying: Saying | None, now: int) -> str:
    """Return which item of a feed was written with a token, or says this of a draft; else nothing.

    Old ones are dropped.
    """
    return _by_token(ledger, token, now) or _by_draft(ledger, feed, saying, now)


def _by_token(ledger: Ledger, token: str, now: int) -> str:
    if not token:
        return ""
    ledger.db.execute(
        "DELETE FROM entry_token WHERE profile = ? AND time < ?",
        (ledger.profile_id, now - LIFETIME_US),
    )
    row = ledger.db.execute(
        "SELECT item FROM entry_token WHERE profile = ? AND token = ?", (ledger.profile_id, token)
    ).fetchone()
    return str(row[0]) if row else ""


def _by_draft(ledger: Ledger, feed: Feed, saying: Saying | None, now: int) -> str:
    item = sent_drafts.find(ledger, saying, now) if saying is not None else ""
    feed_id = feeds.find(ledger, feed)
    is_there = feed_id is not None and entry_rows.known(ledger, feed_id, item) is not None
    return item if is_there else ""
