"""How what is in the outbox leaves it: settled, or failed."""

from collections.abc import Callable, Iterable, Sequence

from backendd.api.errors import BackendError, from_bus
from backendd.core import clock
from backendd.core.messages import OutboxAccepted
from backendd.store import messages, outbox
from backendd.store.ledger import Ledger
from backendd.store.view import View

_Ended = tuple[int | None, str, str]
_ENDED = "message, kind, stanza_id"


def acknowledge(ledger: Ledger, sm_id: str, handled: int) -> None:
    """Note that the server has the first `handled` stanzas of the stream `sm_id`.

    That settles those which an ack settles, also late; the others are accepted.
    """
    those = "profile = ? AND sm_id = ? AND number <= ?"
    values = (ledger.profile_id, sm_id, handled)
    rows = [
        row
        for state in ("state = 'flight'", "state = 'uncertain' AND resolved <> 'blind'")
        for row in ledger.db.execute(
            f"DELETE FROM outbox WHERE {those} AND {state} AND settles = 'ack' RETURNING {_ENDED}",
            values,
        ).fetchall()
    ]
    accepted = ledger.db.execute(
        f"UPDATE outbox SET state = 'accepted', accepted = ? WHERE {those} AND state = 'flight'",
        (clock.now_us(), *values),
    )
    if accepted.rowcount:
        tell_accepted(ledger)
    _sent(ledger, rows)


def tell_accepted(ledger: Ledger) -> None:
    """Have it told that what settles something of the outbox is waited for."""
    ledger.note(_tell_accepted, None)


def _tell_accepted(ledger: Ledger, _: list[None]) -> Iterable[object]:
    return [OutboxAccepted()]


def echo(ledger: Ledger, lane: str, stanza_id: str) -> bool:
    """Settle what has come back from a room, or its archive; False if that wasn't here."""
    rows = ledger.db.execute(
        "DELETE FROM outbox WHERE profile = ? AND stanza_id = ? AND settles <> 'ack' AND lane = ? "
        f"AND tries > 0 RETURNING {_ENDED}",
        (ledger.profile_id, stanza_id, lane),
    ).fetchall()
    return _settled(ledger, rows)


def answer(
    ledger: Ledger,
    iq_id: str,
    is_answer: Callable[[str], bool],
    error: BackendError | None = None,
) -> bool:
    """Settle the iq that is answered, or have it fail; False if none waits for that.

    `is_answer` says if it is one of whom the iq went to.
    """
    ids = answered(ledger, iq_id, is_answer)
    if error is not None:
        for row_id in ids:
            fail(ledger, row_id, error)
        return bool(ids)
    return settle(ledger, ids)


def answered(view: View, iq_id: str, is_answer: Callable[[str], bool]) -> list[int]:
    """Return the rows that wait for the answer to an iq; see `answer`."""
    rows = view.db.execute(
        "SELECT id, resolver FROM outbox WHERE profile = ? AND stanza_id = ? AND settles <> 'ack' "
        "AND settles = 'answer' AND tries > 0",
        (view.profile_id, iq_id),
    ).fetchall()
    return [row_id for row_id, resolver in rows if is_answer(resolver)]


def settle(ledger: Ledger, ids: Iterable[int]) -> bool:
    """Let go of rows that have arrived: what they carry is sent. False if there are none."""
    rows = [
        row
        for row_id in ids
        for row in ledger.db.execute(
            f"DELETE FROM outbox WHERE id = ? RETURNING {_ENDED}", (row_id,)
        ).fetchall()
    ]
    return _settled(ledger, rows)


def _settled(ledger: Ledger, rows: Sequence[_Ended]) -> bool:
    if rows:
        _sent(ledger, rows)
        outbox.tell_filled(ledger)
    return bool(rows)


def _sent(ledger: Ledger, rows: Sequence[_Ended]) -> None:
    messages.advance(ledger, [message for message, _, _ in rows if message is not None], "sent")
    for _, kind, stanza_id in rows:
        if kind in ledger.owners:
            ledger.owners[kind].settled(ledger, stanza_id)


def fail(ledger: Ledger, row_id: int, error: BackendError, *, blames_address: bool = False) -> None:
    """Have one not sent; the message it carries, or what it says of another, failed with `error`.

    `blames_address`: it says something of the address, not of the message.
    """
    row = ledger.db.execute(
        f"DELETE FROM outbox WHERE id = ? RETURNING {_ENDED}", (row_id,)
    ).fetchone()
    if row is None:
        return
    message_id, kind, stanza_id = row
    if message_id is not None:
        refused_at = clock.now_us() if blames_address else 0
        messages.fail(ledger, message_id, error.name, str(error), refused_at=refused_at)
    elif kind in ledger.owners:
        ledger.owners[kind].failed(ledger, stanza_id, error)
    outbox.tell_filled(ledger)


def fail_lane(ledger: Ledger, lane: str, error: BackendError) -> None:
    """Have all fail that is in a lane, where the other side refuses for good."""
    rows = ledger.db.execute(
        "SELECT id FROM outbox WHERE profile = ? AND lane = ? AND state <> 'held'",
        (ledger.profile_id, lane),
    ).fetchall()
    for (row_id,) in rows:
        fail(ledger, row_id, error)


def give_up(ledger: Ledger, lane: str, error: BackendError) -> None:
    """Have all fail that is in a lane where nothing comes any more that would settle it.

    What was written may have arrived, and that is said.
    """
    rows = ledger.db.execute(
        "SELECT id, tries FROM outbox WHERE profile = ? AND lane = ? AND state <> 'held'",
        (ledger.profile_id, lane),
    ).fetchall()
    unsure = from_bus(error.name, f"{error}; it may have arrived")
    for row_id, tries in rows:
        fail(ledger, row_id, unsure if tries else error)


def remove(ledger: Ledger, message_id: int) -> None:
    """Take out what carries a message; the message is left as it is."""
    ledger.db.execute("DELETE FROM outbox WHERE message = ?", (message_id,))
