"""Rooms that say what one is called there: the nick that they assign is ours, and that is said."""

import pytest

from backendd.api import names
from backendd.api.errors import NotAllowed
from tests.backendd.session.rooms import configure, enter, join, leave, make_room, say
from tests.lab.prosody import Prosody

REGISTER = (
    "<query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='submit'>"
    "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register</value></field>"
    "<field var='muc#register_roomnick'><value>{}</value></field></x></query>"
)
ADMIN = "http://jabber.org/protocol/muc#admin"


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    """A server whose rooms have everybody use the nick that is registered there."""
    settings = "enforce_registered_nickname = true"
    directory = tmp_path_factory.mktemp("strict")
    with Prosody(directory, components=True, settings=settings) as server:
        yield server


@pytest.fixture
async def garden(strict, make_home, make_peer):
    """Somebody who is `gardener` in a room, who says so by hand, and who has the room."""
    ann = await make_peer(server=strict)
    address = await make_room(ann, "ann")
    home = await (await make_home(server=strict)).online()
    item = f"<item jid='{home.jid}' affiliation='member'/>"
    await ann.ask("set", address, f"<query xmlns='{ADMIN}'>{item}</query>")
    us = await make_peer(home.account, server=strict, resource="other", announce=False)
    await us.ask("set", address, REGISTER.format("gardener"))
    return address, home, ann


async def record(home, room):
    found = await home.call(names.ROOMS, "list", {})
    return next((each for each in found if each.room == room), None)


async def test_the_nick_that_a_room_assigns_is_ours_and_that_is_said(garden):
    address, home, _ = garden
    await enter(home, address, "me")
    found = await record(home, address)
    assert (found.state, found.nick) == ("in", "gardener")
    (warning,) = home.inside.warnings
    assert "gardener" in warning.text
    await home.send(address, "mine")
    said = await home.until_message(address, "mine", "sent")
    assert (said.direction, said.sender) == ("out", f"{address}/gardener")
    assert await home.bodies(address) == ["mine"]
    await leave(home, address)
    assert not list(home.inside.warnings)


@pytest.mark.parametrize("has_archive", [True, False])
async def test_who_has_the_nick_that_we_asked_for_is_somebody_else(
    garden, strict, make_peer, has_archive
):
    address, home, ann = garden
    await configure(ann, address, enablearchiving=str(int(has_archive)))
    other = await make_peer(server=strict)
    await join(other, address, "me")
    say(other, address, "not yours")
    await other.until(lambda: other.bodies() == ["not yours"])
    await enter(home, address, "me")
    said = await home.until_message(address, "not yours")
    assert (said.direction, said.sender) == ("in", f"{address}/me")
    say(other, address, "nor this")
    assert (await home.until_message(address, "nor this")).direction == "in"


async def test_a_nick_that_the_room_refuses_is_not_had_and_the_old_one_stays(garden):
    address, home, _ = garden
    await enter(home, address, "gardener")
    with pytest.raises(NotAllowed, match="registered"):
        await home.call(names.ROOMS, "set_nick", address, "digger", {})
    assert (await record(home, address)).nick == "gardener"
    await home.send(address, "still mine")
    assert (await home.until_message(address, "still mine", "sent")).direction == "out"


async def test_a_nick_that_somebody_else_has_registered_is_taken(garden, strict, make_home):
    address, _, _ = garden
    home = await (await make_home(server=strict)).online()
    await enter(home, address, "gardener")
    assert (await record(home, address)).nick == "gardener_"
