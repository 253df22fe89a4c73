"""The version of the roster, and who asks to see our presence."""

import sqlite3
from collections.abc import Iterable

from backendd.api import records
from backendd.core.contacts import RequestsChanged
from backendd.store.ledger import Ledger

MOST = 1000
"""Anyone can ask; the server repeats what had no room when there is some again."""


def load_version(db: sqlite3.Connection, profile_id: int) -> str:
    """Return the version of the stored roster (RFC 6121 2.6), empty without one."""
    row = db.execute("SELECT version FROM roster WHERE profile = ?", (profile_id,)).fetchone()
    return str(row[0]) if row else ""


def save_version(ledger: Ledger, version: str) -> None:
    """Replace the version of the stored roster."""
    ledger.db.execute(
        "INSERT OR REPLACE INTO roster (profile, version) VALUES (?, ?)",
        (ledger.profile_id, version),
    )


def load_requests(db: sqlite3.Connection, profile_id: int) -> list[records.Request]:
    """Return the open requests, oldest first."""
    rows = db.execute(
        "SELECT jid, text, time FROM request WHERE profile = ? ORDER BY time, jid", (profile_id,)
    )
    return [records.Request(jid=jid, text=text, time=time) for jid, text, time in rows]


def save_request(ledger: Ledger, request: records.Request) -> None:
    """Store a request; one that is repeated keeps its time. There are at most `MOST`."""
    ledger.db.execute(
        "INSERT INTO request (profile, jid, text, time) SELECT ?1, ?2, ?3, ?4 "
        "WHERE (SELECT count(*) FROM request WHERE profile = ?1) < ?5 "
        "ON CONFLICT (profile, jid) DO UPDATE SET text = excluded.text",
        (ledger.profile_id, request.jid, request.text, request.time, MOST),
    )
    ledger.note(_tell, request.jid)


def remove_request(ledger: Ledger, jid: str) -> None:
    """Remove a request, if there is one."""
    gone = ledger.db.execute(
        "DELETE FROM request WHERE profile = ? AND jid = ? RETURNING jid", (ledger.profile_id, jid)
    ).fetchone()
    if gone is not None:
        ledger.note(_tell, jid)


def _tell(ledger: Ledger, jids: list[str]) -> Iterable[object]:
    still = {request.jid: request for request in load_requests(ledger.db, ledger.profile_id)}
    found = [still[jid] for jid in jids if jid in still]
    return [RequestsChanged(ledger.profile_id, found, [jid for jid in jids if jid not in still])]
