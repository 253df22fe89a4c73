"""What features add to records from tables of their own."""

import pytest

from backendd.api import records
from backendd.core import words
from backendd.core.contacts import RosterItem
from backendd.core.hub import Hub
from backendd.core.messages import ConversationsChanged, MessagesChanged
from backendd.features.search import store as search
from backendd.store import changes, contacts, conversations, pages
from backendd.store.view import Contributor, Contributors
from tests.backendd.store.test_messages import PEER, Book

TABLE = """CREATE TABLE tag (
    profile INTEGER NOT NULL, message INTEGER NOT NULL PRIMARY KEY, word TEXT NOT NULL)"""


class Tagged(dict):
    """Stands for the TypedDict of a feature."""


def load(view, ids):
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(f"SELECT message, word FROM tag WHERE message IN ({marks})", ids)
    return {message: {"tag": word} for message, word in rows}


@pytest.fixture
def book():
    book = Book(Contributors([Contributor(Tagged, "tag", load)]))
    book.db.execute(TABLE)
    yield book
    book.db.close()


def tag(book, message_id, word):
    book.db.execute("INSERT OR REPLACE INTO tag VALUES (1, ?, ?)", (message_id, word))
    changes.contributed(book.ledger, message_id, "tag")


def told(book):
    events: list[object] = []
    hub = Hub()
    hub.subscribe(MessagesChanged, events.append)
    hub.subscribe(ConversationsChanged, events.append)
    for effect in book.ledger.close(hub):
        effect()
    return events


def asked(book):
    """Return the statements about the table that are run from now on."""
    statements: list[str] = []
    book.db.set_trace_callback(lambda sql: statements.append(sql) if "tag" in sql else None)
    return statements


def test_what_is_added_is_in_every_record_of_the_message(book):
    book.add("plain")
    message, _ = book.add("tagged")
    tag(book, message, "red")
    told(book)
    view = book.ledger
    hits = search.find(view, words.parse("tagged"), limit=5)
    page = pages.page(view, PEER, {}, 50)
    around = pages.page(view, PEER, {"around": message}, 50)
    (conversation,) = conversations.listed(view)
    found = [
        pages.get(view, message), hits[0], page.messages[1], around.messages[1],
        pages.load(view, [message])[0], pages.changed_since(view, 0, 9)[0][-1],
        conversation.last, pages.incoming_above(view, "", 1, 9)[0],
    ]  # fmt: skip
    assert [each.more for each in found] == [{"tag": "red"}] * len(found)
    assert page.messages[0].more == {}


def test_a_message_is_told_anew_when_something_is_added_to_it(book):
    message, _ = book.add("hi")
    before = book.message(message).revision
    tag(book, message, "red")
    changed = [event for event in told(book) if isinstance(event, MessagesChanged)]
    assert [each.more for each in changed[0].messages] == [{"tag": "red"}]
    assert changed[0].messages[0].revision > before


def test_a_table_without_anything_of_the_profile_is_looked_into_once(book):
    book.add("hi")
    statements = asked(book)
    for _ in range(3):
        pages.page(book.ledger, PEER, {}, 50)
    assert len(statements) == 1


def test_a_page_asks_a_table_once(book):
    ids = [book.add(str(number))[0] for number in range(9)]
    tag(book, ids[0], "red")
    statements = asked(book)
    pages.page(book.ledger, PEER, {"around": ids[4]}, 50)
    assert len(statements) == 1


def test_what_is_added_first_is_seen_where_there_was_nothing_before(book):
    message, _ = book.add("hi")
    assert book.message(message).more == {}
    tag(book, message, "red")
    assert book.message(message).more == {"tag": "red"}


def test_all_conversations_ask_a_table_once(book):
    message, _ = book.add("hi")
    tag(book, message, "red")
    book.add("ho", peer="other@x")
    statements = asked(book)
    conversations.listed(book.ledger)
    assert len(statements) == 1


def noted(view, whose):
    """Return the words about conversations, or about contacts."""
    return {
        each: {"note": word}
        for each, word in view.db.execute(
            f"SELECT whose, word FROM note WHERE whose IN ({','.join('?' * len(whose))})", whose
        )
    }


@pytest.fixture
def annotated():
    book = Book(
        Contributors(
            [
                Contributor(Tagged, "note", noted, to=records.Conversation),
                Contributor(Tagged, "note", noted, to=records.Contact),
            ]
        )
    )
    book.db.execute("CREATE TABLE note (profile INTEGER, whose PRIMARY KEY, word TEXT)")
    yield book
    book.db.close()


def test_what_is_added_to_conversations_and_contacts_is_in_their_records(annotated):
    contacts.save(annotated.ledger, RosterItem(PEER, "", (), "both"))
    contacts.save(annotated.ledger, RosterItem("other@x", "", (), "both"))
    message, conversation = annotated.add("hi")
    annotated.add("ho", peer="other@x")
    annotated.db.execute(
        "INSERT INTO note VALUES (1, ?, 'spring'), (1, ?, 'friend')", (conversation, PEER)
    )
    annotated.ledger.contributors.uses("note")
    listed = {each.peer: each.more for each in conversations.listed(annotated.ledger)}
    assert listed == {PEER: {"note": "spring"}, "other@x": {}}
    known = {each.jid: each.more for each in contacts.load(annotated.ledger)}
    assert known == {PEER: {"note": "friend"}, "other@x": {}}
    assert annotated.message(message).more == {}


def test_many_contacts_ask_a_table_once(annotated):
    for number in range(9):
        contacts.save(annotated.ledger, RosterItem(f"c{number}@x", "", (), "both"))
    annotated.db.execute("INSERT INTO note VALUES (1, 'c1@x', 'friend')")
    annotated.ledger.contributors.uses("note")
    statements: list[str] = []
    annotated.db.set_trace_callback(lambda sql: statements.append(sql) if "note" in sql else None)
    contacts.load(annotated.ledger)
    assert len(statements) == 1
