"""Where the own server has its rooms, for who writes a name without an address."""

import pytest

from backendd.api import names
from backendd.api.errors import NotConnected, NotSupported
from tests.lab.prosody import Prosody
from tests.lab.server import DOMAIN

ROOMS = names.ROOMS


@pytest.mark.every_server
async def test_the_rooms_of_the_own_server_are_found(make_home):
    home = await (await make_home()).online()
    assert await home.call(ROOMS, "service") == f"conference.{DOMAIN}"


async def test_who_is_not_connected_is_told_so(make_home):
    home = await make_home()
    with pytest.raises(NotConnected):
        await home.call(ROOMS, "service")


async def test_a_service_that_does_not_answer_is_passed_by(make_home, tmp_path):
    settings = 'disco_items = { { "elsewhere.example.net", "Rooms" } }'
    with Prosody(tmp_path, components=True, settings=settings) as server:
        home = await (await make_home(server=server)).online()
        assert await home.call(ROOMS, "service") == f"conference.{DOMAIN}"


async def test_a_server_without_rooms_is_said_to_have_none(make_home, tmp_path):
    with Prosody(tmp_path) as server:
        home = await (await make_home(server=server)).online()
        with pytest.raises(NotSupported, match="has no rooms"):
            await home.call(ROOMS, "service")
