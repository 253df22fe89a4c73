"""Rooms that are destroyed, or full: what is told of that, and that nobody makes them anew."""

import pytest

from backendd.api import names
from backendd.api.errors import RoomFull
from backendd.core import xml
from tests.backendd.session.rooms import configure, enter
from tests.lab.server import DOMAIN

pytestmark = pytest.mark.every_server

HALL = f"hall@conference.{DOMAIN}"
OWNER = "http://jabber.org/protocol/muc#owner"


async def record(home, room):
    found = await home.call(names.ROOMS, "list", {})
    return next((each for each in found if each.room == room), None)


async def destroy(peer, room, venue=HALL):
    to = f" jid='{venue}'" if venue else ""
    reason = "<reason>too small</reason>"
    await peer.ask("set", room, f"<query xmlns='{OWNER}'><destroy{to}>{reason}</destroy></query>")


async def until_gone(home, room):
    async def is_gone():
        found = await record(home, room)
        return found if found.state == "out" and found.error[0] else None

    return await home.until(is_gone)


async def test_a_room_that_is_destroyed_tells_where_it_goes_on_until_it_is_made_anew(
    make_home, room
):
    address, peer = room
    home = await (await make_home()).online()
    await enter(home, address)
    await destroy(peer, address)
    gone = await until_gone(home, address)
    assert (gone.error[0], gone.moved_to) == ("UnknownRoom", HALL)
    assert HALL in gone.error[1]
    assert "too small" in gone.error[1]
    await home.leave()
    await home.come_back()
    await home.online()
    assert (await record(home, address)).moved_to == HALL
    await home.call(names.ROOMS, "join", address, "me", {})
    made = await record(home, address)
    assert (made.created, made.moved_to, made.error) == (True, "", ("", ""))


@pytest.mark.every_server(but=["ejabberd"])  # it refuses some of these itself
@pytest.mark.parametrize("venue", ["", "conference.example.org", "a b@c"])
async def test_a_room_that_goes_on_in_no_room_goes_on_nowhere(make_home, room, venue):
    address, peer = room
    home = await (await make_home()).online()
    await enter(home, address)
    await destroy(peer, address, venue)
    assert (await until_gone(home, address)).moved_to == ""


async def test_a_bookmark_makes_no_room_anew_that_was_destroyed(make_home, room):
    address, peer = room
    home = await (await make_home()).online()
    await enter(home, address)
    await home.call(names.ROOMS, "bookmark", address, {"autojoin": True})
    await destroy(peer, address)
    await until_gone(home, address)
    await home.leave()
    await home.come_back()
    await home.online()
    (warning,) = await home.until(lambda: list(home.inside.warnings))
    assert "bookmarked, but not entered" in warning.text
    assert HALL in warning.text
    assert (await record(home, address)).state == "out"


@pytest.mark.every_server(but=["prosody"])  # it lets in as many as come
async def test_a_room_that_is_full_is_said_to_be_so(make_home, room, make_peer):
    address, peer = room
    home = await (await make_home()).online()
    await configure(peer, address, maxusers="5")
    for number in range(4):
        other = await make_peer()
        other.write(f"<presence to='{address}/n{number}'><x xmlns='{xml.MUC}'/></presence>")
        await other.until(lambda other=other: other.shows_of(address))
    with pytest.raises(RoomFull, match="try again later"):
        await home.call(names.ROOMS, "join", address, "me", {})
