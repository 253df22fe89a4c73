"""What of a profile's stream outlives the process: its numbers, and how to resume it."""

from backendd.api.tuples import NamedTuple
from backendd.store.ledger import Ledger
from backendd.store.view import View


class KnownStream(NamedTuple):
    """What is known of the last stream, by the names of the columns; see Resumption."""

    sm_id: str
    full_jid: str
    handled: int
    acked: int
    expires: int
    location: str
    is_set_up: int = 0
    trusts_ids: int = 0


_SELECT = f"SELECT {', '.join(KnownStream._fields)} FROM stream WHERE profile = ?"
_INSERT = (
    f"INSERT INTO stream (profile, {', '.join(KnownStream._fields)}) "
    f"VALUES (?{', ?' * len(KnownStream._fields)})"
)


def load(view: View) -> KnownStream | None:
    """Return what is known of the last stream."""
    row = view.db.execute(_SELECT, (view.profile_id,)).fetchone()
    return KnownStream._make(row) if row is not None else None


def save(ledger: Ledger, known: KnownStream | None) -> None:
    """Replace what is known of the stream; None if it can't be resumed."""
    ledger.db.execute("DELETE FROM stream WHERE profile = ?", (ledger.profile_id,))
    if known is not None:
        ledger.db.execute(_INSERT, (ledger.profile_id, *known))


def save_set_up(ledger: Ledger, sm_id: str) -> None:
    """Note that all was sent that is due at the beginning of a stream."""
    ledger.db.execute(
        "UPDATE stream SET is_set_up = 1 WHERE profile = ? AND sm_id = ?",
        (ledger.profile_id, sm_id),
    )


def save_trust(ledger: Ledger, sm_id: str, *, is_trusted: bool) -> None:
    """Note whether the server of a stream sets stanza ids (XEP-0359)."""
    ledger.db.execute(
        "UPDATE stream SET trusts_ids = ? WHERE profile = ? AND sm_id = ?",
        (is_trusted, ledger.profile_id, sm_id),
    )


def save_handled(ledger: Ledger, sm_id: str, handled: int) -> None:
    """Note that the first `handled` stanzas from the server are committed, with this."""
    ledger.db.execute(
        "UPDATE stream SET handled = ? WHERE profile = ? AND sm_id = ?",
        (handled, ledger.profile_id, sm_id),
    )


def save_acked(ledger: Ledger, sm_id: str, acked: int) -> None:
    """Note that the server has the first `acked` of our stanzas."""
    ledger.db.execute(
        "UPDATE stream SET acked = ? WHERE profile = ? AND sm_id = ?",
        (acked, ledger.profile_id, sm_id),
    )
