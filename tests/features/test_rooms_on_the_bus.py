"""The Rooms interface, over the bus and a real server."""

import pytest

from backendd.api import names
from backendd.api.errors import RoomPasswordRequired, UnknownRoom
from tests.backendd.session.home import new_account
from tests.backendd.session.rooms import configure, join, make_room, part, say, set_role
from tests.features.test_messages import Frontend, make_profile

R, M = names.ROOMS, names.MESSAGES


@pytest.fixture
async def frontend(backend, bus, prosody):
    """A frontend of a new profile that is online."""
    account = new_account(prosody)
    await make_profile(backend, bus, prosody, account, account)
    caller = await Frontend.open(bus.address, account)
    await caller.call(names.PROFILE, "Connect")
    yield caller
    await caller.close()


@pytest.fixture
async def ann(make_peer, prosody):
    return await make_peer(server=prosody)


def last(frontend, room):
    """Return what was told last of a room, as far as anything was."""
    told = [each for found in frontend.of("Changed") if len(found) == 1 for each in found[0]]
    return next((each for each in reversed(told) if each.get("room") == room), {})


async def nicks(frontend, room):
    return [each["nick"] for each in await frontend.call(R, "Occupants", "s", room)]


async def test_a_room_is_told_from_joining_to_leaving(frontend, ann, make_peer, prosody):
    room = await make_room(ann, "ann")
    await frontend.call(R, "Join", "ssa{sv}", room, "me", {})
    await frontend.until(lambda: last(frontend, room).get("state") == "in")
    assert await nicks(frontend, room) == ["ann", "me"]
    bob = await make_peer(server=prosody)
    await join(bob, room, "bob")
    await frontend.until(lambda: frontend.of("OccupantsChanged"))
    where, changed, left = frontend.of("OccupantsChanged")[0]
    assert (where, [each["nick"] for each in changed], left) == (room, ["bob"], [])
    await part(bob, room, "bob")
    await frontend.until(lambda: len(frontend.of("OccupantsChanged")) > 1)
    _, changed, left = frontend.of("OccupantsChanged")[1]
    assert (changed, left) == ([], [{"nick": "bob", "cause": "left"}])
    say(ann, room, "hello")
    await frontend.wait_for(room, lambda message: message["body"] == "hello")
    await frontend.call(R, "Leave", "s", room)
    await frontend.until(lambda: frontend.of("Removed"))
    assert frontend.of("Removed") == [([room],)]
    with pytest.raises(UnknownRoom):
        await frontend.send(room, "still there?")


async def test_a_room_that_takes_a_password_says_so(frontend, ann):
    room = await make_room(ann, "ann")
    await configure(ann, room, passwordprotectedroom="1", roomsecret="sesame")
    with pytest.raises(RoomPasswordRequired):
        await frontend.call(R, "Join", "ss", room, "me")
    assert await frontend.call(R, "List") == []


async def test_a_daemon_that_was_killed_is_in_its_rooms_again(frontend, ann, backend):
    room = await make_room(ann, "ann")
    await frontend.call(R, "Join", "ss", room, "me")
    await backend.kill()
    frontend.signals.clear()
    say(ann, room, "meanwhile")
    await backend.start()
    await frontend.call(names.PROFILE, "Connect")
    await frontend.until(lambda: last(frontend, room).get("state") == "in")
    assert await nicks(frontend, room) == ["ann", "me"]
    await frontend.wait_for(room, lambda message: message["body"] == "meanwhile")
    assert [each["body"] for each in await frontend.messages(room)] == ["meanwhile"]


async def test_that_we_are_out_is_told_together_with_why(frontend, ann):
    room = await make_room(ann, "ann")
    await frontend.call(R, "Join", "ssa{sv}", room, "me", {})
    await frontend.until(lambda: last(frontend, room).get("state") == "in")
    await set_role(ann, room, "me", "none", "enough")
    await frontend.until(lambda: last(frontend, room).get("state") == "out")
    told = [each for found in frontend.of("Changed") if len(found) == 1 for each in found[0]]
    first = next(each for each in told if each.get("room") == room and each["state"] == "out")
    assert first["error"][1].endswith(": enough")
