"""Rooms whose service was away: entered again by itself, and what was missed is there once."""

import asyncio

import pytest

from backendd.api import names
from backendd.core import xml
from backendd.features.rooms.model import FoundOutside
from tests.backendd.session.rooms import INSTANT, deaf, enter, join, live_in, make_room, say
from tests.features.test_kept_rooms import QUICK
from tests.features.test_lost_rooms import ask_if_we_are_in
from tests.lab.prosody import Prosody
from tests.lab.server import DOMAIN

SERVICE = f"conference.{DOMAIN}"
UNLOAD, LOAD = (f'module:{deed}("muc", "{SERVICE}")' for deed in ("unload", "load"))


@pytest.fixture
def own(tmp_path):
    """A server whose rooms go away and come back."""
    with Prosody(tmp_path / "own", components=True, extra=("admin_shell",)) as server:
        yield server


async def state(home, room):
    found = await home.call(names.ROOMS, "list", {})
    return next((each.state for each in found if each.room == room), None)


async def until_state(home, room, wanted):
    async def is_so():
        return await state(home, room) == wanted

    await home.until(is_so)


async def test_a_room_whose_service_restarts_is_entered_again_with_what_was_missed(
    own, make_home, make_peer
):
    ann = await make_peer(server=own)
    address = await make_room(ann, "ann")
    home = await make_home(server=own)
    home.patience = QUICK
    await live_in(home)
    await enter(home, address)
    await asyncio.to_thread(own.shell, UNLOAD)
    # What is said there is refused as that of somebody who isn't in, and then there are no rooms.
    home.inside.events.publish(FoundOutside(address))

    async def is_refused():
        found = await home.call(names.ROOMS, "list", {})
        return [each for each in found if each.state == "waiting" and "nobody" in each.error[1]]

    await home.until(is_refused)
    await asyncio.to_thread(own.shell, LOAD)
    await join(ann, address, "ann")
    say(ann, address, "missed?")
    await until_state(home, address, "in")
    await home.until_message(address, "missed?")
    await home.send(address, "back")
    await home.until_message(address, "back", "sent")
    assert await home.bodies(address) == ["missed?", "back"]


async def test_a_room_that_somebody_else_is_about_to_make_anew_is_entered_when_it_is_there(
    make_home, room
):
    address, peer = room
    home = await make_home()
    home.patience = QUICK
    await live_in(home, inbound=deaf())
    await enter(home, address)
    await peer.ask("set", address, f"<query xmlns='{xml.MUC}#owner'><destroy/></query>")
    await join(peer, address, "ann")
    ask_if_we_are_in(home)

    async def is_refused():
        found = await home.call(names.ROOMS, "list", {})
        return [each for each in found if each.error[0] == "UnknownRoom"]

    await home.until(is_refused)
    await peer.ask("set", address, INSTANT)
    await until_state(home, address, "in")
    await home.send(address, "back")
    await home.until_message(address, "back", "sent")
