"""One message comes on several ways, and several come with one id."""

import pytest

from tests.lab.prosody import Prosody
from tests.lab.relay import Relay


@pytest.fixture(scope="module")
def without_archive(tmp_path_factory):
    """A server that soon gives up a stream nobody resumes, and keeps for later what was on it."""
    directory = tmp_path_factory.mktemp("bare")
    settings = "smacks_hibernation_time = 1"
    with Prosody(directory, without=["mam"], settings=settings) as server:
        yield server


async def repeat(sender, to, count, *, id="1"):
    """Write the same with the same id, as programs do that count from 1 at each start."""
    for _ in range(count):
        sender.chat(to, "started", id=id)
    await sender.sync()


@pytest.mark.every_server
async def test_what_is_said_again_with_the_same_id_is_another_message(make_home, make_peer):
    bot = await make_peer()
    home = await (await make_home()).online()
    await repeat(bot, home.jid, 3)
    await home.until_bodies(bot.jid, ["started"] * 3)
    await home.session.disconnect()
    await repeat(bot, home.jid, 2)
    await home.online()
    await home.until_bodies(bot.jid, ["started"] * 5)


@pytest.mark.every_server
async def test_it_is_once_here_whether_it_came_live_or_as_a_carbon_and_is_read_again(
    make_home, make_peer
):
    bot = await make_peer()
    home = await (await make_home()).online()
    other = await make_peer(home.account, resource="other")
    await repeat(bot, home.jid, 2)
    await repeat(other, bot.jid, 2)
    await home.until(lambda: is_stored(home, bot, 4))
    await home.session.disconnect()
    await home.execute("UPDATE archive SET cursor = '', cursor_time = 1")
    bot.chat(home.jid, "last")
    await bot.sync()
    await home.online()
    await home.until_message(bot.jid, "last")
    assert await home.bodies(bot.jid) == [*["started"] * 4, "last"]


async def is_stored(home, peer, count):
    return len(await home.messages(peer.jid)) == count


@pytest.mark.every_server
async def test_what_a_program_writes_to_each_of_our_resources_is_one_message(make_home, make_peer):
    bot = await make_peer()
    home = await (await make_home()).online()
    others = [await make_peer(home.account, resource=name) for name in ("phone", "desk")]
    for stream in (others[0].stream, home.inside.stream, others[1].stream):
        bot.chat(stream.full_jid, "alarm", id="1")
    bot.chat(home.jid, "over")
    await home.until_message(bot.jid, "over")
    assert await home.bodies(bot.jid) == ["alarm", "over"]
    # The archive has it three times, which is the same.
    await home.session.disconnect()
    await home.execute("DELETE FROM archive")
    await home.execute("DELETE FROM conversation")
    await home.online()
    await home.until_bodies(bot.jid, ["alarm", "over"])


async def test_what_the_server_keeps_for_later_though_it_is_here_is_once_here(
    make_home, make_peer, without_archive
):
    peer = await make_peer(server=without_archive)
    async with Relay(without_archive.port) as relay:
        home = await make_home(server=without_archive, port=relay.port)
        contact = await make_peer(home.account, server=without_archive)
        await contact.befriend(peer)
        await contact.close()
        await home.online()
        await peer.until(lambda: peer.shows_of(home.jid)[-1:] == ["online"])
        relay.hold_questions()
        peer.chat(home.jid, "once", id="1")
        await home.until_message(peer.jid, "once")
        sm_id = home.inside.stream.sm_id
        await home.crash()
        relay.cut(cleanly=True)
        await peer.until(lambda: peer.shows_of(home.jid)[-1:] == ["unavailable"])
        await home.come_back()
        await home.online()
        assert home.inside.stream.sm_id != sm_id
        await repeat(peer, home.jid, 2, id="1")
        await home.until_bodies(peer.jid, ["once", "started", "started"])
        await home.leave()
