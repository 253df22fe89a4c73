"""Which messages are copies of one: the rules for telling, and what is kept to tell by."""

import json
import sqlite3
from collections.abc import Iterable
from operator import itemgetter

from backendd.core.messages import NewMessage
from backendd.store.ledger import Ledger
from backendd.store.view import View

# Clocks differ, and a server may hold a copy up for a while; an id attribute may be used again as
# soon as its sender is started anew.
WINDOW_US = 5 * 60 * 1_000_000
MOST = 100
"""How many messages of one id and payload within that time are looked at."""

IN_ARCHIVE = """(source = 'archive' OR instr(ways, '["archive", ') > 0)"""
"""The condition of SQL that an archive has brought a message."""

SAID = ("live", "carbon")
"""The ways of what the stream brings as it is said."""

AS_SAID = """(instr(ways, '["live", ') > 0 OR instr(ways, '["carbon", ') > 0)"""
"""The condition of SQL that a message has come like that."""

Way = tuple[str, str]  # how a copy came, and the resource it was addressed to


def find(ledger: Ledger, conversation_id: int, new: NewMessage) -> int | None:
    """Return the message of which `new` is one more copy; None if it is a message of its own."""
    known = archived(ledger, new.archive_ids)
    if known is not None or not new.dedupe:
        return known
    return _own(ledger.db, conversation_id, new) or _other(ledger.db, conversation_id, new)


def archived(view: View, archive_ids: Iterable[tuple[str, str]]) -> int | None:
    """Return the message that an archive has given one of these ids; None if that isn't here."""
    for archive, stanza_id in archive_ids:
        row = view.db.execute(
            "SELECT message FROM archived WHERE profile = ? AND archive = ? AND stanza_id = ?",
            (view.profile_id, archive, stanza_id),
        ).fetchone()
        if row:
            return int(row[0])
    return None


def way(new: NewMessage) -> Way:
    """Return the way by which this copy came."""
    return new.way, new.addressee


def written(ways: set[Way]) -> str:
    """Return `ways` as the message table keeps them."""
    return json.dumps(sorted(ways))


def note(ledger: Ledger, row_id: int, new: NewMessage) -> None:
    """Note that `new` is a copy of a message that is here."""
    (text,) = ledger.db.execute("SELECT ways FROM message WHERE id = ?", (row_id,)).fetchone()
    ways = _read(text) or set()
    if way(new) not in ways:
        ledger.db.execute(
            "UPDATE message SET ways = ? WHERE id = ?", (written(ways | {way(new)}), row_id)
        )


def _own(db: sqlite3.Connection, conversation_id: int, new: NewMessage) -> int | None:
    # What we sent ourselves matches by its id alone: we made it, and the server may have
    # stripped or changed what it does not know.
    if new.direction != "out":
        return None
    row = db.execute(
        "SELECT id FROM message WHERE conversation = ? AND dedupe = ? AND source = 'sent' "
        "ORDER BY id DESC LIMIT 1",
        (conversation_id, new.dedupe),
    ).fetchone()
    return int(row[0]) if row else None


def _other(db: sqlite3.Connection, conversation_id: int, new: NewMessage) -> int | None:
    rows = db.execute(
        """SELECT id, ways, time FROM message WHERE conversation = ? AND dedupe = ? AND payload = ?
           AND time BETWEEN ? AND ? AND direction = ? AND (direction = 'out' OR sender = ?)
           ORDER BY time DESC LIMIT ?""",
        (
            conversation_id, new.dedupe, new.payload, new.time - WINDOW_US,
            new.time + WINDOW_US, new.direction, new.sender, MOST,
        ),
    ).fetchall()  # fmt: skip
    apart = [(abs(time - new.time), row_id, ways) for row_id, ways, time in rows]
    for _, row_id, ways in sorted(apart, key=itemgetter(0)):
        if _is_copy(db, row_id, _read(ways), new):
            return int(row_id)
    return None


def _is_copy(db: sqlite3.Connection, row_id: int, ways: set[Way] | None, new: NewMessage) -> bool:
    """Return whether a message with the same id and payload, seen minutes ago, is the same."""
    if ways is None:
        return False  # rather twice here than lost
    if _is_for_another_resource(ways, new):
        return True
    if new.way in [each for each, _ in ways]:
        return False
    return not any(
        db.execute(
            "SELECT 1 FROM archived WHERE message = ? AND archive = ?", (row_id, archive)
        ).fetchone()
        for archive, _ in new.archive_ids
    )


def _is_for_another_resource(ways: set[Way], new: NewMessage) -> bool:
    """Return whether this is what some programs do: write the same to each resource in turn."""
    addressees = {addressee for _, addressee in ways}
    return bool(ways) and all(addressees) and new.addressee not in ("", *addressees)


def _read(text: str) -> set[Way] | None:
    """Return the ways that `text` tells, None where it is damaged."""
    try:
        return {(str(each), str(addressee)) for each, addressee in json.loads(text)}
    except (TypeError, ValueError):
        return None
