"""The index of tags: also of what was stored before there was one."""

import sqlite3

import pytest

from backendd.core import words
from backendd.store import index, migrations

_STEP = "tags_of_entries"
_ENTRY = (
    "INSERT INTO entry (profile, feed, item, title, body, xhtml, author, author_name, verified, "
    "publisher, published, updated, received, place, tags, links, enclosures, answers, "
    "comments_service, comments_node, listed, unread, revision) VALUES (1, 1, ?1, ?1, 'some text', "
    "'', '', '', 0, '', 0, 0, 0, 0, ?2, '[]', '[]', '[]', '', '', 0, 0, 0)"
)


@pytest.fixture
def db():
    db = sqlite3.connect(":memory:", isolation_level=None)
    index.prepare(db)
    yield db
    db.close()


def migrate(db, steps):
    for step in steps:
        db.executescript(step.sql)


def found(db, *tagged, query=""):
    asked = index.expression("p1", words.parse(query), tagged)
    rows = db.execute(
        "SELECT item FROM entry WHERE id IN "
        "(SELECT rowid FROM entry_words WHERE entry_words MATCH ?) ORDER BY id",
        (asked,),
    )
    return [item for (item,) in rows]


def test_what_was_stored_before_is_found_by_its_tags_once_it_was_indexed_anew(db):
    steps = migrations.load()
    (first,) = (at for at, each in enumerate(steps) if each.name == _STEP)
    migrate(db, steps[:first])
    db.execute(
        "INSERT INTO profile (uuid, name, jid, sealed, xmpp_password, settings) "
        "VALUES ('u', 'n', 'me@x', x'', x'', '{}')"
    )
    db.execute("INSERT INTO feed (profile, service, node, revision) VALUES (1, 'a@x', 'n', 0)")
    for item, tags in (("one", '["Tea", "two words"]'), ("two", '["Ünï"]'), ("bad", "{")):
        db.execute(_ENTRY, (item, tags))
    migrate(db, steps[first:])
    db.execute("UPDATE entry SET indexed = 1")
    assert found(db, "tea") == found(db, "two words", query="text") == ["one"]
    assert found(db, "ÜNÏ") == ["two"]
    assert found(db, query="text") == ["one", "two", "bad"]
    db.execute("UPDATE entry SET tags = '[\"coffee\"]' WHERE item = 'one'")
    db.execute("DELETE FROM entry WHERE item = 'two'")
    assert (found(db, "tea"), found(db, "ünï"), found(db, "coffee")) == ([], [], ["one"])
    db.execute("INSERT INTO entry_words (entry_words) VALUES ('integrity-check')")
