"""The Markdown that entries were written in here, as long as they say what was made of it."""

import json
from hashlib import sha256

from backendd.core.entries import Content
from backendd.store import publication_rows
from backendd.store.entry_rows import Says
from backendd.store.ledger import Ledger
from backendd.store.view import View


def keep(ledger: Ledger, entry_id: int, content: Content, markdown: str) -> None:
    """Store what an entry was written in that says this now; what was before may come back."""
    now, kept = _mark(content.text, content.xhtml), list[bytes]()
    known = publication_rows.find(ledger, entry_id)
    if known is not None and known.before:
        before = Says(*json.loads(known.before))
        kept.append(_mark(before.body, before.xhtml))
    ledger.db.execute(
        "DELETE FROM entry_source WHERE entry = ? "
        "AND hex(says) NOT IN (SELECT value FROM json_each(?))",
        (entry_id, json.dumps([each.hex().upper() for each in (now, *kept)])),
    )
    if markdown:
        ledger.db.execute(
            "INSERT OR REPLACE INTO entry_source (entry, says, markdown) VALUES (?, ?, ?)",
            (entry_id, now, markdown),
        )


def find(view: View, entry_id: int, says: Says) -> str:
    """Return the Markdown of an entry that says this; empty where that isn't known."""
    row = view.db.execute(
        "SELECT markdown FROM entry_source WHERE entry = ? AND says = ?",
        (entry_id, _mark(says.body, says.xhtml)),
    ).fetchone()
    return row[0] if row else ""


def _mark(body: str, xhtml: str) -> bytes:
    return sha256(f"{body}\0{xhtml}".encode()).digest()
