"""A database that fails under a stream: dropped, told, and nothing lost when it works again."""

import asyncio

import pytest

from backendd.api import names
from backendd.core.messages import CaughtUp
from backendd.core.profiles import Announced, StreamSetUp
from tests.backendd.session.partial import PEER, Partial

PING = ""  # what the server has no word for


@pytest.mark.parametrize("moment", [Announced, StreamSetUp, CaughtUp])
async def test_a_database_that_fails_drops_the_connection_and_is_told_whenever_it_does(
    make_home, make_peer, caplog, moment
):
    peer = await make_peer()
    home = await make_home()
    await home.send(peer.jid, "precious")
    end = home.hub.subscribe(
        moment,
        lambda _: home.inside.tasks.start(home.set_writable(is_writable=False), name="fail"),
    )
    await home.session.connect()
    await home.until(lambda: home.session.state == "waiting")
    assert home.inside.stream.last_error[0] == "StorageError"
    end()
    await home.set_writable(is_writable=True)
    await home.until_message(peer.jid, "precious", "sent")
    peer.chat(home.jid, "and back")
    await home.until_message(peer.jid, "and back")
    await peer.sync()
    assert peer.bodies() == ["precious"]
    assert not [record for record in caplog.records if record.exc_info]


async def test_of_things_done_at_once_one_that_cannot_be_stored_drops_the_connection_as_well(
    make_home, caplog
):
    home = await (await make_home()).online()
    inside = home.inside

    async def at_once():
        async with asyncio.TaskGroup() as group, asyncio.TaskGroup() as within:
            for each in (group, within):
                each.create_task(inside.store.write(lambda ledger: None))

    await home.set_writable(is_writable=False)
    inside.do_soon(at_once(), name="what is stored at once")
    await home.until(lambda: home.session.state == "waiting")
    assert inside.stream.last_error[0] == "StorageError"
    await home.set_writable(is_writable=True)
    assert not [record for record in caplog.records if record.exc_info]


async def test_what_is_due_behind_the_set_up_drops_the_connection_too_where_it_cannot_be_stored(
    make_home, tmp_path, caplog
):
    async with Partial(tmp_path / "server") as server:
        home = await make_home("user", server=server)
        await home.execute(
            "INSERT INTO request (profile, jid, text, time) VALUES (1, ?, '', 1)", PEER
        )
        # The answer says that the request was settled elsewhere: it was not repeated before.
        server.silent.add(PING)
        await home.session.connect()
        await home.until(lambda: home.hub.of(StreamSetUp) and home.hub.of(CaughtUp))
        await server.until(lambda: server.count(PING) > 0)
        await home.set_writable(is_writable=False)
        await server.answer(PING)
        await home.until(lambda: home.session.state == "waiting")
        assert home.inside.stream.last_error[0] == "StorageError"
        await home.set_writable(is_writable=True)
        await home.session.disconnect()
        await home.session.connect()

        async def is_settled():
            return await home.call(names.ROSTER, "requests", {}) == []

        await home.until(is_settled)
        assert not [record for record in caplog.records if record.exc_info]
        await home.leave()
