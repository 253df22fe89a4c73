"""Effort: what is read a part at a time costs no more among many messages than among few."""

import pytest

from backendd.core.profiles import Profile, Settings
from backendd.features.history import store as history
from backendd.features.search import store as search
from backendd.store import pages, profiles
from backendd.store.database import Database
from backendd.store.ledger import Ledger
from backendd.store.view import Contributors
from tests.lab.effort import effort

FEW, MANY = 2_000, 8_000
ME = Profile(
    id=0, uuid="me", name="me", jid="me@x", is_default=True, sealed=b"", settings=Settings(),
    xmpp_password=b"",
)  # fmt: skip


def fill(db, count):
    """Store messages that no index has words of, and SQLite no statistics: they came just now."""
    profiles.add(db, ME)
    db.execute(
        "INSERT INTO conversation (id, profile, peer, kind, active, revision) "
        "VALUES (1, 1, 'you@x', 'chat', 1, 1)"
    )
    db.execute("DROP TRIGGER message_words_added")
    db.execute(
        """WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
           INSERT INTO message (id, profile, conversation, place, direction, source, sender,
              message_id, origin_id, dedupe, payload, body, truncated, time, state, stanza_id,
              revision)
           SELECT i, 1, 1, i, 'in', 'live', 'you@x', 'id' || i, '', 'id' || i, i, 'one of many', 0,
              i, 'read', 's' || i, i
           FROM n""",
        (count,),
    )
    db.execute("INSERT INTO indexed (profile, low) VALUES (1, ?)", (count,))


async def effort_among(count, path, ask):
    """Return what it takes to ask once where so many messages are stored."""
    database = await Database.open(path)

    def work(transaction):
        fill(transaction.db, count)
        ledger = Ledger(transaction, 1, Contributors())
        return effort(transaction.db, lambda: ask(ledger, count))

    try:
        return await database.write(work)
    finally:
        await database.close()


@pytest.mark.parametrize(
    "ask",
    [
        lambda ledger, count: search.extend(ledger, 50),
        lambda ledger, count: pages.incoming_above(ledger, "", count - 50, 50),
        lambda ledger, count: pages.incoming_above(ledger, "you@x", count - 50, 50),
        lambda ledger, count: history.find_old(ledger, count, 0),
    ],
    ids=["to be indexed", "above another", "of a conversation above another", "old"],
)
async def test_a_part_is_read_with_no_more_effort_among_many_than_among_few(
    tmp_path, monkeypatch, ask
):
    monkeypatch.setattr("backendd.features.history.store.SEARCHED", 50)
    few = await effort_among(FEW, tmp_path / "few.db", ask)
    many = await effort_among(MANY, tmp_path / "many.db", ask)
    assert 0 < many < 1.5 * few
