"""A long past: a database filled as if the messages had come over the years."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from backendd.store import index

MESSAGE_EVERY_US = 30_000_000
"""Two messages a minute: a million of them take a year."""


def numbered(number: int) -> str:
    """Return what is said in a message where it only has to be told from others."""
    return f"number {number} of what was said in all these years"


def fill(
    database: Path,
    *,
    peers: Mapping[str, int],
    unindexed: Mapping[str, int] | None = None,
    said: Callable[[int], str] = numbered,
) -> None:
    """Give the only profile, of a daemon that does not run, conversations of so many messages.

    The first peer is the one last heard of. Everything was read. Those of `unindexed` are from
    before there was an index of words. `said` returns the text of a message by its number.
    """
    db = sqlite3.connect(database)
    index.prepare(db)
    db.execute("PRAGMA synchronous = off")
    db.execute("PRAGMA cache_size = -200000")
    db.create_function("said", 1, said)
    with db:
        (profile, account) = db.execute("SELECT id, jid FROM profile").fetchone()
        now = time.time_ns() // 1000
        for number, (peer, count) in enumerate((unindexed or {}).items(), start=len(peers)):
            with _without_index(db):
                _conversation(db, profile, account, peer, count, _ended(now, number))
        low = db.execute("SELECT max(id) FROM message").fetchone()[0]
        if low is not None:
            db.execute("INSERT INTO indexed (profile, low) VALUES (?, ?)", (profile, low))
        for number, (peer, count) in enumerate(peers.items()):
            _conversation(db, profile, account, peer, count, _ended(now, number))
        db.execute(
            "UPDATE profile SET revision = (SELECT max(revision) FROM message) WHERE id = ?",
            (profile,),
        )
    db.close()


def _ended(now: int, number: int) -> int:
    """Return when something was said last in the so many-th conversation."""
    return now - (number + 1) * MESSAGE_EVERY_US


@contextmanager
def _without_index(db: sqlite3.Connection) -> Iterator[None]:
    query = "SELECT sql FROM sqlite_schema WHERE name = 'message_words_added'"
    (trigger,) = db.execute(query).fetchone()
    db.execute("DROP TRIGGER message_words_added")
    yield
    db.execute(trigger)


def _conversation(
    db: sqlite3.Connection, profile: int, account: str, peer: str, count: int, last: int
) -> None:
    conversation = db.execute(
        "INSERT INTO conversation (profile, peer, kind, active, revision) VALUES (?, ?, ?, ?, 1)",
        (profile, peer, "chat", last),
    ).lastrowid
    start = db.execute("SELECT ifnull(max(id), 0) FROM message").fetchone()[0]
    values = {
        "profile": profile, "account": account, "conversation": conversation, "peer": peer,
        "count": count, "start": start, "begin": last - count * MESSAGE_EVERY_US,
        "every": MESSAGE_EVERY_US,
    }  # fmt: skip
    db.execute(
        """WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
            INSERT INTO message (id, profile, conversation, place, direction, source, sender,
              message_id, origin_id, dedupe, payload, body, truncated, time, state, stanza_id,
              revision)
            SELECT :start + i, :profile, :conversation, :begin + i * :every,
              iif(i % 3, 'in', 'out'), 'live', iif(i % 3, :peer, :account),
              'id' || i, '', 'id' || i, i, said(i), 0, :begin + i * :every,
              iif(i % 3, 'read', 'displayed'), 's' || (:start + i), :start + i
            FROM n""",
        values,
    )
    db.execute(
        """INSERT INTO archived (profile, archive, stanza_id, message)
           SELECT profile, :account, stanza_id, id FROM message
           WHERE conversation = :conversation""",
        values,
    )
    db.execute(
        "UPDATE conversation SET read_up_to = :start + :count WHERE id = :conversation", values
    )
