"""Lanes of the outbox: in order in each, none waits for another, and each row ends by its terms."""

import pytest

from backendd.api.errors import NotAllowed
from backendd.core import xml
from backendd.core.messages import NewMessage, OutboxFilled
from backendd.crypto.data_key import DataKey
from backendd.store import doubts, flight, messages, outbox, pages, settling
from backendd.store.outbox import NOTICE, Terms
from tests.backendd.store.test_messages import ME, Book

ECHO = Terms("echo", "archive", "room@x")
ANSWER = Terms("answer", "ask", "pubsub.x", "item1")
ARCHIVED = Terms(resolved="archive")


def by(sender):
    return lambda asked: asked == sender


class Outbox(Book):
    """An outbox, and what goes out of it on streams."""

    def put(self, lane, name, *, terms=NOTICE, message_id=None, is_held=False):
        stanza = xml.element(xml.CLIENT, "message", {"id": name})
        return outbox.add(
            self.ledger, stanza, 0, lane=lane, terms=terms, message_id=message_id, is_held=is_held
        )

    def message_to(self, peer, body):
        new = NewMessage(
            peer=peer, body=body, sender=ME, direction="out", source="sent", way="sent",
            time=1, message_id=body, origin_id=body, state="pending",
        )  # fmt: skip
        return messages.add(self.ledger, new)[0]

    def waiting(self, limit=100, **options):
        return [
            row.stanza.partition('id="')[2].partition('"')[0]
            for row in outbox.fresh(self.ledger, limit, **options)
        ]

    def write(self, *ids, sm_id="now", first=1):
        written = dict.fromkeys(ids, "<message/>")
        assert flight.begin(self.ledger, written, sm_id, first, ME)

    def states(self):
        return dict(self.db.execute("SELECT id, state FROM outbox"))

    def state_of(self, message_id):
        message = pages.get(self.ledger, message_id)
        return message.state, message.error


@pytest.fixture
def box():
    box = Outbox()
    yield box
    box.db.close()


def test_what_waits_goes_in_the_order_of_its_lane_and_no_lane_waits_for_another(box):
    for name in ("a1", "b1", "a2", "c1"):
        box.put(name[0], name, terms=ARCHIVED)
    assert box.waiting() == ["a1", "b1", "a2", "c1"]
    assert box.waiting(busy={"a"}) == ["b1", "c1"]
    box.write(1)
    doubts.begin_stream(box.ledger, "next")
    assert box.waiting() == ["b1", "c1"]
    doubts.send_again(box.ledger, [1])
    # Again in its old place.
    box.db.execute("UPDATE outbox SET stanza = '<message id=\"a1\"/>' WHERE id = 1")
    assert box.waiting() == ["a1", "b1", "a2", "c1"]


def steps_of(box, limit):
    """Return about how many steps of SQLite's machine it takes to take what is next."""
    steps = 0

    def count():
        nonlocal steps
        steps += 1

    box.db.set_progress_handler(count, 10)
    found = box.waiting(limit)
    box.db.set_progress_handler(None, 0)
    assert len(found) == limit
    return steps


def test_taking_a_hundred_rows_scans_no_closed_lane(box):
    for number in range(150):
        box.put("open", f"o{number}")
    alone = steps_of(box, 100)
    for lane in ("closed", "shut"):
        first = box.put(lane, "first", terms=ARCHIVED)
        for _ in range(5000):
            box.put(lane, "behind")
        box.write(first)
    doubts.begin_stream(box.ledger, "next")
    assert steps_of(box, 100) <= alone + 50
    # With statistics as well, which SQLite's planner goes by.
    box.db.execute("ANALYZE")
    assert steps_of(box, 100) <= alone + 50


def test_what_is_held_takes_its_place_when_it_is_released(box):
    held = box.put("a", "held", is_held=True)
    box.put("a", "a1")
    assert box.waiting() == ["a1"]
    entered = outbox.enter(box.ledger, held, xml.element(xml.CLIENT, "message", {"id": "file"}))
    box.put("a", "a2")
    assert box.waiting() == ["a1", "file", "a2"]
    assert outbox.enter(box.ledger, held, xml.element(xml.CLIENT, "message")) is None
    assert entered in box.states()


def test_what_is_secret_lies_sealed_while_it_waits_and_once_it_is_written(box):
    box.ledger.secrets.key = DataKey.random()
    secret = Terms(is_secret=True)
    stanza = xml.element(xml.CLIENT, "message", {"id": "s1", "to": "sesame@x"})
    row = outbox.add(box.ledger, stanza, 0, lane="a", terms=secret)
    box.put("b", "b1")

    def held():
        return box.db.execute("SELECT stanza FROM outbox WHERE id = ?", (row,)).fetchone()[0]

    waiting = held()
    assert isinstance(waiting, bytes)
    assert b"sesame" not in waiting
    found = outbox.fresh(box.ledger, 10)
    assert found[0].stanza == '<message id="s1" to="sesame@x"/>'
    assert flight.are_unchanged(box.ledger, found)
    assert flight.begin(box.ledger, {each.id: each.stanza for each in found}, "now", 1, ME)
    written = held()
    assert isinstance(written, bytes)
    assert b"sesame" not in written
    doubts.begin_stream(box.ledger, "next")
    doubts.send_again_blindly(box.ledger)
    assert box.waiting() == ["s1", "b1"]


def test_a_transfer_that_fails_fails_what_it_holds_alone(box):
    message = box.message_to("a@x", "with a file")
    held = box.put("a", "held", message_id=message, is_held=True)
    box.put("a", "a1")
    settling.fail(box.ledger, held, NotAllowed("the file is too large for the server"))
    assert box.waiting() == ["a1"]
    assert box.state_of(message) == (
        "failed", ("NotAllowed", "the file is too large for the server"),
    )  # fmt: skip


def test_sent_is_what_settles_it(box):
    chat, room, entry = (box.message_to(peer, peer) for peer in ("a@x", "room@x", "blog@x"))
    one = box.put("chat", "c", terms=ARCHIVED, message_id=chat)
    two = box.put("room", "r", terms=ECHO, message_id=room)
    three = box.put("blog", "q", terms=ANSWER, message_id=entry)
    box.write(one, two, three)
    settling.acknowledge(box.ledger, "now", 3)
    assert [box.state_of(each)[0] for each in (chat, room, entry)] == ["sent", "pending", "pending"]
    assert box.states() == {two: "accepted", three: "accepted"}
    assert settling.echo(box.ledger, "room", "r")
    assert settling.answer(box.ledger, "q", by("pubsub.x"))
    assert [box.state_of(each)[0] for each in (chat, room, entry)] == ["sent", "sent", "sent"]
    assert box.states() == {}


def test_an_echo_of_another_lane_or_what_was_never_written_settles_nothing(box):
    box.put("room", "r", terms=ECHO)
    assert not settling.echo(box.ledger, "room", "r")
    box.write(1)
    assert not settling.echo(box.ledger, "other", "r")
    assert not settling.answer(box.ledger, "r", by("room@x"))  # no question
    assert box.states() == {1: "flight"}


def test_what_is_accepted_is_never_written_again_by_a_release(box):
    box.put("room", "r", terms=ECHO)
    box.put("blog", "q", terms=ANSWER)
    box.put("room", "flying", terms=ECHO)
    box.write(1, 2, 3)
    settling.acknowledge(box.ledger, "now", 2)
    doubts.release(box.ledger, "now")
    doubts.send_again_blindly(box.ledger)
    doubts.send_again(box.ledger, [1, 2])
    assert box.states() == {1: "accepted", 2: "accepted", 3: "fresh"}


@pytest.mark.parametrize("how", ["the stream is replaced", "its settler says so"])
def test_what_is_accepted_becomes_uncertain_and_is_decided_by_who_resolves_it(box, how):
    box.put("room", "r", terms=ECHO)
    box.put("room", "behind", terms=ECHO)
    box.write(1)
    settling.acknowledge(box.ledger, "now", 1)
    if how == "the stream is replaced":
        doubts.begin_stream(box.ledger, "next")
    else:
        doubts.leave_lane(box.ledger, "room")
    assert box.states()[1] == "uncertain"
    assert box.waiting() == []
    assert doubts.of_archive(box.ledger, "").ids == ()
    uncertain = doubts.of_archive(box.ledger, "room@x")
    assert uncertain.ids == (1,)
    doubts.send_again(box.ledger, uncertain.ids)
    assert len(box.waiting()) == 2


def test_what_may_come_twice_is_sent_again_when_it_is_not_settled_in_time_and_then_given_up(box):
    box.put("room", "r", terms=Terms("echo", "blind"))
    for _ in range(doubts.MOST_WAITS):
        assert box.waiting() != []
        box.write(1)
        settling.acknowledge(box.ledger, "now", 1)
        doubts.expire(box.ledger, 3600 * 1_000_000)
        assert box.states() == {1: "accepted"}
        doubts.expire(box.ledger, 0)
    assert box.states() == {}


def test_what_became_uncertain_after_its_archive_was_asked_waits_for_the_next_time(box):
    box.put("a", "a1", terms=ARCHIVED)
    box.put("b", "b1", terms=ARCHIVED)
    box.write(1)
    doubts.begin_stream(box.ledger, "next")
    asked = doubts.of_archive(box.ledger, "")
    box.write(2, sm_id="next")
    doubts.begin_stream(box.ledger, "last")
    doubts.send_again(box.ledger, asked.ids)
    assert box.states() == {1: "fresh", 2: "uncertain"}


def test_what_may_come_twice_closes_no_lane_and_is_sent_again(box):
    box.put("a", "receipt")
    box.put("a", "a1", terms=ARCHIVED)
    box.write(1)
    doubts.begin_stream(box.ledger, "next")
    assert box.waiting() == ["a1"]
    doubts.send_again_blindly(box.ledger)
    assert box.states() == {1: "fresh", 2: "fresh"}


def test_what_is_asked_for_waits_for_whoever_asks(box):
    box.put("blog", "q", terms=ANSWER)
    box.put("blog", "behind", terms=ANSWER)
    box.write(1)
    settling.acknowledge(box.ledger, "now", 1)
    doubts.begin_stream(box.ledger, "next")
    doubts.send_again_blindly(box.ledger)
    assert box.waiting() == []
    assert doubts.to_ask(box.ledger, "blog") == [(1, "pubsub.x", "item1")]
    settling.settle(box.ledger, [1])
    assert box.waiting() == ["behind"]


def test_an_answer_that_refuses_fails_its_row_alone(box):
    entry = box.message_to("blog@x", "entry")
    box.put("blog", "q", terms=ANSWER, message_id=entry)
    box.put("blog", "behind", terms=ANSWER)
    box.write(1)
    assert settling.answer(box.ledger, "q", by("pubsub.x"), NotAllowed("only its owner may"))
    assert box.state_of(entry) == ("failed", ("NotAllowed", "only its owner may"))
    assert box.waiting() == ["behind"]


def test_a_room_that_refuses_for_good_fails_what_is_in_its_lane_but_what_isnt_in_it_yet(box):
    first, second = box.message_to("room@x", "first"), box.message_to("room@x", "second")
    box.put("room", "r1", terms=ECHO, message_id=first)
    box.put("room", "r2", terms=ECHO, message_id=second)
    held = box.put("room", "held", is_held=True)
    other = box.put("other", "o")
    box.write(1)
    settling.acknowledge(box.ledger, "now", 1)
    settling.fail_lane(box.ledger, "room", NotAllowed("you are banned"))
    assert {box.state_of(each) for each in (first, second)} == {
        ("failed", ("NotAllowed", "you are banned"))
    }
    assert box.states() == {held: "held", other: "fresh"}


async def test_who_sends_is_told_whenever_a_lane_has_something_to_send(make_home):
    home = await make_home()
    stanza = xml.element(xml.CLIENT, "message")

    async def told(work):
        home.hub.events.clear()
        await home.inside.store.write(work)
        return bool(home.hub.of(OutboxFilled))

    def add(ledger):
        return outbox.add(ledger, stanza, 0, lane="a", terms=ARCHIVED)

    def write(ledger):
        return flight.begin(ledger, {1: "<message/>"}, "now", 1, ME)

    assert await told(add)
    assert not await told(write)
    assert await told(add)
    assert not await told(lambda ledger: doubts.begin_stream(ledger, "next"))
    assert await told(lambda ledger: settling.settle(ledger, [1]))


def test_what_the_server_has_accepted_can_not_be_discarded(box):
    message = box.message_to("room@x", "hello")
    box.put("room", "r", terms=ECHO, message_id=message)
    box.write(1)
    settling.acknowledge(box.ledger, "now", 1)
    for sm_id in ("now", "next", ""):
        assert not messages.discard(box.ledger, message, sm_id)


@pytest.mark.parametrize("how", ["a receipt says so", "it is discarded"])
async def test_a_lane_opens_when_what_closed_it_is_gone(make_home, how):
    home = await make_home()
    for body in ("first", "second"):
        await home.send("a@x.localhost", body)

    def close(ledger):
        flight.begin(ledger, {1: "<message/>"}, "gone", 1, ME)
        doubts.suspect(ledger, "gone", is_lone=True)
        doubts.begin_stream(ledger, "next")

    await home.inside.store.write(close)
    assert await home.inside.store.read(lambda view: outbox.fresh(view, 10)) == []
    home.hub.events.clear()
    if how == "a receipt says so":
        await home.inside.store.write(lambda ledger: messages.advance(ledger, [1], "delivered"))
    else:
        await home.inside.store.write(lambda ledger: messages.discard(ledger, 1, ""))
    assert home.hub.of(OutboxFilled)
    found = await home.inside.store.read(lambda view: outbox.fresh(view, 10))
    assert [row.message for row in found] == [2]
