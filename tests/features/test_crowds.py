"""Rooms of thousands: what they cost grows with them and no faster, and has an end."""

import pytest

from backendd.api import names
from backendd.api.records import Occupant
from backendd.core import jid
from backendd.features.rooms.model import OccupantsChanged, Seen
from backendd.features.rooms.occupants import Occupants
from tests.backendd.session.rooms import arriving, enter
from tests.lab.hostile import steps


@pytest.fixture
async def home(make_home):
    return await (await make_home()).online()


async def test_a_storm_of_presence_is_told_in_few_events(home, room):
    address, _ = room
    await enter(home, address)
    home.hub.events.clear()
    presence = [arriving(address, number) for number in range(5000)]
    opened = home.inside.inbound.open(home.inside.context(), presence)
    await home.inside.store.write(
        lambda ledger: home.inside.inbound.run(ledger, home.inside.context(), opened)
    )
    (told,) = home.hub.of(OccupantsChanged)
    assert len(told.now) == 5000
    found = await home.call(names.ROOMS, "occupants", address, {"prefix": "n4999"})
    assert [each.nick for each in found] == ["n4999"]
    assert await count(home, address) == 5002


async def count(home, room):
    found = await home.call(names.ROOMS, "list", {})
    return next(each.occupants for each in found if each.room == room)


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
            held.see(Seen("room@x", f"n{number:05}", Occupant(nick=f"n{number:05}")))

        def work():
            after, found = "", []
            while page := held.page("", 100, after):
                found += page
                after = page[-1].nick
            assert len(found) == count

        return steps(work)

    few = pages(500)
    assert pages(5000) == pytest.approx(10 * few, rel=0.05)
