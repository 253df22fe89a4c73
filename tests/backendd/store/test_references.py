"""What is said of messages, before and after they are here, and which message is meant."""

from xml.etree.ElementTree import Element, SubElement

import pytest

from backendd.core import inbound, jid, xml
from backendd.core.authors import Occupancy
from backendd.core.conversations import Peer
from backendd.core.inbound import Arrival, Context
from backendd.core.rooms import Rooms
from backendd.features.reactions import model
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
    conversations.ensure(book.ledger, Peer(PEER, "chat"), active=0)
    yield book
    book.db.close()


def say(
    book,
    kind,
    target,
    payload="",
    *,
    sender=PEER,
    to=ME,
    time=1000,
    way="live",
    type="chat",
    occupant_id="",
    stay="",
):
    message = Element("message", {"from": sender, "to": to, "type": type})
    if occupant_id:
        SubElement(message, f"{{{xml.OCCUPANT_IDS}}}occupant-id", id=occupant_id)
    rooms = Rooms(joined={ROOM: Occupancy("me", gives_ids=True)})
    context = Context(jid.received(ME), time, rooms=rooms)
    envelope = inbound.resolve(context, Arrival(message, way, time))
    envelope = envelope._replace(author=envelope.author.staying(stay) if stay else envelope.author)
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
    say(book, "heard", "m", "old", time=SECOND, way="past")
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
    payload = model.write_emojis(["👍"])
    say(book, "reactions", "m", payload)
    book.db.execute("UPDATE reference SET payload = ?", (damage,))
    say(book, "reactions", "m", payload, time=SECOND)
    message, is_new = book.add(message_id="m")
    assert is_new
    assert book.message(message).body == "hi"
    say(book, "reactions", "m", payload)
    assert book.message(message).more == {"reactions": {"👍": [PEER]}}


def test_in_a_room_only_the_id_of_the_room_names_a_message(book):
    room = conversations.ensure(book.ledger, Peer(ROOM, "room"), active=0)
    message, _ = book.add(peer=ROOM, message_id="m", archive_ids=((ROOM, "s"), (ME, "other")))
    book.add(peer=PEER, message_id="s")
    assert [each.id for each in targets.named(book.ledger, room, "s")] == [message]
    assert targets.named(book.ledger, room, "m") == []
    assert targets.named(book.ledger, room, "other") == []


def test_in_a_room_ones_own_message_gets_its_name_with_the_reflection(book, heard):
    conversations.ensure(book.ledger, Peer(ROOM, "room"), active=0)
    sent = {"peer": ROOM, "direction": "out", "message_id": "m", "origin_id": "m"}
    message, _ = book.add(**sent, source="sent", way="sent", state="pending")
    say(book, "heard", "s", "hello", sender=ROOM, type="groupchat")
    assert heard.applied == []
    book.add(**sent, archive_ids=((ROOM, "s"),))
    assert heard.applied == [(message, "hello")]


# -- whom a kind takes

ANN, EVE = f"{ROOM}/ann", f"{ROOM}/eve"


@pytest.fixture
def spoken(book):
    """Call it with what a kind takes; returns what is applied to whose message from then on."""
    applied: list[tuple[int, str]] = []

    def apply(ledger, target, reference):
        applied.append((target.id, reference.sender))
        return True

    def take(takes, names="room"):
        book.ledger.owners["spoken"] = Owner(apply, takes=takes, names=names)
        conversations.ensure(book.ledger, Peer(ROOM, "room"), active=0)
        return applied

    return take


def in_room(book, nick, occupant_id, number, **more):
    values = {"author": f"occupant {occupant_id}", "archive_ids": ((ROOM, f"s{number}"),), **more}
    return book.add(peer=ROOM, sender=f"{ROOM}/{nick}", **{"message_id": f"m{number}", **values})[0]


def speak(book, sender, target, **more):
    say(book, "spoken", target, sender=sender, type="groupchat", **more)


@pytest.mark.parametrize("is_early", [True, False])
@pytest.mark.parametrize(
    ("takes", "sender", "occupant_id", "is_taken"),
    [
        ("author", ANN, "a", True),
        ("author", EVE, "a", True),  # under another nick
        ("author", ANN, "e", False),  # another one with that nick
        ("author", ANN, "", False),
        ("author", ROOM, "", False),
        ("known", EVE, "e", True),
        ("known", EVE, "", False),
        ("room", ROOM, "", True),
        ("room", ANN, "a", False),
        ("anybody", EVE, "", True),
    ],
)
def test_a_kind_is_taken_from_whom_it_says_whatever_comes_first(
    book, spoken, is_early, takes, sender, occupant_id, is_taken
):
    applied = spoken(takes)
    if is_early:
        speak(book, sender, "s1", occupant_id=occupant_id)
    message = in_room(book, "ann", "a", 1)
    if not is_early:
        speak(book, sender, "s1", occupant_id=occupant_id)
    assert applied == ([(message, sender)] if is_taken else [])


@pytest.mark.parametrize("is_early", [True, False])
@pytest.mark.parametrize(("sender", "is_taken"), [(PEER, True), ("b@x", False), (ME, False)])
def test_in_a_chat_an_author_is_a_bare_address(book, spoken, is_early, sender, is_taken):
    applied = spoken("author")
    conversations.ensure(book.ledger, Peer("b@x", "chat"), active=0)
    to = PEER if sender == ME else ME
    if is_early:
        say(book, "spoken", "m", sender=f"{sender}/phone", to=to)
    book.add(message_id="m")
    if not is_early:
        say(book, "spoken", "m", sender=f"{sender}/phone", to=to)
    assert bool(applied) is is_taken


def test_no_one_in_a_chat_speaks_as_a_room_does(book, spoken):
    applied = spoken("room")
    book.add(message_id="m")
    say(book, "spoken", "m")
    assert applied == []


def test_what_is_ours_is_by_us_from_every_client(book, spoken):
    applied = spoken("author")
    message, _ = book.add(direction="out", message_id="m", state="sent")
    say(book, "spoken", "m", sender=f"{ME}/other", to=PEER, way="carbon")
    assert applied == [(message, ME)]


def test_without_ids_an_author_is_known_within_one_stay(book, spoken):
    applied = spoken("author")
    message = in_room(book, "ann", "", 1, author="stay 5")
    speak(book, ANN, "s1", stay="6")
    speak(book, ANN, "s1", way="past")
    assert applied == []
    speak(book, EVE, "s1", stay="5")
    assert applied == [(message, EVE)]


def test_where_the_stream_tells_who_it_was_what_the_archive_brought_is_theirs(book, spoken):
    applied = spoken("author")
    archived = {"way": "archive", "source": "archive"}
    message = in_room(book, "ann", "", 1, author="", **archived)
    speak(book, ANN, "s1", stay="5")
    assert applied == []
    assert in_room(book, "ann", "", 1, author="stay 5") == message
    assert applied == [(message, ANN)]


@pytest.mark.parametrize(("names", "target"), [("room", "s1"), ("author", "m1")])
def test_a_kind_names_a_message_in_a_room_by_one_id_alone(book, spoken, names, target):
    applied = spoken("author", names)
    for each in ("s1", "m1"):
        speak(book, ANN, each, occupant_id="a")
    message = in_room(book, "ann", "a", 1)
    assert applied == [(message, ANN)]
    assert [each.id for each in targets.named(book.ledger, 2, target, names)] == [message]


def test_of_two_occupants_with_one_id_attribute_each_means_the_own_message(book, spoken):
    applied = spoken("author", "author")
    first = in_room(book, "ann", "a", 1)
    in_room(book, "eve", "e", 2, message_id="m1")
    speak(book, ANN, "m1", occupant_id="a")
    assert applied == [(first, ANN)]


# -- how much is kept


def test_who_says_much_loses_the_own_first_and_nothing_of_others(book, spoken, monkeypatch):
    monkeypatch.setattr(references, "MOST_OF_ONE", 3)
    applied = spoken("known")
    speak(book, ANN, "s1", occupant_id="a")
    for number in range(1, 9):
        speak(book, EVE, f"s{number}", occupant_id="e", time=number)
    assert kept(book) == 4
    for number in (1, 5, 6):
        in_room(book, "bob", "b", number)
    assert [sender for _, sender in applied] == [ANN, EVE]


def test_of_many_authors_what_was_kept_first_goes_first(book, spoken, monkeypatch):
    monkeypatch.setattr(references, "MOST", 3)
    applied = spoken("known")
    for number in range(8):
        # Read backwards: what comes last is the oldest.
        speak(book, f"{ROOM}/n{number}", f"s{number}", occupant_id=f"o{number}", time=100 - number)
    assert kept(book) == 3
    for number in range(8):
        in_room(book, "bob", "b", number)
    assert [sender for _, sender in applied] == [f"{ROOM}/n{number}" for number in (5, 6, 7)]
