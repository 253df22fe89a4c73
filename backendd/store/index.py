"""The indexes of words: kept by triggers of the tables of messages and entries (FTS5).

Words of new messages are put into theirs at the end of a transaction, all by one statement: FTS5
writes what it has with each that may have to be undone, and so does whatever makes a savepoint.
Each profile's messages are in it from the newest down to above `low`; what is older is added in
the background (features/search), so that a great database opens at once; so are entries that
aren't `indexed` (features/blog).
"""

import json
import sqlite3
from collections.abc import Sequence

from backendd.core import tags, words
from backendd.core.words import Term

_PAGE = 1000
"""Bytes of a page of FTS5, which merges so many pages at a time: others wait for that meanwhile."""

_COMPLETE = """
    INSERT INTO message_words (rowid, scope, words)
    SELECT m.id, 'p' || m.profile || ' c' || m.conversation,
        indexed_words(CAST(m.body || char(10) || m.attached AS BLOB))
    FROM unindexed CROSS JOIN message m ON m.id = unindexed.message ORDER BY unindexed.message
"""

_RENEW_ENTRIES = """
    INSERT INTO entry_words (entry_words) VALUES ('delete-all');
    UPDATE entry SET indexed = 0;
"""


def prepare(db: sqlite3.Connection) -> None:
    """Give a connection that writes the functions which the triggers call."""
    db.create_function("indexed_words", 1, indexed, deterministic=True)
    db.create_function("indexed_tags", 1, tagged, deterministic=True)


def renew(db: sqlite3.Connection) -> None:
    """Begin anew where texts were cut in another way than now; the background does the rest."""
    if not _is_there(db, "word_index"):
        return
    (version,) = db.execute("SELECT version FROM word_index").fetchone()
    if version != words.VERSION:
        entries = _RENEW_ENTRIES if _is_there(db, "entry_words") else ""
        unindexed = "DELETE FROM unindexed;" if _is_there(db, "unindexed") else ""
        db.executescript(
            f"""BEGIN IMMEDIATE;
            INSERT INTO message_words (message_words) VALUES ('delete-all');
            INSERT INTO message_words (message_words, rank) VALUES ('pgsz', {_PAGE:d});
            DELETE FROM indexed;
            INSERT INTO indexed (profile, low)
                SELECT profile, max(id) FROM message GROUP BY profile;
            {unindexed}
            {entries}
            UPDATE word_index SET version = {words.VERSION:d};
            COMMIT;"""
        )


def complete(db: sqlite3.Connection) -> None:
    """Put the words of the messages into the index that were stored since this was done last."""
    db.execute(_COMPLETE)
    db.execute("DELETE FROM unindexed")


def invalidate(db: sqlite3.Connection) -> None:
    """Have all indexed anew when the database is opened next."""
    if _is_there(db, "word_index"):
        db.execute("UPDATE word_index SET version = 0")


def _is_there(db: sqlite3.Connection, table: str) -> bool:
    query = "SELECT 1 FROM sqlite_schema WHERE name = ?"
    return db.execute(query, (table,)).fetchone() is not None


def forget(db: sqlite3.Connection, profile_id: int) -> None:
    """Take note that a profile's messages are gone."""
    db.execute("DELETE FROM indexed WHERE profile = ?", (profile_id,))


def expression(scope: str, terms: Sequence[Term], tagged: Sequence[str] = ()) -> str:
    """Return what asks an index for all `terms` where the word for the scope stands.

    Of entries it is what is `tagged` so as well.
    """
    # Words hold no quotes (core/words.py), so nothing of them can be taken for syntax.
    asked = [f'words : "{" ".join(term.words)}"{" *" * term.is_prefix}' for term in terms]
    asked += [f'scope : "{each}"' for each in (*map(tags.token, tagged), scope)]
    return " AND ".join(asked)


def indexed(body: bytes) -> str:
    """Return the words of a body as they are indexed; damaged text costs only itself."""
    return words.indexed(body.decode(errors="replace"))


def tagged(written: bytes) -> str:
    """Return the words for the tags of an entry, which stand behind that for its feed."""
    try:
        found = json.loads(written.decode(errors="replace"))
    except ValueError:
        return ""
    of_text = (each for each in found if isinstance(each, str)) if isinstance(found, list) else ()
    return "".join(f" {each}" for each in dict.fromkeys(map(tags.token, of_text)))
