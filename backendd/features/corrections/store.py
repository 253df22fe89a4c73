"""What messages said before they were corrected, and which corrections are ours."""

from collections.abc import Mapping, Sequence

from backendd.api import records
from backendd.core.moments import Moment
from backendd.features.corrections.model import MOST, Edited
from backendd.store import aliases, bodies, changes, outbox
from backendd.store.bodies import Folded, Said, Text
from backendd.store.ledger import Ledger
from backendd.store.view import View

TABLE = "edit"
_ORDER = "ORDER BY time DESC, id DESC"


def load(view: View, ids: Sequence[int]) -> Mapping[int, Edited]:
    """Return which of these messages were corrected."""
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(
        "SELECT DISTINCT e.message, o.id FROM edit e "
        "LEFT JOIN correction c ON c.message = e.message "
        f"LEFT JOIN outbox o ON o.id = c.waiting WHERE e.message IN ({marks})",
        ids,
    )
    return {
        message_id: Edited(edited=True) if row is None else Edited(edited=True, edited_pending=True)
        for message_id, row in rows
    }


def edits(view: View, message_id: int) -> list[records.Edit]:
    """Return what a message said before, oldest first."""
    rows = view.db.execute(
        "SELECT body, time FROM edit WHERE message = ? ORDER BY time, id", (message_id,)
    )
    return [records.Edit(body=body, time=time) for body, time in rows]


def keep(ledger: Ledger, message_id: int, folded: Folded) -> None:
    """Keep a text of a message that doesn't count, or no longer."""
    _add(ledger, message_id, folded.earlier, is_replaced=folded.is_replaced)


def say(ledger: Ledger, message_id: int, body: str, said: Moment, stanza_id: str, row: int) -> None:
    """Have a message of ours say `body`, by a stanza that is this row of the outbox."""
    before = bodies.replace(ledger, message_id, Text(body), said)
    if before is None:
        return
    _add(ledger, message_id, before, is_replaced=True)
    ledger.db.execute(
        "INSERT INTO correction (message, profile, stanza_id, waiting) VALUES (?, ?, ?, ?)",
        (message_id, ledger.profile_id, stanza_id, row),
    )
    aliases.name(ledger, message_id, stanza_id)


def _add(ledger: Ledger, message_id: int, said: Said, *, is_replaced: bool) -> None:
    stanza_id = _forget_ours(ledger, message_id) if is_replaced else ""
    ledger.db.execute(
        "INSERT INTO edit (profile, message, body, time, stanza_id) VALUES (?, ?, ?, ?, ?)",
        (ledger.profile_id, message_id, said.text.body, said.time, stanza_id),
    )
    ledger.db.execute(
        f"""DELETE FROM edit WHERE message = ?1 AND id IN (
              SELECT id FROM edit WHERE message = ?1 {_ORDER} LIMIT -1 OFFSET ?2)
            AND id <> (SELECT id FROM edit WHERE message = ?1 ORDER BY time, id LIMIT 1)""",
        (message_id, MOST - 1),
    )
    changes.contributed(ledger, message_id, TABLE)


def _forget_ours(ledger: Ledger, message_id: int) -> str:
    """Return the id of the stanza by which we said what a message says; it does no more."""
    row = ledger.db.execute(
        "DELETE FROM correction WHERE message = ? RETURNING stanza_id", (message_id,)
    ).fetchone()
    return str(row[0]) if row else ""


def withdraw(ledger: Ledger, message_id: int) -> None:
    """Take back what we corrected last in a message and nobody was told yet."""
    row = ledger.db.execute(
        "SELECT stanza_id, waiting FROM correction WHERE message = ?", (message_id,)
    ).fetchone()
    if row is not None and outbox.withdraw(ledger, row[1]):
        take_back(ledger, row[0])


def erased(ledger: Ledger, message_id: int) -> None:
    """Have nothing sent any more of what a message was to say."""
    row = ledger.db.execute(
        "DELETE FROM correction WHERE message = ? RETURNING waiting", (message_id,)
    ).fetchone()
    if row is not None:
        outbox.withdraw(ledger, row[0])


def settled(ledger: Ledger, stanza_id: str) -> None:
    """Take note that a correction of ours has arrived."""
    rows = ledger.db.execute(
        "UPDATE correction SET waiting = 0 WHERE profile = ? AND stanza_id = ? RETURNING message",
        (ledger.profile_id, stanza_id),
    ).fetchall()
    for (message_id,) in rows:
        changes.contributed(ledger, message_id, TABLE)


def corrected(view: View, stanza_id: str) -> int | None:
    """Return the message that our correction with the stanza of this id has say something else."""
    row = view.db.execute(
        """SELECT message FROM correction WHERE profile = ?1 AND stanza_id = ?2
           UNION SELECT message FROM edit
             WHERE profile = ?1 AND stanza_id = ?2 AND stanza_id <> ''""",
        (view.profile_id, stanza_id),
    ).fetchone()
    return int(row[0]) if row else None


def peer_of(view: View, stanza_id: str) -> str | None:
    """Return to whom our correction went with the stanza of this id, None where none did."""
    row = view.db.execute(
        """SELECT c.peer FROM (
             SELECT message FROM correction WHERE profile = ?1 AND stanza_id = ?2
             UNION SELECT message FROM edit
               WHERE profile = ?1 AND stanza_id = ?2 AND stanza_id <> '') our
           JOIN message m ON m.id = our.message JOIN conversation c ON c.id = m.conversation""",
        (view.profile_id, stanza_id),
    ).fetchone()
    return row[0] if row else None


def take_back(ledger: Ledger, stanza_id: str) -> None:
    """Let a correction of ours not have been said: what was said before it holds, or after it."""
    ours = (ledger.profile_id, stanza_id)
    row = ledger.db.execute(
        "DELETE FROM correction WHERE profile = ? AND stanza_id = ? RETURNING message", ours
    ).fetchone()
    if row is not None:
        _restore(ledger, row[0])
        return
    rows = ledger.db.execute(
        "DELETE FROM edit WHERE profile = ? AND stanza_id = ? AND stanza_id <> '' "
        "RETURNING message",
        ours,
    ).fetchall()
    for (message_id,) in rows:
        changes.contributed(ledger, message_id, TABLE)


def _restore(ledger: Ledger, message_id: int) -> None:
    row = ledger.db.execute(
        f"DELETE FROM edit WHERE id = (SELECT id FROM edit WHERE message = ? {_ORDER} LIMIT 1) "
        "RETURNING body, time, stanza_id",
        (message_id,),
    ).fetchone()
    if row is None:
        return
    body, time, stanza_id = row
    bodies.restore(ledger, message_id, Said(Text(body), time))
    if stanza_id:
        ledger.db.execute(
            "INSERT INTO correction (message, profile, stanza_id, waiting) VALUES (?, ?, ?, 0)",
            (message_id, ledger.profile_id, stanza_id),
        )
    changes.contributed(ledger, message_id, TABLE)
