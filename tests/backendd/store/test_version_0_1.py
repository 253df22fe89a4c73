"""A database of version 0.1 opens, and nothing of it is lost."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from backendd.core import words
from backendd.core.hub import Hub
from backendd.core.messages import NewMessage
from backendd.features.roster import store as requests
from backendd.features.search import store as search
from backendd.registry import OWNERS
from backendd.store import contacts, conversations, messages, outbox, pages, profiles
from backendd.store.database import Database
from backendd.store.ledger import ProfileStore
from backendd.store.places import PlaceFirst

FROZEN = Path(__file__).with_name("version_0_1.sql")
BOB = "bob@example.org"


@pytest.fixture
async def database(tmp_path):
    path = tmp_path / "backendd.db"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(FROZEN.read_text(encoding="utf-8"))
    database = await Database.open(path)
    yield database
    await database.close()


@pytest.fixture
def store(database):
    return ProfileStore(database, 1, Hub())


async def test_messages_and_conversations_are_as_they_were(store):
    page = await store.read(lambda view: pages.page(view, BOB, {}, 50))
    assert [(each.body, each.state) for each in page.messages] == [
        ("did you see the café?", "read"),
        ("yes", "displayed"),
        ("meet me there", "unread"),
        ("on my way", "pending"),
    ]
    assert {each.type for each in page.messages} == {"message"}
    (conversation,) = await store.read(conversations.listed)
    assert (conversation.peer, conversation.unread, conversation.draft) == (BOB, 1, "half a sent")


async def test_what_waits_is_still_sent(store):
    (row,) = await store.read(lambda view: outbox.fresh(view, 10))
    assert (row.message, row.tries) == (4, 0)
    assert "on my way" in row.stanza


async def test_the_profile_its_contacts_and_requests_are_there(database, store):
    (profile,) = await database.read(profiles.load_all)
    assert (profile.name, profile.jid, profile.show) == ("alice", "alice@example.org", "away")
    assert profile.scram_seen
    assert not profile.settings.allow_plain
    (bob,) = await store.read(contacts.load)
    assert (bob.jid, bob.name, bob.groups, bob.show) == (BOB, "Bob", ["Friends"], "online")
    (request,) = await store.read(requests.load_requests)
    assert (request.jid, request.text) == ("eve@example.org", "let me in")


async def test_what_waited_for_a_message_that_is_not_here_is_applied_when_it_comes(tmp_path):
    path = tmp_path / "waiting.db"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(FROZEN.read_text(encoding="utf-8"))
        (peer,) = db.execute("SELECT id FROM conversation WHERE peer = ?", (BOB,)).fetchone()
        db.executemany(
            "INSERT INTO reference (profile, conversation, message_id, state, time) "
            "VALUES (1, ?, ?, ?, 5)",
            [(peer, "a", "delivered"), (peer, "b", "displayed"), (peer, "c", "read")],
        )
        db.commit()
    database = await Database.open(path)
    store = ProfileStore(database, 1, Hub(), owners=OWNERS)

    def arrive(message_id, direction, state):
        new = NewMessage(
            peer=BOB, direction=direction, source="archive", sender=BOB, body="late", time=9,
            way="archive", message_id=message_id, state=state,
        )  # fmt: skip
        return store.write(lambda ledger: messages.add(ledger, new, placing=PlaceFirst()))

    (c, _), (a, _), (b, _) = (
        await arrive("c", "in", "unread"),
        await arrive("a", "out", "sent"),
        await arrive("b", "out", "sent"),
    )
    found = await store.read(lambda view: pages.load(view, [a, b, c]))
    assert {each.message_id: each.state for each in found} == {
        "a": "delivered", "b": "displayed", "c": "read",
    }  # fmt: skip
    await database.close()


async def test_its_messages_are_found_once_they_are_indexed(store):

    while await store.write(lambda ledger: search.extend(ledger, 2)):
        pass
    found = await store.read(lambda view: search.find(view, words.parse("cafe"), limit=10))
    assert [each.body for each in found] == ["did you see the café?"]
