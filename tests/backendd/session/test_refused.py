"""What the server closes the stream over fails, and holds up nothing else."""

from dataclasses import replace

import pytest

from backendd.api import names
from backendd.api.errors import NotAllowed
from backendd.config import Connection
from tests.lab.prosody import Prosody
from tests.lab.relay import Relay

LIMIT = 64 * 1024
LARGE = "large " + "x" * 100_000


@pytest.fixture(scope="module")
def narrow(tmp_path_factory):
    """A server with a limit that it doesn't announce."""
    settings = f"c2s_stanza_size_limit = {LIMIT}"
    with Prosody(tmp_path_factory.mktemp("narrow"), settings=settings) as server:
        yield server


@pytest.fixture
async def home(make_home, narrow):
    """A home that waits no longer than it must."""
    home = await make_home(server=narrow)
    home.inside.config = replace(home.config, connection=Connection(backoff_max_s=1))
    return home


async def test_what_the_server_closes_on_again_and_again_fails_and_nothing_else_does(
    home, make_peer, narrow
):
    peer, other = await make_peer(server=narrow), await make_peer(server=narrow)
    bodies = ["first", LARGE, "behind it", "and more"]
    for body in bodies:
        await home.send(peer.jid, body)
        await home.send(other.jid, body.replace("x", ""))
    await home.online()
    failed = await home.until_message(peer.jid, LARGE, "failed")
    assert failed.error[0] == "TooLarge"
    (warning,) = [each for each in home.inside.warnings if each.word == "limit"]
    assert narrow.domain in warning.text
    # The limit is known now: no connection is spent on the next one.
    sm_id = home.inside.stream.sm_id
    await home.send(peer.jid, LARGE + "again")
    await home.send(peer.jid, "last")
    await home.until_message(peer.jid, "last", "sent")
    assert (await home.until_message(peer.jid, LARGE + "again")).state == "failed"
    assert home.inside.stream.sm_id == sm_id
    await peer.until(lambda: peer.bodies()[-1:] == ["last"])
    assert peer.bodies() == ["first", "behind it", "and more", "last"]
    await other.until(lambda: other.bodies()[-1:] == ["and more"])
    assert other.bodies() == ["first", "large ", "behind it", "and more"]


async def test_how_often_the_stream_was_closed_on_a_message_outlives_the_process(
    home, make_peer, narrow
):
    peer = await make_peer(server=narrow)
    await home.send(peer.jid, LARGE)
    await home.send(peer.jid, "behind it")

    async def is_over() -> bool:
        return (await home.until_message(peer.jid, LARGE)).state == "failed"

    async def is_closed_or_over() -> bool:
        return home.session.state == "waiting" or await is_over()

    processes = 0
    while not await is_over():
        processes += 1
        await home.session.connect()
        await home.until(is_closed_or_over)
        # How it was closed is stored before the next connection is made.
        await home.until(lambda: home.session.state == "online")
        await home.crash()
        await home.come_back()
    assert 1 < processes < 10
    await home.online()
    await peer.until(lambda: peer.bodies() == ["behind it"])


async def test_a_message_that_was_never_sent_can_be_discarded(make_home, make_peer):
    peer = await make_peer()
    home = await make_home()
    unwanted = await home.send(peer.jid, "unwanted")
    await home.send(peer.jid, "wanted")
    await home.call(names.MESSAGES, "discard", unwanted, {})
    await home.online()
    await peer.until(lambda: peer.bodies() == ["wanted"])
    assert await home.bodies(peer.jid) == ["wanted"]


async def test_a_message_that_may_have_arrived_can_not_be_discarded(make_home, make_peer, prosody):
    peer = await make_peer()
    async with Relay(prosody.port) as relay:
        home = await (await make_home(port=relay.port)).online()
        relay.hold_answers()
        message = await home.send(peer.jid, "on its way")
        await peer.until(lambda: peer.bodies() == ["on its way"])
        with pytest.raises(NotAllowed):
            await home.call(names.MESSAGES, "discard", message, {})
        relay.cut(cleanly=True)
        await home.until_message(peer.jid, "on its way", "sent")
        with pytest.raises(NotAllowed):
            await home.call(names.MESSAGES, "discard", message, {})
        await home.leave()


async def test_what_is_discarded_while_it_is_taken_out_of_the_outbox_isnt_sent(
    make_home, make_peer
):
    peer = await make_peer()
    home = await (await make_home()).online()
    for number in range(50):
        await home.send(peer.jid, f"wanted {number}")
        unwanted = await home.send(peer.jid, "unwanted")
        try:
            await home.call(names.MESSAGES, "discard", unwanted, {})
        except NotAllowed:
            await home.until_message(peer.jid, "unwanted", "sent")
    await home.send(peer.jid, "last")
    await peer.until(lambda: peer.bodies()[-1:] == ["last"])
    assert sorted(peer.bodies()) == sorted(await home.bodies(peer.jid))
