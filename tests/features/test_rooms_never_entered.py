"""What is written to a room where we never were is refused; what is for people there is not."""

import asyncio

import pytest

from backendd.api import names
from backendd.api.errors import UnknownRoom
from tests.backendd.session.partial import Partial
from tests.backendd.session.rooms import enter
from tests.features.test_entering_rooms import rooms
from tests.lab import component
from tests.lab.component import Component
from tests.lab.leaping import leap
from tests.lab.prosody import Prosody
from tests.lab.server import DOMAIN, free_ports

MUC = "http://jabber.org/protocol/muc"


async def knows_its_rooms(home):
    """Return once it is known where our server has its rooms."""
    await home.call(names.ROOMS, "service")


@pytest.mark.every_server
async def test_it_is_refused_before_it_is_stored_though_no_room_was_ever_entered(
    make_home, room, make_peer
):
    address, peer = room
    home = await (await make_home()).online()
    await knows_its_rooms(home)
    for whom in (address, f"nowhere-{home.account}@conference.{DOMAIN}", f"{address}/ann"):
        with pytest.raises(UnknownRoom, match="you are not in"):
            await home.send(whom, "hello?")
    assert await home.call(names.MESSAGES, "conversations", {}) == []
    await home.send(peer.jid, "you")
    await peer.until(lambda: "you" in peer.bodies())
    await enter(home, address)
    await home.send(address, "all")
    await home.send(f"{address}/ann", "ann alone")
    await peer.until(lambda: {"all", "ann alone"} <= set(peer.bodies()))


@pytest.mark.every_server
async def test_a_service_is_asked_before_anything_is_stored_for_somebody_who_is_not_known(
    make_home, room
):
    address, _ = room
    home = await (await make_home()).online()
    with pytest.raises(UnknownRoom, match="you are not in"):
        await home.send(address, "hello?")
    assert await home.call(names.MESSAGES, "conversations", {}) == []


@pytest.mark.every_server
async def test_it_is_refused_while_offline_where_the_service_was_asked_before(make_home, room):
    address, _ = room
    home = await (await make_home()).online()
    await knows_its_rooms(home)
    await home.session.disconnect()
    with pytest.raises(UnknownRoom, match="you are not in"):
        await home.send(address, "hello?")
    assert await home.call(names.MESSAGES, "conversations", {}) == []


async def test_what_is_for_a_service_that_says_nothing_goes_out_in_its_order(make_home, tmp_path):
    async with Partial(tmp_path / "server") as server:
        server.leaves_open = lambda iq: iq.get("to") == "quiet.localhost"
        home = await (await make_home("user", server=server)).online()

        async def give_up():
            await server.until(lambda: server.count("quiet.localhost") > 0)
            leap(4)

        await asyncio.gather(*(home.send("a@quiet.localhost", each) for each in "ab"), give_up())
        await home.until_message("a@quiet.localhost", "b", "sent")
        assert server.messages == ["a", "b"]
        await home.leave()


@pytest.mark.every_server
async def test_what_failed_there_is_not_sent_again_before_the_room_is_entered(make_home, room):
    address, _ = room
    home = await make_home()
    id = await home.send(address, "hello?")
    await home.online()
    await home.until_message(address, "hello?", "failed")
    with pytest.raises(UnknownRoom, match="join it"):
        await home.call(names.MESSAGES, "retry", id, {})
    assert (await home.until_message(address, "hello?")).state == "failed"


@pytest.mark.every_server
async def test_what_is_written_while_offline_waits_and_fails_for_what_it_is(make_home, room):
    address, _ = room
    home = await make_home()
    await home.send(address, "hello?")
    assert (await home.until_message(address, "hello?")).state == "pending"
    await home.online()
    assert (await home.until_message(address, "hello?", "failed")).error[0] == "UnknownRoom"


class Gateway(Component):
    """Has people and rooms at one domain, as Slidge does."""

    def __init__(self, server, port):
        super().__init__(server, "gateway", port)
        self.received = asyncio.Queue()

    def answer(self, asked, to):
        if asked.tag != f"{{{component.INFO}}}query":
            return None
        said = component.info("conference", "text", "Rooms", [MUC])
        more = "<identity category='gateway' type='sms' name='People'/>"
        return said.replace("<feature", f"{more}<feature", 1)

    def on_message(self, message):
        self.received.put_nowait((message.get("to"), message.findtext("{*}body")))


@pytest.fixture
async def gateway(tmp_path):
    (port,) = free_ports(1)
    own = component.settings(f"gateway.{DOMAIN}", port)
    with Prosody(tmp_path / "own", components=True, settings=own) as server:
        service = await Gateway(server, port).connect()
        yield server, service
        await service.close()


async def test_somebody_at_a_domain_that_has_rooms_as_well_is_written_to(gateway, make_home):
    server, service = gateway
    home = await (await make_home(server=server)).online()
    await knows_its_rooms(home)
    somebody = f"mum@{service.address}"
    for body in ("one", "two"):
        await home.send(somebody, body)
        await home.until_message(somebody, body, "sent", "delivered")
        assert await service.received.get() == (somebody, body)
    assert await rooms(home) == []
