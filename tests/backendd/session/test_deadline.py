"""What the server has taken, and nobody says what came of it: waited for, then looked for."""

import time

import pytest

from backendd.core import clock, pubsub, xml
from backendd.core.authors import Occupancy
from backendd.core.conversations import Peer
from backendd.core.messages import CaughtUp, RoomEntered, RoomLeft
from backendd.session.feature import Feature
from backendd.session.missing import Patience
from backendd.session.part import Part
from backendd.store import conversations
from tests.backendd.session.partial import ARCHIVE, PUBSUB, Kept, Page, Partial
from tests.backendd.session.test_answers import DIARY, Shelf, accepted, diary, ended, until_states

ROOM = "room@rooms.localhost"
HOUR_US = 3600 * 1_000_000
SOON = Patience(short_s=0.2, settled_s=0.2)
LATE = Patience(short_s=0.2, settled_s=3600)


class Rooms(Part):
    """Is in a room, as long as there is a stream."""

    def __init__(self, home):
        self._home = home

    async def set_up(self, *, resumed):
        self.enter(resumed=resumed)

    def enter(self, *, resumed=False):
        rooms = self._home.rooms
        self._home.rooms = rooms.entered(ROOM, Occupancy("me"), has_ids=True)
        self._home.events.publish(RoomEntered(ROOM, resumed=resumed))


ROOMS = Feature("rooms", Rooms)


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        server.pubsub = Shelf()
        server.clients_can[ROOM] = (
            "<query xmlns='http://jabber.org/protocol/disco#info'>"
            f"<feature var='{xml.MAM}'/></query>"
        )
        yield server


@pytest.fixture
def make_patient(make_home, partial):
    """Call it for a home that waits for answers and echoes as long as it is told."""

    async def make(patience):
        home = await make_home("user", server=partial)
        await home.execute("CREATE TABLE diary (entry TEXT, ended TEXT)")
        await home.inside.store.write(
            lambda ledger: conversations.ensure(ledger, Peer(ROOM, "room"), active=0)
        )
        await home.restart_with(patience, more=[DIARY, ROOMS])
        await home.online()
        await home.until(lambda: caught_up(home))
        return home

    return make


def rooms(home):
    return next(part for part in home.session.parts if isinstance(part, Rooms))


def caught_up(home):
    return [each for each in home.hub.of(CaughtUp) if each.address == ROOM]


def never_answers(partial, *, keeps):
    """Have the service never answer what is published, which it keeps or loses."""

    def leave_open(iq):
        is_publishing = iq.get("type") == "set" and iq[0].tag == f"{{{pubsub.PUBSUB}}}pubsub"
        if is_publishing and keeps:
            partial.pubsub(iq)
        return is_publishing

    partial.leaves_open = leave_open


async def taken(home, partial):
    """Publish what the server acknowledges and its service keeps, but never answers."""
    never_answers(partial, keeps=True)
    await accepted(home, partial)
    partial.silent.clear()


def publications(partial):
    return [
        xml.written(iq) for word, iq in partial.asked if word == PUBSUB and iq.get("type") == "set"
    ]


def keeps_what_is_said(partial):
    """Have the room keep what we say in it, which it never says back."""

    def page(asked):
        said = [each for client in partial.clients for each in client.elements]
        return Page(
            [
                Kept(f"a{number}", body, message_id=each.get("id"), is_ours=True, room=ROOM)
                for number, each in enumerate(said)
                if (body := xml.child_text(each, xml.CLIENT, "body"))
            ],
            is_complete=True,
        )

    partial.page = page


async def test_what_is_never_answered_is_asked_for_and_settled_where_it_is(make_patient, partial):
    never_answers(partial, keeps=True)
    home = await make_patient(SOON)
    item_id = await diary(home).publish("entry")
    await until_states(home)
    assert await ended(home) == [(f"q-{item_id}", "settled")]
    assert partial.pubsub.published == ["entry"]


async def test_what_is_never_confirmed_is_sent_again_as_it_was_and_fails_after_three_times(
    make_patient, partial
):
    never_answers(partial, keeps=False)
    home = await make_patient(SOON)
    item_id = await diary(home).publish("entry")
    await until_states(home)
    ((entry, why),) = await ended(home)
    assert entry == f"q-{item_id}"
    assert "never confirmed" in why
    assert len(publications(partial)) == 3
    assert len(set(publications(partial))) == 1


async def test_a_deadline_goes_on_in_another_process(make_patient, partial):
    home = await make_patient(LATE)
    await taken(home, partial)
    sm_id = home.inside.stream.sm_id
    await home.crash()
    home.patience = SOON
    await home.come_back()
    await home.online()
    await until_states(home)
    assert home.inside.stream.sm_id == sm_id
    assert partial.pubsub.published == ["entry"]


async def test_a_deadline_that_passed_while_the_machine_slept_counts_on_the_resumed_stream(
    make_patient, partial, monkeypatch
):
    home = await make_patient(LATE)
    await taken(home, partial)
    monkeypatch.setattr(clock, "now_us", lambda: time.time_ns() // 1000 + 2 * HOUR_US)
    home.cut()
    await until_states(home)
    assert partial.pubsub.published == ["entry"]


async def test_a_clock_that_is_set_back_puts_no_deadline_off(make_patient, partial, monkeypatch):
    home = await make_patient(LATE)
    await taken(home, partial)
    await home.crash()
    monkeypatch.setattr(clock, "now_us", lambda: time.time_ns() // 1000 - HOUR_US)
    home.patience = SOON
    await home.come_back()
    await home.online()
    await until_states(home)
    assert partial.pubsub.published == ["entry"]


async def test_what_a_room_never_says_back_is_sent_where_its_archive_has_it(make_patient, partial):
    keeps_what_is_said(partial)
    home = await make_patient(SOON)
    await home.send(ROOM, "hello")
    await home.until_message(ROOM, "hello", "sent")
    await until_states(home)
    assert partial.messages == ["hello"]


async def test_what_a_room_neither_says_back_nor_keeps_fails(make_patient, partial):
    home = await make_patient(SOON)
    await home.send(ROOM, "hello")
    failed = await home.until_message(ROOM, "hello", "failed")
    assert failed.error[0] == "Timeout"
    assert ROOM in failed.error[1]
    assert partial.messages == ["hello"] * 3


async def test_what_is_uncertain_is_sent_again_on_a_resumed_stream_only_once_its_archive_was_asked(
    make_patient, partial
):
    keeps_what_is_said(partial)
    home = await make_patient(SOON)
    partial.silent.add(ARCHIVE)
    asked = partial.count(ARCHIVE)
    await home.send(ROOM, "hello")
    await partial.until(lambda: partial.count(ARCHIVE) == asked + 1)
    home.cut()
    await partial.until(lambda: partial.count(ARCHIVE) == asked + 2)
    assert partial.client.resumed
    await partial.answer(ARCHIVE)
    await home.until_message(ROOM, "hello", "sent")
    assert partial.messages == ["hello"]


async def test_what_was_said_in_a_room_that_we_left_is_looked_for_when_we_are_back(
    make_patient, partial
):
    keeps_what_is_said(partial)
    home = await make_patient(LATE)
    await home.send(ROOM, "hello")
    await until_states(home, "accepted")
    home.hub.publish(RoomLeft(ROOM))
    await until_states(home, "uncertain")
    await home.send(ROOM, "behind it")
    rooms(home).enter()
    await home.until_message(ROOM, "hello", "sent")
    await home.until(lambda: "behind it" in partial.messages)
    assert partial.messages == ["hello", "behind it"]
