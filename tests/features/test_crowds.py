"""Rooms of thousands: what they cost grows with them and no faster, and has an end."""

from itertools import chain

import pytest

from backendd.api import names
from backendd.api.records import Left, Occupant
from backendd.core import jid, xml
from backendd.core.messages import BODY_LIMIT
from backendd.features.rooms.model import OccupantsChanged, Seen
from backendd.features.rooms.occupants import MOST, Occupants
from backendd.features.rooms.stanza import SUBJECT_LIMIT
from tests.backendd.session.rooms import arriving, enter, live_in, say
from tests.lab.hostile import steps

pytestmark = pytest.mark.every_server


@pytest.fixture
async def home(make_home):
    return await (await make_home()).online()


async def test_a_storm_of_presence_is_told_in_few_events(home, room):
    address, _ = room
    await enter(home, address)
    home.hub.events.clear()
    presence = [arriving(address, number) for number in range(5000)]
    await give(home, presence)
    (told,) = home.hub.of(OccupantsChanged)
    assert len(told.now) == 5000
    found = await home.call(names.ROOMS, "occupants", address, {"prefix": "n4999"})
    assert [each.nick for each in found] == ["n4999"]
    assert (await record(home, address)).occupants == 5002


async def give(home, stanzas):
    """Return when stanzas have passed as if they had come."""
    inside, context = home.inside, home.inside.context()
    opened = inside.inbound.open(context, stanzas)
    await inside.store.write(lambda ledger: inside.inbound.run(ledger, context, opened))


async def record(home, room):
    found = await home.call(names.ROOMS, "list", {})
    return next(each for each in found if each.room == room)


async def test_whoever_changes_nicks_all_the_time_stays_one(make_home, room):
    home = await live_in(await make_home(), gives_ids=False)
    address, _ = room
    await enter(home, address)
    stays = await home.count("stay")
    await give(home, [arriving(address, 0)])
    for start in range(0, 5000, 500):
        await give(
            home, chain.from_iterable(renamed(address, n) for n in range(start, start + 500))
        )
    assert await home.count("stay") == stays + 1
    found = await home.call(names.ROOMS, "occupants", address, {"prefix": "n"})
    assert [each.nick for each in found] == ["n5000"]


def renamed(room, number):
    """Return what a room says where somebody takes the next nick."""
    item = xml.element(xml.MUC_USER, "item", {"nick": f"n{number + 1}"})
    status = xml.element(xml.MUC_USER, "status", {"code": "303"})
    x = xml.element(xml.MUC_USER, "x", children=[item, status])
    place = {"from": f"{room}/n{number}", "type": "unavailable"}
    return xml.element(xml.CLIENT, "presence", place, [x]), arriving(room, number + 1)


def test_a_room_that_tells_of_more_people_than_there_can_be_fills_no_memory():
    held = Occupants()
    for number in range(MOST + 5):
        held.see(somebody(number))
    held.see(Seen("room@x", "me", Occupant(nick="me"), is_us=True))
    assert len(held) == MOST + 1
    assert [each.nick for each in held.page("me", 0, "")] == ["me"]
    held.see(Seen("room@x", "n00000", None, Left(nick="n00000")))
    held.see(Seen("room@x", "n00001", None, Left(nick="n00001")))
    assert held.see(somebody(MOST)) is not None


@pytest.mark.every_server(but=["ejabberd"])  # it ends the stream over a giant
async def test_a_giant_topic_is_cut_and_a_giant_message_says_that_it_is(home, room):
    address, peer = room
    await enter(home, address)
    peer.stream._sender.max_bytes = 4 * 1024 * 1024
    peer.write(
        f"<message to='{address}' type='groupchat'><subject>{'s' * 100_000}</subject></message>"
    )
    say(peer, address, "x" * 1_000_000)
    say(peer, address, "and on it goes")
    await home.until_message(address, "and on it goes")
    topic = (await record(home, address)).subject
    assert (len(topic), topic[-1]) == (SUBJECT_LIMIT + 1, "…")
    giant = (await home.messages(address))[0]
    assert (len(giant.body), giant.truncated) == (BODY_LIMIT, True)


async def test_a_storm_of_presence_costs_in_proportion(home, room):
    address, _ = room
    await enter(home, address)

    def storm(count):
        presence = [arriving(address, number) for number in range(count)]
        return steps(lambda: home.inside.inbound.open(home.inside.context(), presence))

    storm(10)  # what is found out once
    few = storm(500)
    assert storm(5000) == pytest.approx(10 * few, rel=0.05)


def test_the_name_of_a_service_is_worked_out_once_for_all_who_are_in_its_rooms():
    def known(name):
        return steps(lambda: [jid.received(f"room@{name}/n{number}") for number in range(100)])

    known("rooms.example.org"), known("r.localhost")  # what is found out once
    long = "a" * 60 + ".example.org"
    known(long)
    jid.received.cache_clear()
    jid.parse.cache_clear()
    assert known(long) == known("r.localhost")


def test_all_pages_of_a_room_cost_in_proportion_to_who_is_there():
    def pages(count):
        held = Occupants()
        for number in range(count):
            held.see(somebody(number))

        def work():
            after, found = "", []
            while page := held.page("", 100, after):
                found += page
                after = page[-1].nick
            assert len(found) == count

        return steps(work)

    few = pages(500)
    assert pages(5000) == pytest.approx(10 * few, rel=0.05)


def somebody(number):
    nick = f"n{number:05}"
    return Seen("room@x", nick, Occupant(nick=nick))
