"""The message table: what is a duplicate, where a message stands, which state it has."""

import sqlite3
import weakref

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backendd.core import xml
from backendd.core.hub import Hub
from backendd.core.messages import MessagesChanged, NewMessage
from backendd.store import conversations, index, messages, migrations, outbox, pages
from backendd.store.ledger import Ledger
from backendd.store.places import PlaceAbove, PlaceByTime, PlaceFirst
from backendd.store.transaction import Transaction
from tests.backendd.store.receiving import receive

PEER = "a@x"
ME = "me@x"
SECOND = 1_000_000
HOUR = 3600 * SECOND


class Book:
    """A database in memory, and the ledger of one profile."""

    def __init__(self, contributors=None, owners=None):
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        weakref.finalize(self, self.db.close)
        index.prepare(self.db)
        for step in migrations.load():
            self.db.executescript(step.sql)
        self.db.execute("PRAGMA foreign_keys = ON")
        self.db.execute(
            "INSERT INTO profile (uuid, name, jid, sealed, xmpp_password, settings) "
            "VALUES ('u', 'n', 'me@x', x'', x'', '{}')"
        )
        self.transaction = Transaction(self.db)
        self.ledger = Ledger(self.transaction, 1, contributors, owners)

    def add(self, body="hi", *, placing=None, peer=PEER, **values):
        values = {"direction": "in", "source": "live", "way": "live", "time": 1000, **values}
        sender = ME if values["direction"] == "out" else peer
        new = NewMessage(peer=peer, body=body, **{"sender": sender, **values})
        return receive(self.ledger, new, placing=placing)

    def bodies(self):
        return [m.body for m in pages.before(self.ledger, 1, 1000)]

    def message(self, message_id):
        return pages.get(self.ledger, message_id)


@pytest.fixture
def book():
    book = Book()
    yield book
    book.db.close()


ARCHIVED = {"archive_ids": ((ME, "s1"),), "source": "archive", "way": "archive"}
CARBON = {"message_id": "m", "way": "carbon"}
COPIES = [
    # the same archive id on both ways
    ({"archive_ids": ((ME, "s1"),)}, ARCHIVED, True),
    ({"archive_ids": ((ME, "s1"),)}, {"archive_ids": (("room@x", "s1"),)}, False),
    # live first without the archive's id, then from the archive
    ({"message_id": "m"}, {"message_id": "m", **ARCHIVED}, True),
    ({"origin_id": "o"}, {"origin_id": "o", **ARCHIVED}, True),
    ({"message_id": "m"}, {"message_id": "m", "way": "late"}, True),
    (CARBON, {"message_id": "m", **ARCHIVED}, True),
    # one archive gives one message one id
    ({"message_id": "m", "archive_ids": ((ME, "s2"),)}, {"message_id": "m", **ARCHIVED}, False),
    ({**CARBON, "archive_ids": (("room@x", "s2"),)}, {"message_id": "m", **ARCHIVED}, True),
    # no way brings a message twice
    ({"message_id": "m"}, {"message_id": "m"}, False),
    ({"message_id": "m", "way": "late"}, {"message_id": "m", "way": "late"}, False),
    (CARBON, CARBON, False),
    # some programs write the same to each of our resources
    ({"message_id": "m", "addressee": "here"}, {**CARBON, "addressee": "there"}, True),
    ({**CARBON, "addressee": "there"}, {**CARBON, "addressee": "elsewhere"}, True),
    ({"message_id": "m", "addressee": "here", "archive_ids": ((ME, "s2"),)},
     {**CARBON, "addressee": "there", "archive_ids": ((ME, "s1"),)}, True),
    ({"message_id": "m", "addressee": "here"}, {"message_id": "m", "addressee": "here"}, False),
    ({"message_id": "m", "addressee": "here"}, {"message_id": "m"}, False),
    # ids are chosen by senders
    ({"origin_id": "o"}, {"origin_id": "o", **ARCHIVED, "body": "different"}, False),
    ({"message_id": "m"}, {**CARBON, "sender": "other@x"}, False),
    ({"message_id": "m"}, {**CARBON, "direction": "out"}, False),
    ({"message_id": "m"}, {**CARBON, "time": 1000 + HOUR}, False),
    # and who chooses none can't be told from who says the same again
    ({}, {"way": "carbon"}, False),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "is_copy"), COPIES)
def test_what_is_a_copy_and_what_is_not(book, first, second, is_copy):
    one, _ = book.add(**first)
    two, is_new = book.add(**second)
    assert (two == one, is_new) == (is_copy, not is_copy)


@st.composite
def histories(draw):
    """Messages of a sender whose ids say little, and their copies as they come, in any order.

    Each message comes by the stream or as a carbon or not at all, with its archive's id or without;
    the archive has them all, and may be read more than once.
    """
    count = draw(st.integers(1, 6))
    texts = [draw(st.sampled_from(["started", "stopped"])) for _ in range(count)]
    copies = []
    for number, body in enumerate(texts):
        said = {"body": body, "message_id": draw(st.sampled_from("12")), "time": number * SECOND}
        archive_ids = ((ME, f"s{number}"),)
        stream = {**said, "way": draw(st.sampled_from(["live", "late", "carbon"]))}
        copies += draw(st.sampled_from([[], [stream], [{**stream, "archive_ids": archive_ids}]]))
        archived = {**said, "way": "archive", "source": "archive", "archive_ids": archive_ids}
        copies += [archived] * draw(st.integers(1, 2))
    return texts, draw(st.permutations(copies))


@given(histories())
@settings(max_examples=300)
def test_once_the_archive_is_read_each_message_is_here_once_however_its_copies_came(history):
    texts, copies = history
    book = Book()
    for copy in copies:
        book.add(**copy)
    assert sorted(book.bodies()) == sorted(texts)
    book.db.close()


@given(st.lists(st.sampled_from(["here", "there", "elsewhere"]), min_size=1, max_size=6))
def test_what_is_written_to_each_resource_is_one_message_as_often_as_one_of_them_gets_it(written):
    book = Book()
    for number, addressee in enumerate(written):
        way = "live" if addressee == "here" else "carbon"
        archive_ids = ((ME, f"s{number}"),)
        book.add(message_id="1", addressee=addressee, way=way, archive_ids=archive_ids)
    assert len(book.bodies()) == max(map(written.count, written))
    book.db.close()


def test_a_message_of_which_no_ways_are_known_still_finds_its_copies(book):
    one, _ = book.add(message_id="m")
    book.db.execute("UPDATE message SET ways = '[]'")
    assert book.add(message_id="m", **ARCHIVED) == (one, False)
    _, is_new = book.add(message_id="m", **{**ARCHIVED, "archive_ids": ((ME, "s2"),)})
    assert is_new


def test_our_own_id_matches_alone_whatever_the_server_made_of_it(book):
    sent, _ = book.add("text", direction="out", source="sent", origin_id="o", state="pending")
    copy, is_new = book.add(
        "stripped", direction="out", origin_id="o", time=9 * 24 * HOUR, **ARCHIVED
    )
    assert (copy, is_new) == (sent, False)
    assert book.message(sent).state == "sent"
    assert book.message(sent).body == "text"


def test_a_copy_brings_its_ids_and_the_archives_time(book):
    one, _ = book.add(message_id="m", time=10_000_000)
    book.add(message_id="m", time=3_000_000, **ARCHIVED)
    book.add(message_id="m", time=10_000_000, way="carbon", archive_ids=(("room@x", "r1"),))
    assert (book.message(one).stanza_id, book.message(one).time) == ("s1", 3_000_000)
    for archive, stanza_id in ((ME, "s1"), ("room@x", "r1")):
        assert book.add("x", archive_ids=((archive, stanza_id),)) == (one, False)


def test_a_copy_of_whole_seconds_changes_no_time(book):
    one, _ = book.add(message_id="m", time=10_400_000)
    book.add(message_id="m", time=10_000_000, **ARCHIVED)
    assert book.message(one).time == 10_400_000


def test_a_copy_opens_no_closed_conversation_and_history_neither(book):
    book.add(message_id="m")
    conversations.close(book.ledger, 1)
    book.add(message_id="m", way="carbon")
    book.add("old", is_past=True)
    assert conversations.listed(book.ledger) == []
    book.add("new")
    assert len(conversations.listed(book.ledger)) == 1


def test_a_message_that_was_never_written_is_not_what_the_archive_has(book):
    sent, _ = book.add("again", direction="out", source="sent", origin_id="o", state="pending")
    stanza = xml.element(xml.CLIENT, "message")
    outbox.add(book.ledger, stanza, 0, lane="conversation x", message_id=sent)
    book.add("again", direction="out", origin_id="o", **ARCHIVED)
    assert book.message(sent).state == "pending"
    assert len(outbox.fresh(book.ledger, 10)) == 1


STATES = ["pending", "sent", "delivered", "displayed"]


@given(st.lists(st.sampled_from([*STATES[1:], "fail"]), max_size=8))
@settings(max_examples=60)
def test_states_only_advance_and_only_what_did_not_arrive_fails(moves):
    book = Book()
    sent, _ = book.add(direction="out", source="sent", origin_id="o", state="pending")
    before = "pending"
    for move in moves:
        if move == "fail":
            messages.fail(book.ledger, sent, "ServerError", "no")
        else:
            messages.advance(book.ledger, [sent], move)
        after = book.message(sent).state
        if after == "failed":
            assert before in ("pending", "sent", "failed")
        elif before != "failed":
            assert STATES.index(after) >= STATES.index(before)
        assert (book.message(sent).error == ("", "")) == (after != "failed")
        before = after
    book.db.close()


def test_archived_messages_keep_their_order_within_one_second_and_before_live_ones(book):
    book.add("known", time=5_000_000)
    began = pages.newest_id(book.ledger)
    book.add("live", time=1_000_000)  # this machine's clock is behind
    placing = PlaceAbove(began)
    for body in ("a", "b", "c"):
        book.add(body, time=6_000_000, source="archive", placing=placing)
    assert book.bodies() == ["known", "a", "b", "c", "live"]


def test_where_the_archive_has_a_live_message_what_follows_it_there_follows_it_here(book):
    book.add("known", time=1_000_000)
    placing = PlaceAbove(pages.newest_id(book.ledger))
    book.add("live 1", time=10_000_000, message_id="l1")
    book.add("live 2", time=20_000_000, message_id="l2")
    for body, message_id in (("a", "a"), ("live 1", "l1"), ("b", "b"), ("live 2", "l2")):
        book.add(
            body, message_id=message_id, time=30_000_000, source="archive", way="archive",
            placing=placing,
        )  # fmt: skip
    assert book.bodies() == ["known", "a", "live 1", "b", "live 2"]


def test_what_nobody_has_yet_stands_by_its_time(book):
    book.add("known", time=1_000_000)
    book.add("mine", direction="out", source="sent", time=6_000_000, state="pending")
    placing = PlaceAbove(pages.newest_id(book.ledger))
    for body, time in (("before", 5_000_000), ("after", 7_000_000)):
        book.add(body, time=time, source="archive", placing=placing)
    assert book.bodies() == ["known", "before", "mine", "after"]


def test_what_we_write_stands_last_where_the_clock_was_set_back(book):
    for number in range(3):
        book.add(f"known {number}", time=10 * HOUR + number, message_id=f"k{number}")
    mine = {"direction": "out", "source": "sent", "state": "pending"}
    book.add("mine", time=9 * HOUR, message_id="m1", **mine)
    placing = PlaceAbove(pages.newest_id(book.ledger))
    book.add("mine too", time=9 * HOUR + 1, message_id="m2", **mine)
    for number in (1, 2):  # read once more, as where a cursor was lost
        book.add(
            f"known {number}", time=10 * HOUR + number, message_id=f"k{number}",
            source="archive", way="archive", placing=placing,
        )  # fmt: skip
    book.add("missed", time=11 * HOUR, source="archive", way="archive", placing=placing)
    assert book.bodies() == ["known 0", "known 1", "known 2", "missed", "mine", "mine too"]


def test_it_stands_last_too_once_it_is_sent_while_the_archive_is_read(book):
    book.add("known", time=10 * HOUR)
    mine = {"direction": "out", "source": "sent", "state": "pending"}
    sent, _ = book.add("mine", time=9 * HOUR, **mine)
    placing = PlaceAbove(pages.newest_id(book.ledger))
    book.add("missed", time=11 * HOUR, source="archive", way="archive", placing=placing)
    messages.advance(book.ledger, [sent], "sent")
    book.add("missed too", time=12 * HOUR, source="archive", way="archive", placing=placing)
    assert book.bodies() == ["known", "missed", "missed too", "mine"]


def test_a_page_read_backwards_goes_to_the_front(book):
    book.add("known", time=5_000_000)
    for body in ("c", "b", "a"):
        book.add(body, time=5_000_000, source="archive", placing=PlaceFirst(), is_past=True)
    assert book.bodies() == ["a", "b", "c", "known"]


def test_a_first_look_stands_among_what_came_meanwhile(book):
    book.add("live", time=9_000_000)
    placing = PlaceByTime(0)
    for body in ("a", "b"):
        book.add(body, time=5_000_000, source="archive", placing=placing)
    assert book.bodies() == ["a", "b", "live"]


@given(st.lists(st.tuples(st.sampled_from(["live", "archive"]), st.integers(0, 5)), max_size=20))
@settings(max_examples=60)
def test_each_way_keeps_its_own_order_however_the_clocks_go(arrivals):
    book = Book()
    placing = PlaceAbove(0)
    expected = {"live": [], "archive": []}
    for number, (way, seconds) in enumerate(arrivals):
        body = f"{way} {number}"
        expected[way].append(body)
        book.add(
            body, time=seconds * 1_000_000, source=way,
            placing=placing if way == "archive" else None,
        )  # fmt: skip
    assert book.bodies() == expected["archive"] + expected["live"]
    book.db.close()


def test_one_transaction_tells_each_message_once_with_what_it_is_then(book):
    sent, _ = book.add(direction="out", source="sent", origin_id="o", state="pending")
    messages.advance(book.ledger, [sent], "sent")
    hub, told = Hub(), []
    hub.subscribe(MessagesChanged, lambda event: told.extend(event.messages))
    for effect in book.ledger.close(hub):
        effect()
    assert [(m.id, m.state) for m in told] == [(sent, "sent")]
    (revision,) = book.db.execute("SELECT revision FROM profile").fetchone()
    assert revision >= told[0].revision


def test_who_wrote_is_known_once_a_copy_tells_it_and_no_other_changes_that(book):
    said = {"peer": "room@x", "kind": "room", "message_id": "m", "author": ""}
    row_id, _ = book.add(**said)
    assert book.message(row_id).real_jid == ""
    revision = book.message(row_id).revision
    ids = {"archive_ids": (("room@x", "r1"),)}
    for told in ("ann@x", "eve@x", ""):
        again = {**said, **ARCHIVED, **ids, "real_jid": told}
        assert book.add(**again) == (row_id, False)
        assert book.message(row_id).real_jid == "ann@x"
    assert book.message(row_id).revision > revision
