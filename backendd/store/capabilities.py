"""What clients announce of what they can do, and the answers that go with it (XEP-0115)."""

from backendd.core import clock
from backendd.core.capabilities import Caps
from backendd.store.ledger import Ledger
from backendd.store.view import View

KEPT = 1000
"""Answers that are kept; the one that was of use longest ago goes first."""

_DAY_US = 86_400_000_000


def announced(view: View, jid: str, resource: str) -> Caps | None:
    """Return what the presence of a contact's client announces."""
    row = view.db.execute(
        "SELECT caps FROM presence WHERE profile = ? AND jid = ? AND resource = ?",
        (view.profile_id, jid, resource),
    ).fetchone()
    return decode(row[0]) if row is not None else None


def encode(caps: Caps | None) -> str:
    """Return `caps` as they are stored with a presence."""
    return f"{caps.hash} {caps.ver} {caps.node}" if caps is not None else ""


def decode(stored: str) -> Caps | None:
    """Return what was stored with a presence."""
    hash_name, _, rest = stored.partition(" ")
    ver, _, node = rest.partition(" ")
    return Caps(node, hash_name, ver) if node else None


def load(view: View, caps: Caps) -> tuple[str, bool]:
    """Return the answer that is kept for `caps`, and whether it is time to say that it is of use.

    Empty where there is none.
    """
    row = view.db.execute(
        "SELECT info, used FROM capabilities WHERE hash = ? AND ver = ?", (caps.hash, caps.ver)
    ).fetchone()
    if row is None:
        return "", False
    info, used = row
    return info, used < clock.now_us() - _DAY_US


def save(ledger: Ledger, caps: Caps, info: str) -> None:
    """Keep the answer that goes with `caps`, for all profiles."""
    ledger.db.execute(
        "INSERT OR REPLACE INTO capabilities (hash, ver, info, used) VALUES (?, ?, ?, ?)",
        (caps.hash, caps.ver, info, clock.now_us()),
    )
    ledger.db.execute(
        "DELETE FROM capabilities WHERE (hash, ver) IN "
        "(SELECT hash, ver FROM capabilities ORDER BY used DESC LIMIT -1 OFFSET ?)",
        (KEPT,),
    )


def use(ledger: Ledger, caps: Caps) -> None:
    """Say that the answer that is kept for `caps` was of use."""
    ledger.db.execute(
        "UPDATE capabilities SET used = ? WHERE hash = ? AND ver = ?",
        (clock.now_us(), caps.hash, caps.ver),
    )
