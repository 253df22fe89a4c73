"""Transfers that entries wait for: those of their files that have no address yet."""

from collections.abc import Iterable, Mapping

from backendd.core.transfers import TransfersReleased
from backendd.store import transfers
from backendd.store.ledger import Ledger


def release(ledger: Ledger, entry_id: int) -> None:
    """Have an entry wait for no file any more; what is on its way with it has to be cancelled."""
    rearrange(ledger, entry_id, {})


def rearrange(ledger: Ledger, entry_id: int, places: Mapping[int, int]) -> None:
    """Have an entry wait for those files alone that stood at these places, where they stand now.

    What else is on its way with it has to be cancelled.
    """
    rows = ledger.db.execute(
        "SELECT id, attachment FROM transfer WHERE entry = ? AND direction = 'out' "
        "AND state <> 'done'",
        (entry_id,),
    ).fetchall()
    for row_id, place in rows:
        if place in places:
            change, value = "attachment = ?", places[place]
        else:
            change, value = "entry = ?", None
            ledger.note(_tell_released, row_id)
        ledger.db.execute(f"UPDATE transfer SET {change} WHERE id = ?", (value, row_id))


def _tell_released(ledger: Ledger, ids: list[int]) -> Iterable[object]:
    return [TransfersReleased(), *transfers.tell_changed(ledger, ids)]
