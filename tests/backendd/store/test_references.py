"""What is said of messages, before and after they are here, and which message is meant."""

from xml.etree.ElementTree import Element

import pytest

from backendd.core import inbound, jid
from backendd.core.inbound import Arrival, Context
from backendd.features.reactions.model import Reactions
from backendd.registry import CONTRIBUTORS, OWNERS
from backendd.store import conversations, references, targets
from backendd.store.ledger import Owner
from backendd.store.view import Contributors
from tests.backendd.store.test_messages import ME, PEER, SECOND, Book

ROOM = "room@x"


class Heard:
    """An owner that notes what it applies, of our messages alone."""

    def __init__(self):
        self.applied: list[tuple[int, str]] = []

    def apply(self, ledger, target, reference):
        if target.direction == "out":
            self.applied.append((target.id, reference.payload))
        return target.direction == "out"


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def book(heard):
    book = Book(Contributors(CONTRIBUTORS), owners={**OWNERS, "heard": Owner(heard.apply)})
    conversations.ensure(book.ledger, PEER, active=0)
    yield book
    book.db.close()


def say(book, kind, target, payload="", *, sender=PEER, to=ME, time=1000, way="live"):
    message = Element("message", {"from": sender, "to": to})
    envelope = inbound.resolve(Context(jid.received(ME), time), Arrival(message, way, time))
    references.speak(book.ledger, envelope, kind, target, payload)


def kept(book):
    return book.db.execute("SELECT count(*) FROM reference").fetchone()[0]


def test_a_reference_waits_for_its_message_by_either_id(book):
    say(book, "received", "m")
    say(book, "displayed", "o", "out")
    say(book, "displayed", "i", "in", sender=ME, to=PEER)
    sent, _ = book.add(direction="out", message_id="m", origin_id="o", state="sent")
    assert book.message(sent).state == "displayed"
    read, _ = book.add(message_id="i", state="unread")
    assert book.message(read).state == "read"
    assert kept(book) == 0


def test_a_marker_that_was_kept_counts_for_all_before_its_message(book):
    say(book, "displayed", "second", "out")
    first, _ = book.add(direction="out", message_id="first", state="sent")
    book.add(direction="out", message_id="second", state="sent")
    assert book.message(first).state == "displayed"


def test_what_is_not_meant_by_a_reference_leaves_it_to_wait(book, heard):
    say(book, "heard", "same", "hello")
    book.add(message_id="same")
    assert kept(book) == 1
    ours, _ = book.add(direction="out", message_id="same", state="sent")
    assert heard.applied == [(ours, "hello")]
    assert kept(book) == 0


def test_of_two_messages_with_one_id_the_one_that_is_meant_is_found(book, heard):
    ours, _ = book.add(direction="out", message_id="same", state="sent")
    book.add("theirs", message_id="same")
    say(book, "heard", "same", "hello")
    assert heard.applied == [(ours, "hello")]


def test_of_one_author_the_newest_is_kept_whatever_comes_last(book, heard):
    say(book, "heard", "m", "new", time=2 * SECOND)
    say(book, "heard", "m", "old", time=SECOND)
    say(book, "heard", "m", "mine", sender=ME, to=PEER)
    book.add(direction="out", message_id="m", state="sent")
    assert sorted(payload for _, payload in heard.applied) == ["mine", "new"]


def test_a_stranger_makes_no_conversation_by_speaking_of_something(book):
    say(book, "heard", "m", sender="stranger@x")
    assert kept(book) == 0
    assert conversations.find(book.ledger, "stranger@x") is None


@pytest.mark.parametrize(
    ("target", "payload"),
    [("i" * (references.LONGEST_ID + 1), ""), ("i", "p" * (references.LONGEST_PAYLOAD + 1))],
)
def test_what_is_too_long_is_not_kept(book, target, payload):
    say(book, "heard", target, payload)
    assert kept(book) == 0


def test_what_nobody_owns_any_more_harms_no_message(book):
    say(book, "heard", "m")
    del book.ledger.owners["heard"]
    assert book.add(direction="out", message_id="m", state="sent")[1]


@pytest.mark.parametrize("damage", ["", "[", "7", '["x"]', "null", '{"a": 1}', "[1, 2, 3, 4]"])
def test_a_damaged_reference_costs_no_message(book, damage):
    payload = Reactions(("👍",), 1, "live").written()
    say(book, "reactions", "m", payload)
    book.db.execute("UPDATE reference SET payload = ?", (damage,))
    say(book, "reactions", "m", payload, time=SECOND)
    message, is_new = book.add(message_id="m")
    assert is_new
    assert book.message(message).body == "hi"
    say(book, "reactions", "m", payload)
    assert book.message(message).more == {"reactions": {"👍": [PEER]}}


def test_in_a_room_only_the_id_of_the_room_names_a_message(book):
    room = conversations.ensure(book.ledger, ROOM, active=0, kind="room")
    message, _ = book.add(peer=ROOM, message_id="m", archive_ids=((ROOM, "s"), (ME, "other")))
    book.add(peer=PEER, message_id="s")
    assert [each.id for each in targets.named(book.ledger, room, "s")] == [message]
    assert targets.named(book.ledger, room, "m") == []
    assert targets.named(book.ledger, room, "other") == []


def test_in_a_room_ones_own_message_gets_its_name_with_the_reflection(book, heard):
    conversations.ensure(book.ledger, ROOM, active=0, kind="room")
    sent = {"peer": ROOM, "direction": "out", "message_id": "m", "origin_id": "m"}
    message, _ = book.add(**sent, source="sent", way="sent", state="pending")
    say(book, "heard", "s", "hello", sender=ROOM)
    assert heard.applied == []
    book.add(**sent, archive_ids=((ROOM, "s"),))
    assert heard.applied == [(message, "hello")]
