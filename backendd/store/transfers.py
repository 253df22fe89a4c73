"""The table of transfers, where the features meet that move files."""

import json
from collections.abc import Iterable, Mapping, Sequence

from backendd.api import records
from backendd.api.errors import BackendError
from backendd.api.words import Direction, TransferMethod, TransferState
from backendd.core.transfers import (
    OVER,
    Facts,
    NewTransfer,
    TransfersChanged,
    TransfersRemoved,
)
from backendd.store import changes, entries, kept_files
from backendd.store.kept_files import Kept
from backendd.store.ledger import Ledger
from backendd.store.transfer_rows import SELECT, record
from backendd.store.view import View

KEPT = 1000
"""How many that are over are kept; above it the oldest go."""


def add(ledger: Ledger, new: NewTransfer) -> int:
    """Store a transfer; return its id."""
    cursor = ledger.db.execute(
        """INSERT INTO transfer (profile, peer, direction, method, state, name, size, path, url,
             hash, mime, encrypted, message, entry, attachment, token, notes, time, revision)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            ledger.profile_id, new.peer, new.direction, new.method, new.state, new.name, new.size,
            new.path, new.url, new.hash, new.mime, new.is_encrypted, new.message, new.entry,
            new.attachment, new.token, json.dumps({**new.notes}), new.time, ledger.revise(),
        ),
    )  # fmt: skip
    row_id = cursor.lastrowid or 0
    ledger.note(tell_changed, row_id)
    if new.message is not None:
        changes.revise(ledger, new.message)
    if new.entry is not None:
        entries.revise(ledger, new.entry)
    return row_id


def get(view: View, id: int) -> records.Transfer | None:
    """Return a transfer."""
    return next(iter(load(view, [id])), None)


def load(view: View, ids: Iterable[int] | None = None) -> list[records.Transfer]:
    """Return these transfers, or all, oldest first."""
    wanted = None if ids is None else json.dumps(list(ids))
    rows = view.db.execute(
        f"{SELECT} AND (?2 IS NULL OR id IN (SELECT value FROM json_each(?2))) ORDER BY id",
        (view.profile_id, wanted),
    )
    return [record(*row) for row in rows]


def by_token(view: View, token: str) -> list[int]:
    """Return the transfers that were asked for with this token, in their order."""
    rows = view.db.execute(
        "SELECT id FROM transfer WHERE profile = ? AND token = ? AND token <> '' ORDER BY id",
        (view.profile_id, token),
    )
    return [row_id for (row_id,) in rows]


def of_message(view: View, message_id: int) -> list[records.Transfer]:
    """Return what belongs to a message, oldest first."""
    rows = view.db.execute(f"{SELECT} AND message = ? ORDER BY id", (view.profile_id, message_id))
    return [record(*row) for row in rows]


def of_entry(view: View, entry_id: int) -> list[records.Transfer]:
    """Return what belongs to an entry, oldest first."""
    rows = view.db.execute(f"{SELECT} AND entry = ? ORDER BY id", (view.profile_id, entry_id))
    return [record(*row) for row in rows]


def attachment(view: View, id: int) -> int:
    """Return which file of its message, or its entry, a transfer is."""
    row = view.db.execute("SELECT attachment FROM transfer WHERE id = ?", (id,)).fetchone()
    return row[0] if row else 0


def orphans(view: View) -> list[int]:
    """Return what goes out, or would, with a message or an entry that is gone."""
    rows = view.db.execute(
        "SELECT id FROM transfer WHERE profile = ? AND direction = 'out' AND message IS NULL "
        "AND entry IS NULL AND state IN ('offered', 'queued', 'running', 'paused') ORDER BY id",
        (view.profile_id,),
    )
    return [row_id for (row_id,) in rows]


def handed(view: View) -> list[int]:
    """Return what goes out of files that callers gave open, or may once more, of all profiles."""
    rows = view.db.execute(
        "SELECT id FROM transfer WHERE direction = 'out' AND path = '' AND state NOT IN "
        "('done', 'cancelled') AND (message IS NOT NULL OR entry IS NOT NULL)"
    )
    return [row_id for (row_id,) in rows]


def waiting(
    view: View, direction: Direction, method: TransferMethod, states: Sequence[TransferState]
) -> list[int]:
    """Return those of one way that are in one of these states, oldest first."""
    marks = ",".join("?" * len(states))
    rows = view.db.execute(
        "SELECT id FROM transfer WHERE profile = ? AND direction = ? AND method = ? "
        f"AND state IN ({marks}) ORDER BY id",
        (view.profile_id, direction, method, *states),
    )
    return [row_id for (row_id,) in rows]


def surplus(view: View) -> list[int]:
    """Return those that are over and have to go, so that no more than KEPT are kept."""
    marks = ",".join("?" * len(OVER))
    rows = view.db.execute(
        f"SELECT id FROM transfer WHERE profile = ? AND state IN ({marks}) "
        "ORDER BY id DESC LIMIT -1 OFFSET ?",
        (view.profile_id, *sorted(OVER), KEPT),
    )
    return [row_id for (row_id,) in rows]


def move(
    ledger: Ledger,
    id: int,
    state: TransferState,
    *,
    error: BackendError | None = None,
    unless: Iterable[TransferState] = OVER,
) -> bool:
    """Have a transfer be in another state; False where it is gone, or in one of `unless`."""
    name, text = (error.name, str(error)) if error is not None else ("", "")
    barred = [*unless]
    marks = ",".join("?" * len(barred))
    row = ledger.db.execute(
        "UPDATE transfer SET state = ?, error_name = ?, error_text = ?, revision = ? "
        f"WHERE id = ? AND profile = ? AND state NOT IN ({marks}) RETURNING id",
        (state, name, text, ledger.revise(), id, ledger.profile_id, *barred),
    ).fetchone()
    if row:
        ledger.note(tell_changed, id)
    return row is not None


def stop(
    id: int, state: TransferState, done: int, error: BackendError | None, ledger: Ledger
) -> bool:
    """Have a transfer go on no further, for now; where nothing moved it is as far as it was."""
    if not move(ledger, id, state, error=error):
        return False
    if done:
        learn(ledger, id, Facts(done=done))
    return True


def learn(ledger: Ledger, id: int, facts: Facts) -> None:
    """Have it told what is known of a transfer by now."""
    remarks = None if facts.remarks is None else json.dumps([*facts.remarks])
    ledger.db.execute(
        """UPDATE transfer SET name = coalesce(?, name), size = coalesce(?, size),
             done = coalesce(?, done), path = coalesce(?, path), url = coalesce(?, url),
             hash = coalesce(?, hash), mime = coalesce(?, mime),
             method = coalesce(?, method), remarks = coalesce(?, remarks), revision = ?
           WHERE id = ? AND profile = ?""",
        (*facts[:-1], remarks, ledger.revise(), id, ledger.profile_id),
    )
    ledger.note(tell_changed, id)


def remember(ledger: Ledger, id: int, notes: Mapping[str, str | int]) -> None:
    """Keep what a way has to know again of a transfer after a restart."""
    ledger.db.execute("UPDATE transfer SET notes = ? WHERE id = ?", (json.dumps(notes), id))


def note(ledger: Ledger, id: int, key: str, value: str | int) -> None:
    """Keep one thing more that a way has to know again."""
    remember(ledger, id, notes(ledger, id) | {key: value})


def notes(view: View, id: int) -> dict[str, str | int]:
    """Return what was kept of a transfer."""
    row = view.db.execute("SELECT notes FROM transfer WHERE id = ?", (id,)).fetchone()
    try:
        found = json.loads(row[0]) if row else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def remove(ledger: Ledger, id: int) -> bool:
    """Forget a transfer, but not where what it brought is; False where there is none."""
    row = ledger.db.execute(
        "DELETE FROM transfer WHERE id = ? AND profile = ? "
        "RETURNING coalesce(message, 0), entry, attachment, url, path, size, state",
        (id, ledger.profile_id),
    ).fetchone()
    if row is None:
        return False
    message_id, entry_id, index, url, path, size, state = row
    if state == "done":
        kept_files.keep(ledger, message_id, index, Kept(path, size))
        if entry_id is not None:
            kept_files.keep_of_entry(ledger, entry_id, url, Kept(path, size))
    ledger.note(_tell_removed, id)
    changes.revise(ledger, message_id)
    if entry_id is not None:
        entries.revise(ledger, entry_id)
    return True


def tell_changed(ledger: Ledger, ids: list[int]) -> Iterable[object]:
    """Return that these transfers are different, to be told."""
    found = load(ledger, ids)
    return [TransfersChanged(found)] if found else []


def _tell_removed(_: Ledger, ids: list[int]) -> Iterable[object]:
    return [TransfersRemoved(ids)]
