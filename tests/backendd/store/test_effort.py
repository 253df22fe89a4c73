"""Effort: what is read a part at a time costs no more among many messages than among few."""

import pytest

from backendd.core.profiles import Profile, Settings
from backendd.core.uris import ItemAddress
from backendd.features.comments import store as comments
from backendd.features.history import store as history
from backendd.features.search import store as search
from backendd.store import discussion_records, entry_records, feeds, pages, profiles
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
    add(db, 1, count)
    db.execute("INSERT INTO indexed (profile, low) VALUES (1, ?)", (count,))


def add(db, first, last):
    """Store messages of these numbers."""
    db.execute(
        """WITH RECURSIVE n (i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i < ?)
           INSERT INTO message (id, profile, conversation, place, direction, source, sender,
              message_id, origin_id, dedupe, payload, body, truncated, time, state, stanza_id,
              revision)
           SELECT i, 1, 1, i, 'in', 'live', 'you@x', 'id' || i, '', 'id' || i, i, 'one of many', 0,
              i, 'read', 's' || i, i
           FROM n""",
        (first, last),
    )


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


async def test_messages_are_found_by_their_ids_whatever_was_known_of_few(tmp_path):
    async def effort_after(count):
        database = await Database.open(tmp_path / f"{count}.db")

        def work(transaction):
            fill(transaction.db, 10)
            transaction.db.execute("ANALYZE")
            add(transaction.db, 11, count)
            ledger = Ledger(transaction, 1, Contributors())
            return effort(transaction.db, lambda: pages.load(ledger, range(1, 9)))

        try:
            return await database.write(work)
        finally:
            await database.close()

    assert 0 < await effort_after(MANY) < 1.5 * await effort_after(FEW)


def fill_feeds(db, numbers):
    """Store feeds of an entry each, and one of its comments, in which somebody says to like it."""
    db.executemany(
        "INSERT INTO feed (id, profile, service, node, revision) VALUES (?1, 1, 'x', ?1, 1)",
        [(feed,) for number in numbers for feed in (number, -number)],
    )
    db.executemany(
        """INSERT INTO entry (profile, feed, item, title, body, xhtml, author, author_name,
              verified, publisher, published, updated, received, place, tags, links, enclosures,
              answers, comments_service, comments_node, listed, unread, revision, heart)
           VALUES (1, ?, 'item', 'one of many', '', '', 'you@x', '', 1, 'you@x', 1, 1, 1, 1, '[]',
              '[]', '[]', '[]', ?, ?, 1, 0, 1, ?)""",
        [row for number in numbers for row in ((number, "x", -number, 0), (-number, "", "", 1))],
    )


@pytest.mark.parametrize("load", [entry_records.load, comments.load, discussion_records.load])
async def test_a_page_of_entries_costs_no_more_where_there_are_many_nodes(tmp_path, load):
    async def effort_among_feeds(count):
        database = await Database.open(tmp_path / f"{count}.db")

        def work(transaction):
            profiles.add(transaction.db, ME)
            fill_feeds(transaction.db, range(1, 10))
            # What SQLite has learned was when most entries were in few feeds.
            transaction.db.execute("ANALYZE")
            transaction.db.execute(
                "UPDATE sqlite_stat1 SET stat = '10000 10000 1' WHERE idx = 'entry_with_comments'"
            )
            transaction.db.execute("ANALYZE sqlite_schema")
            fill_feeds(transaction.db, range(10, count))
            ledger = Ledger(transaction, 1, Contributors())
            assert len(load(ledger, [1, 3, 5])) == 3
            return effort(transaction.db, lambda: load(ledger, [1, 3, 5]))

        try:
            return await database.write(work)
        finally:
            await database.close()

    assert 0 < await effort_among_feeds(1_000) < 1.5 * await effort_among_feeds(100)


@pytest.mark.parametrize(
    "ask",
    [
        lambda ledger: comments.hearts(ledger, ItemAddress("x", "3", "item"), "you@x"),
        lambda ledger: feeds.told(ledger, [3]),
    ],
    ids=["likes", "how it stands with a blog"],
)
async def test_what_is_of_one_node_costs_no_more_where_there_are_many(tmp_path, ask):
    async def effort_among_feeds(count):
        database = await Database.open(tmp_path / f"{count}.db")

        def work(transaction):
            profiles.add(transaction.db, ME)
            fill_feeds(transaction.db, range(1, count))
            ledger = Ledger(transaction, 1, Contributors())
            assert len(ask(ledger)) == 1
            return effort(transaction.db, lambda: ask(ledger))

        try:
            return await database.write(work)
        finally:
            await database.close()

    assert 0 < await effort_among_feeds(1_000) < 1.5 * await effort_among_feeds(100)
