"""The tables of invitations: those that wait for an answer, and ours that may still come back."""

from collections.abc import Iterable

from backendd.api import records
from backendd.core.invitations import InvitationsChanged
from backendd.features.invitations.model import InvitationRefused, Invited
from backendd.store.ledger import Ledger
from backendd.store.view import View

MOST = 1000
"""Anyone can invite; above it the oldest invitation is void."""

_KEPT_US = 7 * 24 * 3600 * 1_000_000
_SELECT = (
    "SELECT id, room, sender, reason, sealed, is_direct, time FROM invitation WHERE profile = ?"
)


def load(view: View) -> list[records.Invitation]:
    """Return what waits for an answer, oldest first."""
    rows = view.db.execute(f"{_SELECT} ORDER BY time, id", (view.profile_id,))
    return [_record(view, *row) for row in rows]


def find(view: View, id: str) -> records.Invitation | None:
    """Return an invitation."""
    row = view.db.execute(f"{_SELECT} AND id = ?", (view.profile_id, id)).fetchone()
    return _record(view, *row) if row else None


def save(ledger: Ledger, new: Invited, time: int) -> None:
    """Store an invitation; the same of the same person again is one, and newer.

    Where a room and somebody have both brought it, it can be declined.
    """
    (row_id,) = ledger.db.execute(
        """INSERT INTO invitation (profile, room, sender, reason, sealed, is_direct, time)
           VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (profile, room, sender) DO UPDATE SET
             reason = iif(excluded.reason = '', reason, excluded.reason),
             sealed = iif(length(excluded.sealed) = 0, sealed, excluded.sealed),
             is_direct = is_direct AND excluded.is_direct, time = excluded.time
           RETURNING id""",
        (
            ledger.profile_id, new.room, new.sender, new.reason,
            ledger.secrets.seal(new.password, _purpose(new.room)), new.is_direct, time,
        ),
    ).fetchone()  # fmt: skip
    ledger.note(_tell, str(row_id))
    _make_room(ledger)


def remove(ledger: Ledger, id: str) -> None:
    """Remove an invitation."""
    _told(
        ledger,
        "DELETE FROM invitation WHERE profile = ? AND id = ? RETURNING id",
        (ledger.profile_id, id),
    )


def remove_to(ledger: Ledger, room: str) -> None:
    """Remove all invitations to a room."""
    _told(
        ledger,
        "DELETE FROM invitation WHERE profile = ? AND room = ? RETURNING id",
        (ledger.profile_id, room),
    )


def note_sent(ledger: Ledger, stanza_id: str, room: str, invitee: str, time: int) -> None:
    """Take note of an invitation of ours, for the case that it comes back."""
    ledger.db.execute(
        "DELETE FROM invited WHERE profile = ? AND time < ?", (ledger.profile_id, time - _KEPT_US)
    )
    ledger.db.execute(
        "INSERT INTO invited (profile, stanza_id, room, invitee, time) VALUES (?, ?, ?, ?, ?)",
        (ledger.profile_id, stanza_id, room, invitee, time),
    )


def sent(view: View, stanza_id: str) -> tuple[str, str] | None:
    """Return to which room we have invited whom with this stanza."""
    row = view.db.execute(
        "SELECT room, invitee FROM invited WHERE profile = ? AND stanza_id = ?",
        (view.profile_id, stanza_id),
    ).fetchone()
    return (row[0], row[1]) if row else None


def refuse(ledger: Ledger, stanza_id: str, why: str) -> None:
    """Have it told that an invitation of ours did not reach anybody."""
    known = sent(ledger, stanza_id)
    if known is None:
        return
    ledger.db.execute(
        "DELETE FROM invited WHERE profile = ? AND stanza_id = ?", (ledger.profile_id, stanza_id)
    )
    ledger.note(_tell_refused, InvitationRefused(*known, why))


def _make_room(ledger: Ledger) -> None:
    (count,) = ledger.db.execute(
        "SELECT count(*) FROM invitation WHERE profile = ?", (ledger.profile_id,)
    ).fetchone()
    if count > MOST:
        _told(
            ledger,
            "DELETE FROM invitation WHERE id IN (SELECT id FROM invitation WHERE profile = ? "
            "ORDER BY time, id LIMIT ?) RETURNING id",
            (ledger.profile_id, count - MOST),
        )


def _told(ledger: Ledger, statement: str, values: tuple[object, ...]) -> None:
    for (row_id,) in ledger.db.execute(statement, values).fetchall():
        ledger.note(_tell, str(row_id))


def _tell(ledger: Ledger, ids: list[str]) -> Iterable[object]:
    found = {each: find(ledger, each) for each in ids}
    still = [each for each in found.values() if each is not None]
    return [InvitationsChanged(still, [id for id, each in found.items() if each is None])]


def _tell_refused(ledger: Ledger, refused: list[InvitationRefused]) -> Iterable[object]:
    return refused


def _purpose(room: str) -> str:
    return f"invitation-password:{room}"


def _record(
    view: View,
    id: int,
    room: str,
    sender: str,
    reason: str,
    sealed: bytes,
    is_direct: int,
    time: int,
) -> records.Invitation:
    return records.Invitation(
        id=str(id), room=room, from_=sender, reason=reason,
        password=view.secrets.open(sealed, _purpose(room)), direct=bool(is_direct), time=time,
    )  # fmt: skip
