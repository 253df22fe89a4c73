"""The outbox: what has to reach the server, and how far each of it got.

A row is in a lane (a conversation, a node): in order in each, and none waits for another. It says
what settles it: the ack of the stream, the echo of a room, the answer to an iq. It is held (not in
its lane yet), fresh, in flight (its final bytes, stream and number are committed before it is
written), accepted (the server has it, but what settles it hasn't come) or uncertain (that comes no
more, or hasn't come in time).

An uncertain row closes its lane until who resolves it has asked (`doubts`): the follower of an
archive, or the feature that queued it. What is there is settled, what is lacking goes out again as
it was, three times at most where nobody ever confirms it; what may come twice is sent again
unasked. A row that carries no message names a kind, whose owner takes note how it ends in the same
transaction. What was in flight when the server closed a stream is suspected and goes out alone; it
fails after three times.
"""

from collections.abc import Collection, Iterable
from typing import Any, Literal
from xml.etree.ElementTree import Element

from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.core.encoding import encode
from backendd.core.messages import OutboxFilled
from backendd.store import lanes, secret_stanzas
from backendd.store.ledger import Ledger
from backendd.store.view import View

Settles = Literal["ack", "echo", "answer"]
Resolved = Literal["archive", "ask", "blind"]


class Terms(Value):
    """What settles a stanza, and how it is resolved where nobody knows if it arrived.

    It is settled by the `ack` of the stream, by the `echo` of a room, or by the `answer` to the iq
    that it is, which comes from `resolver`. It is resolved by the `archive` of `resolver`, or by
    whoever queued it, who `ask`s `resolver` for `item`: both close its lane until then. What is
    resolved `blind` is sent again. Without a `resolver` it is our own account. The owner of its
    `kind` takes note how it ends; what carries a message has none, for the message says so. What
    `is_secret` lies sealed until then.
    """

    settles: Settles = "ack"
    resolved: Resolved = "blind"
    resolver: str = ""
    item: str = ""
    kind: str = ""
    is_secret: bool = False


NOTICE = Terms()
"""Terms of what may come twice, as receipts and markers may."""


class Out(NamedTuple):
    """A stanza on its way out, as it waits.

    `is_composed`: it is as it was written first, and written so again. `tries` counts how often
    that was; `message` is the message it carries, if any. `suspicion` says how much speaks for it
    that the server closes the stream because of it: 1 where others were in flight as well, one
    more each time it was alone.
    """

    id: int
    lane: str
    stanza: str
    is_composed: bool
    time: int
    tries: int
    message: int | None
    suspicion: int


_OUT = "id, lane, stanza, composed, time, tries, message, suspicion, stanza_id"


def add(
    ledger: Ledger,
    stanza: Element,
    time: int,
    *,
    lane: str,
    terms: Terms = NOTICE,
    message_id: int | None = None,
    is_held: bool = False,
) -> int:
    """Have `stanza` sent when its turn in its `lane` comes; return the id of its row.

    `message_id` is the message it carries. What `is_held` has no place in its lane until `enter`.
    """
    written, stanza_id = encode(stanza).decode(), stanza.get("id", "")
    cursor = ledger.db.execute(
        "INSERT INTO outbox (profile, message, stanza, time, lane, state, stanza_id, settles, "
        "resolved, resolver, item, kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            ledger.profile_id, message_id,
            secret_stanzas.stored(ledger, written, stanza_id, is_secret=terms.is_secret),
            time, lane, "held" if is_held else "fresh", stanza_id, terms.settles,
            terms.resolved, terms.resolver, terms.item, terms.kind,
        ),
    )  # fmt: skip
    if not is_held:
        tell_filled(ledger)
    return cursor.lastrowid or 0


def enter(ledger: Ledger, row_id: int, stanza: Element) -> int | None:
    """Give what was held its place, the last of its lane, as the `stanza` that it is now.

    Returns the id of its row from now on; None where it isn't held any more.
    """
    row = ledger.db.execute(
        """INSERT INTO outbox (profile, message, stanza, time, lane, stanza_id, settles,
             resolved, resolver, item, kind)
           SELECT profile, message, ?, time, lane, ?, settles, resolved, resolver, item, kind
           FROM outbox WHERE id = ? AND state = 'held' RETURNING id""",
        (encode(stanza).decode(), stanza.get("id", ""), row_id),
    ).fetchone()
    if row is None:
        return None
    ledger.db.execute("DELETE FROM outbox WHERE id = ?", (row_id,))
    tell_filled(ledger)
    return int(row[0])


def drop(ledger: Ledger, row_id: int) -> None:
    """Take out what is held: it won't get its place."""
    ledger.db.execute("DELETE FROM outbox WHERE id = ? AND state = 'held'", (row_id,))


def tell_filled(ledger: Ledger) -> None:
    """Have it told that something waits, or a lane is open again."""
    ledger.note(_tell_filled, None)


def _tell_filled(ledger: Ledger, _: list[None]) -> Iterable[object]:
    return [OutboxFilled()]


def fresh(view: View, limit: int, *, busy: Collection[str] = ()) -> list[Out]:
    """Return what is to be written next, in the order of each lane.

    Lanes that are closed or `busy` are passed by.
    """
    taken: list[Out] = []
    for lane in lanes.opened(view):
        if lane not in busy:
            taken += _head(view, lane, limit - len(taken))
        if len(taken) == limit:
            break
    return sorted(taken, key=lambda row: row.id)


def _head(view: View, lane: str, limit: int) -> Iterable[Out]:
    rows = view.db.execute(
        f"SELECT {_OUT} FROM outbox WHERE profile = ? AND state = 'fresh' AND lane = ? "
        "ORDER BY id LIMIT ?",
        (view.profile_id, lane, limit),
    )
    return (_out(view, row) for row in rows)


def _out(view: View, row: tuple[Any, ...]) -> Out:
    *values, stanza_id = row
    found = Out._make(values)
    return found._replace(stanza=secret_stanzas.opened(view, found.stanza, stanza_id))


def has(view: View, row_id: int) -> bool:
    """Return whether this waits still, or is on its way."""
    query = "SELECT 1 FROM outbox WHERE id = ? AND profile = ?"
    return view.db.execute(query, (row_id, view.profile_id)).fetchone() is not None


def is_sent(view: View, row_id: int) -> bool:
    """Return whether this is on its way, and may have arrived."""
    row = view.db.execute(
        "SELECT state IN ('held', 'fresh') AND tries = 0 FROM outbox WHERE id = ? AND profile = ?",
        (row_id, view.profile_id),
    ).fetchone()
    return row is not None and not row[0]


def written(view: View, row_id: int) -> str:
    """Return the stanza of a row as it waits; empty where it is there no more."""
    row = view.db.execute(
        f"SELECT {_OUT} FROM outbox WHERE id = ? AND profile = ?", (row_id, view.profile_id)
    ).fetchone()
    return _out(view, row).stanza if row else ""


def withdraw(ledger: Ledger, row_id: int) -> bool:
    """Take out what was never written; False where it may have arrived."""
    row = ledger.db.execute(
        "DELETE FROM outbox WHERE id = ? AND profile = ? AND state IN ('held', 'fresh') "
        "AND tries = 0 RETURNING id",
        (row_id, ledger.profile_id),
    ).fetchone()
    return row is not None


def unwritten(view: View, message_id: int) -> Out | None:
    """Return what carries a message, if it was never written and may still be another."""
    row = view.db.execute(
        f"SELECT {_OUT} FROM outbox WHERE message = ? AND profile = ? AND tries = 0 "
        "AND composed = 0 AND state = 'fresh'",
        (message_id, view.profile_id),
    ).fetchone()
    return _out(view, row) if row else None


def change(ledger: Ledger, row_id: int, stanza: Element) -> None:
    """Have something else written than what waits; what was composed of that is void."""
    ledger.db.execute(
        "UPDATE outbox SET stanza = ? WHERE id = ?", (encode(stanza).decode(), row_id)
    )


def carries(view: View, message_id: int) -> bool:
    """Return whether a message waits, or is on its way."""
    query = "SELECT 1 FROM outbox WHERE message = ?"
    return view.db.execute(query, (message_id,)).fetchone() is not None


def held(view: View, message_id: int) -> int | None:
    """Return the row of a message that is held: what it waits for is not there yet."""
    query = "SELECT id FROM outbox WHERE message = ? AND state = 'held'"
    row = view.db.execute(query, (message_id,)).fetchone()
    return row[0] if row else None


def arrived(ledger: Ledger, message_id: int) -> None:
    """Let go of a message that has arrived.

    One that was never written can't be what arrived: a failed message is sent again.
    """
    rows = ledger.db.execute(
        "DELETE FROM outbox WHERE message = ? AND tries > 0 RETURNING id", (message_id,)
    ).fetchall()
    if rows:
        tell_filled(ledger)
