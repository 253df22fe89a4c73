"""What of the outbox is uncertain: the server may have it, and nothing has come that says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from backendd.store import outbox
from backendd.store.ledger import Ledger
from backendd.store.view import View


@dataclass(frozen=True, slots=True)
class Uncertain:
    """What one archive has to resolve: rows, and the place and time from before the first."""

    ids: tuple[int, ...] = ()
    cursor: str = ""
    time: int = 0


class Asked(NamedTuple):
    """What is resolved by asking for it: a row, whom to ask, and for which item."""

    id: int
    resolver: str
    item: str


def begin_stream(ledger: Ledger, sm_id: str) -> None:
    """Doubt all that went out on another stream than `sm_id` and isn't settled."""
    ledger.db.execute(
        "UPDATE outbox SET state = 'uncertain' "
        "WHERE profile = ? AND state IN ('flight', 'accepted') AND sm_id <> ?",
        (ledger.profile_id, sm_id),
    )


def leave_lane(ledger: Ledger, lane: str) -> None:
    """Doubt what the server has accepted in a lane: what would settle it comes no more, or late."""
    ledger.db.execute(
        "UPDATE outbox SET state = 'uncertain' "
        "WHERE profile = ? AND lane = ? AND state = 'accepted'",
        (ledger.profile_id, lane),
    )


def of_archive(view: View, resolver: str) -> Uncertain:
    """Return what the archive of `resolver` has to resolve."""
    rows = view.db.execute(
        "SELECT id, cursor, time FROM outbox WHERE profile = ? AND state = 'uncertain' "
        "AND resolved <> 'blind' AND resolved = 'archive' AND resolver = ? ORDER BY id",
        (view.profile_id, resolver),
    ).fetchall()
    if not rows:
        return Uncertain()
    return Uncertain(tuple(row[0] for row in rows), rows[0][1], rows[0][2])


def to_ask(view: View, lane: str) -> list[Asked]:
    """Return what is resolved by asking for it in a lane, in order."""
    rows = view.db.execute(
        "SELECT id, resolver, item FROM outbox WHERE profile = ? AND lane = ? "
        "AND state = 'uncertain' AND resolved <> 'blind' AND resolved = 'ask' ORDER BY id",
        (view.profile_id, lane),
    )
    return [Asked(*row) for row in rows]


def send_again(ledger: Ledger, ids: Iterable[int]) -> None:
    """Have those of `ids` sent again that are still uncertain: they didn't arrive."""
    ledger.db.executemany(
        "UPDATE outbox SET state = 'fresh', sm_id = '' WHERE id = ? AND state = 'uncertain'",
        [(row_id,) for row_id in ids],
    )
    outbox.tell_filled(ledger)


def send_again_blindly(ledger: Ledger) -> None:
    """Have everything uncertain sent again that may come twice."""
    ledger.db.execute(
        "UPDATE outbox SET state = 'fresh', sm_id = '' "
        "WHERE profile = ? AND state = 'uncertain' AND resolved = 'blind'",
        (ledger.profile_id,),
    )
