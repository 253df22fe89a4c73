"""Where what is older than what is here lies: each conversation in its own archive, or in none."""

import pytest

from backendd.core.messages import HistoryAnswered
from tests.backendd.session.rooms import say
from tests.lab.prosody import Prosody

UNARCHIVED = (
    "<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>"
    "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
    "<field var='muc#roomconfig_enablearchiving'><value>0</value></field></x></query>"
)


@pytest.fixture(scope="module")
def without_archive(tmp_path_factory):
    """A server whose rooms have archives, and whose accounts have none."""
    directory = tmp_path_factory.mktemp("prosody")
    with Prosody(directory, components=True, without=["mam"]) as server:
        yield server


@pytest.mark.parametrize("server", ["without_archive"], indirect=True)
async def test_a_room_is_read_back_in_its_archive_where_the_account_has_none(make_inmate, room):
    address, peer = room
    bodies = [f"said {number}" for number in range(12)]
    for body in bodies:
        say(peer, address, body)
    await peer.sync()
    home = await make_inmate(archive_page=5)
    _, older, _ = await home.page(f"{address}/ann")
    assert older == "end"
    older = "server"
    while older == "server":
        home.hub.events.clear()
        _, older, _ = await home.page(address)
        if older == "server":
            (answered,) = await home.until(lambda: home.hub.of(HistoryAnswered))
            older = answered.older
    assert older == "end"
    assert await home.bodies(address) == bodies


async def test_a_room_without_an_archive_begins_with_what_is_here(make_inmate, room):
    address, peer = room
    await peer.ask("set", address, UNARCHIVED)
    home = await make_inmate()
    say(peer, address, "hello")
    await home.until_message(address, "hello")
    _, older, _ = await home.page(address)
    assert older == "end"
