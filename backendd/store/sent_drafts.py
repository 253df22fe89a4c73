"""What was sent of drafts: frontends share these, and two may send one at the same moment.

A draft has an id, another each time that it is kept. Who sends it says which one, and what was said
of it before isn't said again; what is said otherwise is, for somebody has written that.
"""

from hashlib import sha256

from backendd.api.tuples import NamedTuple
from backendd.store.ledger import Ledger
from backendd.store.view import View

LONGEST_ID = 100
"""Characters of the id of a draft."""

LIFETIME_US = 7 * 24 * 3600 * 1_000_000


class Saying(NamedTuple):
    """What is said of a draft, at a `place`: the address of whom or what it is for."""

    place: str
    draft: str
    said: str


def find(ledger: Ledger, saying: Saying, now: int) -> str:
    """Return the id of what was sent that says this; empty where nothing was.

    Old ones are dropped.
    """
    ledger.db.execute(
        "DELETE FROM sent_draft WHERE profile = ? AND time < ?",
        (ledger.profile_id, now - LIFETIME_US),
    )
    row = ledger.db.execute(
        f"SELECT sent FROM sent_draft WHERE {_OF} AND said = ?",
        (ledger.profile_id, saying.place, saying.draft, _digest(saying.said)),
    ).fetchone()
    return str(row[0]) if row else ""


def note(ledger: Ledger, saying: Saying, sent: str, now: int) -> None:
    """Remember what was sent that says this."""
    ledger.db.execute(
        "INSERT OR REPLACE INTO sent_draft (profile, place, draft, said, sent, time) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (ledger.profile_id, saying.place, saying.draft, _digest(saying.said), sent, now),
    )


def forget(ledger: Ledger, place: str) -> None:
    """Have nothing be known of what was sent to a place."""
    ledger.db.execute(
        "DELETE FROM sent_draft WHERE profile = ? AND place = ?", (ledger.profile_id, place)
    )


def begin_anew(ledger: Ledger, draft: str) -> None:
    """Have nothing be known of what was sent of a draft, wherever: it is another one now."""
    ledger.db.execute(
        "DELETE FROM sent_draft WHERE profile = ? AND draft = ?", (ledger.profile_id, draft)
    )


def is_gone(view: View, place: str, draft: str) -> bool:
    """Return whether something was sent of a draft, which is over then."""
    row = view.db.execute(
        f"SELECT 1 FROM sent_draft WHERE {_OF} LIMIT 1", (view.profile_id, place, draft)
    ).fetchone()
    return row is not None


_OF = "profile = ? AND place = ? AND draft = ?"


def _digest(said: str) -> bytes:
    # What is taken back, or deleted here, must not be found in this table.
    return sha256(said.encode(errors="surrogatepass")).digest()
