"""The outbox: what has to reach the server, and how far each of it got (see `Out` below).

A row is fresh (`sm_id` empty), in flight (on the present stream, with its stanza number) or
uncertain (on a stream that is gone: the server may or may not have it).
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from backendd.core.messages import OutboxFilled
from backendd.store import messages
from backendd.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Out:
    """A stanza on its way out.

    `tries` counts how often it was written before; `message` is the message it carries, if any.
    `suspicion` says how much speaks for it that the server closes the stream because of it: 1
    where others were in flight as well, one more each time it was alone.
    """

    id: int
    stanza: str
    time: int
    tries: int
    message: int | None
    suspicion: int


def add(ledger: Ledger, stanza: str, time: int, *, message_id: int | None = None) -> None:
    """Have `stanza` sent as soon as there is a stream; `message_id` is the message it carries."""
    ledger.db.execute(
        "INSERT INTO outbox (profile, message, stanza, time) VALUES (?, ?, ?, ?)",
        (ledger.profile_id, message_id, stanza, time),
    )
    ledger.note(_tell_filled, None)


def _tell_filled(ledger: Ledger, _: list[None]) -> Iterable[object]:
    return [OutboxFilled()]


def fresh(db: sqlite3.Connection, profile_id: int, sm_id: str, limit: int) -> list[Out]:
    """Return what is to be written next on the stream `sm_id`: in order, suspects last.

    What belongs to the same conversation as an uncertain or a suspected one waits for it: else it
    could overtake it. The other conversations don't.
    """
    rows = db.execute(
        """SELECT o.id, o.stanza, o.time, o.tries, o.message, o.suspicion FROM outbox o
           LEFT JOIN message m ON m.id = o.message
           WHERE o.profile = ?1 AND o.sm_id = '' AND (m.conversation IS NULL OR
             m.conversation NOT IN (
               SELECT um.conversation FROM outbox u JOIN message um ON um.id = u.message
               WHERE u.profile = ?1 AND u.sm_id NOT IN ('', ?2))
             AND (o.suspicion > 0 OR m.conversation NOT IN (
               SELECT sm.conversation FROM outbox s JOIN message sm ON sm.id = s.message
               WHERE s.profile = ?1 AND s.suspicion > 0 AND s.sm_id = '')))
           ORDER BY o.suspicion > 0, o.id LIMIT ?3""",
        (profile_id, sm_id, limit),
    )
    return [Out(*row) for row in rows]


def put_in_flight(ledger: Ledger, ids: list[int], sm_id: str, first: int, archive: str) -> bool:
    """Note that `ids` go out on the stream `sm_id` as stanzas `first` and following.

    Returns False, with nothing done, where one of them is no longer to be sent.
    """
    marks = ",".join("?" * len(ids))
    query = f"SELECT count(*) FROM outbox WHERE id IN ({marks})"
    if ledger.db.execute(query, ids).fetchone()[0] < len(ids):
        return False
    row = ledger.db.execute(
        "SELECT cursor FROM archive WHERE profile = ? AND jid = ?", (ledger.profile_id, archive)
    ).fetchone()
    cursor = row[0] if row else ""
    ledger.db.executemany(
        "UPDATE outbox SET sm_id = ?, number = ?, tries = tries + 1, "
        "cursor = CASE WHEN tries = 0 THEN ? ELSE cursor END WHERE id = ?",
        [(sm_id, first + index, cursor, out) for index, out in enumerate(ids)],
    )
    return True


def suspect(ledger: Ledger, sm_id: str, *, is_lone: bool) -> None:
    """Note that the stream `sm_id` was closed over something in flight on it.

    `is_lone`: nothing else was in flight.
    """
    ledger.db.execute(
        "UPDATE outbox SET suspicion = max(suspicion, 1) + ? WHERE profile = ? AND sm_id = ?",
        (is_lone, ledger.profile_id, sm_id),
    )


def settle(ledger: Ledger, sm_id: str, handled: int) -> None:
    """Note that the server has the first `handled` stanzas of the stream `sm_id`."""
    rows = ledger.db.execute(
        "DELETE FROM outbox WHERE profile = ? AND sm_id = ? AND number <= ? RETURNING message",
        (ledger.profile_id, sm_id, handled),
    ).fetchall()
    messages.advance(ledger, [row[0] for row in rows if row[0] is not None], "sent")


def oldest_uncertain(db: sqlite3.Connection, profile_id: int, sm_id: str) -> tuple[str, int] | None:
    """Return `(archive cursor, time)` from before the first message that is uncertain."""
    row = db.execute(
        "SELECT cursor, time FROM outbox WHERE profile = ? AND sm_id NOT IN ('', ?) "
        "AND message IS NOT NULL ORDER BY id LIMIT 1",
        (profile_id, sm_id),
    ).fetchone()
    return (row[0], row[1]) if row else None


def release_uncertain(ledger: Ledger, sm_id: str) -> None:
    """Have everything sent again that is on no stream but perhaps `sm_id`."""
    ledger.db.execute(
        "UPDATE outbox SET sm_id = '' WHERE profile = ? AND sm_id NOT IN ('', ?)",
        (ledger.profile_id, sm_id),
    )
    ledger.note(_tell_filled, None)


def release_notices(ledger: Ledger, sm_id: str) -> None:
    """As `release_uncertain`, but only what is no message: receipts and markers may come twice."""
    ledger.db.execute(
        "UPDATE outbox SET sm_id = '' WHERE profile = ? AND message IS NULL "
        "AND sm_id NOT IN ('', ?)",
        (ledger.profile_id, sm_id),
    )


def release(ledger: Ledger, sm_id: str) -> None:
    """Have everything sent again that went out on the stream `sm_id` and is not settled."""
    ledger.db.execute(
        "UPDATE outbox SET sm_id = '' WHERE profile = ? AND sm_id = ?", (ledger.profile_id, sm_id)
    )


def drop(ledger: Ledger, row_id: int) -> None:
    """Take one stanza out; its message is left as it is."""
    ledger.db.execute("DELETE FROM outbox WHERE id = ?", (row_id,))


def remove(ledger: Ledger, message_id: int) -> None:
    """Take out what carries a message; the message is left as it is."""
    ledger.db.execute("DELETE FROM outbox WHERE message = ?", (message_id,))
