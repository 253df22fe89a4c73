"""What of the outbox is uncertain: the server may have it, and nothing has come that says so."""

from collections.abc import Callable, Iterable

from backendd.api.errors import Timeout
from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.core import clock, jid
from backendd.core.messages import OutboxDoubted
from backendd.store import outbox, settling
from backendd.store.ledger import Ledger
from backendd.store.outbox import Resolved
from backendd.store.view import View

MOST_WAITS = 3
"""So often what settles something is waited for, until it fails."""


class Uncertain(Value):
    """What one archive has to resolve: rows, and the place and time from before the first."""

    ids: tuple[int, ...] = ()
    cursor: str = ""
    time: int = 0


_DOUBTED = "id, lane, resolved, resolver"


class Asked(NamedTuple):
    """What is resolved by asking for it: a row, whom to ask, and for which item."""

    id: int
    resolver: str
    item: str


def suspect(ledger: Ledger, sm_id: str, *, is_lone: bool) -> None:
    """Note that the stream `sm_id` was closed over something in flight on it.

    `is_lone`: nothing else was in flight.
    """
    ledger.db.execute(
        "UPDATE outbox SET suspicion = max(suspicion, 1) + ? "
        "WHERE profile = ? AND sm_id = ? AND state = 'flight'",
        (is_lone, ledger.profile_id, sm_id),
    )


def release(ledger: Ledger, sm_id: str) -> None:
    """Have everything sent again that went out on the stream `sm_id` and isn't acknowledged."""
    ledger.db.execute(
        "UPDATE outbox SET state = 'fresh', sm_id = '' "
        "WHERE profile = ? AND sm_id = ? AND state = 'flight'",
        (ledger.profile_id, sm_id),
    )


def begin_stream(ledger: Ledger, sm_id: str) -> None:
    """Doubt all that went out on another stream than `sm_id` and isn't settled."""
    ledger.db.execute(
        "UPDATE outbox SET state = 'uncertain' "
        "WHERE profile = ? AND state IN ('flight', 'accepted') AND sm_id <> ?",
        (ledger.profile_id, sm_id),
    )


def leave_lane(ledger: Ledger, lane: str) -> None:
    """Doubt what the server has accepted in a lane: what would settle it comes no more, or late."""
    rows = ledger.db.execute(
        "UPDATE outbox SET state = 'uncertain' "
        f"WHERE profile = ? AND lane = ? AND state = 'accepted' RETURNING {_DOUBTED}",
        (ledger.profile_id, lane),
    ).fetchall()
    _doubted(ledger, rows)


def refused(ledger: Ledger, lane: str, stanza_id: str) -> bool:
    """Doubt what was refused and may be taken the next time; False where that was tried enough."""
    row = ledger.db.execute(
        "UPDATE outbox SET state = 'uncertain', waits = waits + 1 WHERE profile = ? AND lane = ? "
        "AND stanza_id = ? AND state IN ('flight', 'accepted', 'uncertain') AND waits < ? "
        "RETURNING id",
        (ledger.profile_id, lane, stanza_id, MOST_WAITS),
    ).fetchone()
    return row is not None


def postpone(ledger: Ledger, iq_id: str, is_answer: Callable[[str], bool]) -> bool:
    """Doubt after a while an iq that is refused for now; False where that was tried enough.

    It is as if it had no answer: who resolves it asks, and what isn't there goes out again.
    """
    rows = [
        row
        for row_id in settling.answered(ledger, iq_id, is_answer)
        for row in ledger.db.execute(
            "UPDATE outbox SET state = 'accepted', accepted = ? WHERE id = ? AND waits < ? "
            "AND state IN ('flight', 'accepted', 'uncertain') RETURNING id",
            (clock.now_us(), row_id, MOST_WAITS - 1),
        ).fetchall()
    ]
    if rows:
        settling.tell_accepted(ledger)
    return bool(rows)


def next_deadline(view: View, patience_us: int) -> int | None:
    """Return when the first of what is accepted is to be doubted; None where nothing is."""
    (first,) = view.db.execute(
        "SELECT min(accepted) FROM outbox WHERE profile = ? AND state = 'accepted'",
        (view.profile_id,),
    ).fetchone()
    return None if first is None else first + patience_us


def expire(ledger: Ledger, patience_us: int) -> None:
    """Doubt what was accepted `patience_us` ago, or in a time to come: the clock was set."""
    now = clock.now_us()
    rows = ledger.db.execute(
        "UPDATE outbox SET state = 'uncertain', waits = waits + 1 WHERE profile = ? "
        f"AND state = 'accepted' AND accepted NOT BETWEEN ? AND ? RETURNING {_DOUBTED}",
        (ledger.profile_id, now - patience_us + 1, now),
    ).fetchall()
    _doubted(ledger, rows)


def _doubted(ledger: Ledger, rows: Iterable[tuple[int, str, Resolved, str]]) -> None:
    """Have those told of who resolve it; what may come twice is sent again."""
    for row_id, lane, resolved, resolver in rows:
        if resolved == "blind":
            send_again(ledger, [row_id])
        else:
            ledger.note(_tell_doubted, (lane, resolver if resolved == "archive" else None))


def _tell_doubted(ledger: Ledger, noted: list[tuple[str, str | None]]) -> Iterable[object]:
    lanes = dict.fromkeys(lane for lane, _ in noted)
    archives = dict.fromkeys(archive for _, archive in noted if archive is not None)
    return [OutboxDoubted(tuple(lanes), tuple(archives))]


def of_archive(view: View, resolver: str) -> Uncertain:
    """Return what the archive of `resolver` has to resolve."""
    rows = view.db.execute(
        "SELECT id, cursor, time FROM outbox WHERE profile = ? AND state = 'uncertain' "
        "AND resolved <> 'blind' AND resolved = 'archive' AND resolver = ? ORDER BY id",
        (view.profile_id, resolver),
    ).fetchall()
    if not rows:
        return Uncertain()
    _, cursor, time = rows[0]
    return Uncertain(tuple(row_id for row_id, _, _ in rows), cursor, time)


def to_ask(view: View, lane: str) -> list[Asked]:
    """Return what is resolved by asking for it in a lane, in order."""
    rows = view.db.execute(
        "SELECT id, resolver, item FROM outbox WHERE profile = ? AND lane = ? "
        "AND state = 'uncertain' AND resolved <> 'blind' AND resolved = 'ask' ORDER BY id",
        (view.profile_id, lane),
    )
    return [Asked(*row) for row in rows]


def send_again(ledger: Ledger, ids: Iterable[int]) -> None:
    """Have those of `ids` sent again that are still uncertain: they didn't arrive.

    One that was waited for too often fails.
    """
    for row_id in ids:
        row = ledger.db.execute(
            "UPDATE outbox SET state = 'fresh', sm_id = '' WHERE id = ? AND state = 'uncertain' "
            "RETURNING waits, resolver",
            (row_id,),
        ).fetchone()
        waits, resolver = row or (0, "")
        if waits >= MOST_WAITS:
            settling.fail(ledger, row_id, _unconfirmed(resolver))
    outbox.tell_filled(ledger)


def _unconfirmed(resolver: str) -> Timeout:
    who = jid.shown(resolver) if resolver else "the server"
    return Timeout(
        f"{who} was sent this {MOST_WAITS} times and never confirmed it; it may have arrived"
    )


def send_again_blindly(ledger: Ledger) -> None:
    """Have everything uncertain sent again that may come twice."""
    ledger.db.execute(
        "UPDATE outbox SET state = 'fresh', sm_id = '' "
        "WHERE profile = ? AND state = 'uncertain' AND resolved = 'blind'",
        (ledger.profile_id,),
    )
