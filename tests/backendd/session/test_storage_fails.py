"""A database that fails under a stream: dropped, told, and nothing lost when it works again."""

import logging

import pytest

from backendd.core.messages import CaughtUp
from backendd.core.profiles import Announced, StreamSetUp


@pytest.mark.parametrize("moment", [Announced, StreamSetUp, CaughtUp])
async def test_a_database_that_fails_drops_the_connection_and_is_told_whenever_it_does(
    make_home, make_peer, caplog, moment
):
    caplog.set_level(logging.CRITICAL, logger="backendd.store.database")
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
