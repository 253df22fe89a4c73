"""How far the archive is known."""

from collections.abc import Collection, Iterable, Sequence

from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.core.conversations import Peer
from backendd.store import changes, conversations, copies, reading
from backendd.store.ledger import Ledger
from backendd.store.view import View


class Extent(Value):
    """How far an archive is known. `is_caught_up`: nothing below the live stream is missing.

    `began` is the newest message id there was when the archive fell behind. What it has from
    before the time `start` lay below a first look: history, read when it is scrolled to.
    """

    cursor: str = ""
    time: int = 0
    is_caught_up: bool = False
    began: int = 0
    start: int = 0


_FALL_BEHIND = """UPDATE archive
    SET caught_up = 0, began = (SELECT coalesce(max(id), 0) FROM message) WHERE profile = ?"""


def load(view: View, archive: str) -> Extent:
    """Return how far `archive` is known."""
    row = view.db.execute(
        "SELECT cursor, cursor_time, caught_up, began, start FROM archive "
        "WHERE profile = ? AND jid = ?",
        (view.profile_id, archive),
    ).fetchone()
    if row is None:
        return Extent()
    cursor, time, is_caught_up, began, start = row
    return Extent(cursor, time, bool(is_caught_up), began, start)


def save(ledger: Ledger, archive: str, known: Extent) -> None:
    """Replace what is known of `archive`."""
    ledger.db.execute(
        "INSERT OR REPLACE INTO archive "
        "(profile, jid, cursor, cursor_time, caught_up, began, start) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            ledger.profile_id, archive, known.cursor, known.time, known.is_caught_up, known.began,
            known.start,
        ),
    )  # fmt: skip


def move_on(ledger: Ledger, archive: str, stanza_id: str, time: int) -> None:
    """Move the cursor to a live message, if nothing below it is missing."""
    ledger.db.execute(
        "UPDATE archive SET cursor = ?, cursor_time = ? "
        "WHERE profile = ? AND jid = ? AND caught_up = 1",
        (stanza_id, time, ledger.profile_id, archive),
    )


def fall_behind(ledger: Ledger, archive: str) -> None:
    """Note that messages may be missing in every archive, and that there is `archive`."""
    ledger.db.execute(
        "INSERT OR IGNORE INTO archive (profile, jid, cursor, cursor_time, caught_up) "
        "VALUES (?, ?, '', 0, 0)",
        (ledger.profile_id, archive),
    )
    # One that is behind already began when it fell behind first; of one that was never asked
    # nothing is known, and what is here is what was here before it is.
    ledger.db.execute(
        f"{_FALL_BEHIND} AND (caught_up = 1 OR (cursor = '' AND cursor_time = 0))",
        (ledger.profile_id,),
    )


def leave(ledger: Ledger, archive: str) -> None:
    """Note that messages may be missing in `archive` from now on."""
    ledger.db.execute(f"{_FALL_BEHIND} AND jid = ? AND caught_up = 1", (ledger.profile_id, archive))


def let_be_history(ledger: Ledger, archive: str, ids: Collection[str], below: int) -> None:
    """Have what our server held up for us be read, as far as `archive` had it at a first look.

    That is what stands there under one of `ids`, or is from before the time `below`.
    """
    rows = ledger.db.execute(
        "SELECT a.stanza_id, m.time, m.id FROM archived a JOIN message m ON m.id = a.message "
        "WHERE a.profile = ? AND a.archive = ? AND m.state = 'unread' AND m.marked = 0 "
        f"AND NOT {copies.AS_SAID}",
        (ledger.profile_id, archive),
    ).fetchall()
    for stanza_id, time, message_id in rows:
        if time < below or stanza_id in ids:
            reading.let_go(ledger, message_id)


def oldest_known(view: View, archive: str, peer: str) -> tuple[str, int]:
    """Return `(archive id, time)` of the oldest message of a conversation that has one."""
    conversation_id = conversations.find(view, peer)
    if conversation_id is None:
        return "", 0
    row = view.db.execute(
        "SELECT a.stanza_id, m.time FROM message m JOIN archived a ON a.message = m.id "
        "WHERE m.conversation = ? AND a.archive = ? ORDER BY m.place, m.id LIMIT 1",
        (conversation_id, archive),
    ).fetchone()
    return row or ("", 0)


def end(ledger: Ledger, whom: Peer) -> None:
    """Note that the archive has nothing older of this conversation."""
    conversation_id = conversations.ensure_closed(ledger, whom)
    conversations.end_archive(ledger, conversation_id)


def knows_any(ledger: Ledger, archive: str, ids: Sequence[str], up_to: int) -> bool:
    """Return whether one of the archive's `ids` is that of a message with an id up to `up_to`."""
    return any(
        ledger.db.execute(
            "SELECT 1 FROM archived WHERE profile = ? AND archive = ? AND stanza_id = ? "
            "AND message <= ?",
            (ledger.profile_id, archive, each, up_to),
        ).fetchone()
        for each in ids
    )


def mark_gaps(ledger: Ledger, above: int, peers: Iterable[str]) -> None:
    """Mark the first message above the id `above` of each of `peers`, if there are others before.

    Between the two some are missing for good.
    """
    for peer in peers:
        row = ledger.db.execute(
            "UPDATE message SET gap = 1, revision = ? WHERE id = ("
            "  SELECT m.id FROM message m JOIN conversation c ON c.id = m.conversation"
            "  WHERE c.profile = ? AND c.peer = ? AND m.id > ? ORDER BY m.place, m.id LIMIT 1)"
            " AND EXISTS (SELECT 1 FROM message e WHERE e.conversation = message.conversation"
            "  AND (e.place, e.id) < (message.place, message.id)) RETURNING id, conversation",
            (ledger.revise(), ledger.profile_id, peer, above),
        ).fetchone()
        if row:
            changes.touch(ledger, *row)


class Gap(NamedTuple):
    """The times of the messages around a gap."""

    below: int
    above: int


def gap_before(view: View, message_id: int) -> Gap | None:
    """Return what is around the gap before a message, if there is one that may be filled."""
    row = view.db.execute(
        """SELECT (SELECT b.time FROM message b WHERE b.conversation = m.conversation
             AND (b.place, b.id) < (m.place, m.id) ORDER BY b.place DESC, b.id DESC LIMIT 1), m.time
           FROM message m WHERE m.id = ? AND m.profile = ? AND m.gap = 1""",
        (message_id, view.profile_id),
    ).fetchone()
    return Gap(*row) if row is not None and row[0] is not None else None


class Ends(NamedTuple):
    """Whether an archive has brought what is here on either side of a gap."""

    has_below: bool
    has_above: bool


def ends_of(view: View, archive: str, message_id: int, ids: Sequence[str]) -> Ends:
    """Return which ends of the gap before a message are among the archive's `ids`."""
    found = {
        row[0]
        for stanza_id in ids
        for row in view.db.execute(
            "SELECT (k.place, k.id) >= (m.place, m.id) FROM archived a "
            "JOIN message m ON m.id = ? "
            "JOIN message k ON k.id = a.message AND k.conversation = m.conversation "
            "WHERE a.profile = ? AND a.archive = ? AND a.stanza_id = ?",
            (message_id, view.profile_id, archive, stanza_id),
        )
    }
    return Ends(0 in found, 1 in found)


def settle_gap(ledger: Ledger, message_id: int, *, is_filled: bool) -> None:
    """Note that the archive has brought what it has in the gap before a message.

    If that `is_filled` by it there is none any more; else some may be missing for good.
    """
    row = ledger.db.execute(
        "UPDATE message SET gap = ?, revision = ? WHERE id = ? AND gap = 1 RETURNING conversation",
        (0 if is_filled else 2, ledger.revise(), message_id),
    ).fetchone()
    if row:
        changes.touch(ledger, message_id, row[0])


def mark_gap_below(ledger: Ledger, peer: str) -> None:
    """Mark the first message of a conversation: what was before it can't be had."""
    row = ledger.db.execute(
        "UPDATE message SET gap = 1, revision = ? WHERE id = ("
        "  SELECT m.id FROM message m JOIN conversation c ON c.id = m.conversation"
        "  WHERE c.profile = ? AND c.peer = ? ORDER BY m.place, m.id LIMIT 1)"
        " AND gap = 0 RETURNING id, conversation",
        (ledger.revise(), ledger.profile_id, peer),
    ).fetchone()
    if row:
        changes.touch(ledger, *row)
