"""The index of words of messages: what a transaction stores gets into it with its commit."""

import pytest

from backendd.core import words
from backendd.core.hub import Hub
from backendd.store import index
from backendd.store.ledger import Ledger
from tests.backendd.store.test_messages import Book

_CHECK = "INSERT INTO message_words (message_words) VALUES ('integrity-check')"


@pytest.fixture
def book():
    book = Book()
    book.db.execute("BEGIN")
    yield book
    book.db.close()


def settle(book):
    """Commit the transaction, and begin another."""
    book.ledger.close(Hub())
    book.db.execute("COMMIT")
    book.db.execute("BEGIN")
    book.ledger = Ledger(book.transaction, 1)


def found(book, query):
    asked = index.expression("p1", words.parse(query))
    rows = book.db.execute(
        "SELECT rowid FROM message_words WHERE message_words MATCH ? ORDER BY rowid", (asked,)
    )
    return [message for (message,) in rows]


def test_what_is_stored_together_is_one_segment_of_the_index(book):
    for number in range(50):
        book.ledger.apart(lambda number=number: book.add(f"word{number} said"), "it failed")
    settle(book)
    (segments,) = book.db.execute("SELECT count(DISTINCT segid) FROM message_words_idx").fetchone()
    assert segments == 1
    assert len(found(book, "said")) == 50


def test_what_is_changed_and_removed_as_it_is_stored_is_found_as_it_is_at_the_end(book):
    stays, _ = book.add("this stays")
    changed, _ = book.add("this was said")
    removed, _ = book.add("this goes")
    book.db.execute("UPDATE message SET body = 'this is said' WHERE id = ?", (changed,))
    book.db.execute("DELETE FROM message WHERE id = ?", (removed,))
    settle(book)
    book.db.execute(_CHECK)
    assert found(book, "this") == [stays, changed]
    assert (found(book, "was"), found(book, "goes")) == ([], [])
    # And so it is later, when all are in the index.
    book.db.execute("UPDATE message SET body = 'another' WHERE id = ?", (changed,))
    book.db.execute("DELETE FROM message WHERE id = ?", (stays,))
    book.db.execute(_CHECK)
    assert (found(book, "this"), found(book, "another")) == ([], [changed])


def test_what_is_undone_by_itself_leaves_nothing_in_the_index(book):
    def fail():
        book.add("never said")
        raise ValueError("it can't be stored")

    book.ledger.apart(fail, "it failed")
    kept, _ = book.add("really said")
    settle(book)
    book.db.execute(_CHECK)
    assert found(book, "said") == [kept]
