"""What is left of us at the server when we leave while it can't be told."""

import pytest

from backendd.core import jid, xml
from backendd.xmpp import leaving
from tests.lab.relay import Relay
from tests.lab.server import free_ports


@pytest.fixture
async def friend(make_home, make_peer, server):
    """A home that comes by a relay at a port, and a peer who sees its presence."""
    peer = await make_peer()
    (port,) = free_ports(1)
    home = await make_home(port=port)
    proxy = await make_peer(home.account, resource="proxy")
    await proxy.befriend(peer)
    await proxy.close()
    return home, peer, port


def ours(home, peer):
    """Return the presences of our client that the peer was told of."""
    return [
        stanza
        for stanza in peer.stanzas
        if stanza.tag == xml.PRESENCE
        and stanza.get("from", "").startswith(f"{home.jid}/")
        and not stanza.get("from", "").endswith("/proxy")
    ]


def clients(home, peer):
    """Return which of our clients the peer takes to be there."""
    last = {stanza.get("from"): stanza for stanza in ours(home, peer)}
    return {address for address, stanza in last.items() if not stanza.get("type")}


async def seen(home, peer):
    """Return how our client is called, once the peer knows that it is there."""
    before = len(ours(home, peer))
    await home.online()
    full_jid = home.inside.stream.full_jid
    await peer.until(lambda: full_jid in {s.get("from") for s in ours(home, peer)[before:]})
    await peer.until(lambda: full_jid in clients(home, peer))
    return full_jid


@pytest.mark.every_server
@pytest.mark.parametrize("is_restarted", [False, True])
async def test_a_client_that_was_left_without_a_connection_is_none_beside_the_next(
    friend, server, is_restarted
):
    home, peer, port = friend
    async with Relay(server.port, port=port):
        before = await seen(home, peer)
    await home.until(lambda: home.session.state == "waiting")
    await home.session.disconnect()
    assert clients(home, peer) == {before}
    if is_restarted:
        await home.leave()
        await home.come_back()
    async with Relay(server.port, port=port):
        assert await seen(home, peer) == before
        assert clients(home, peer) == {before}
        await home.session.disconnect()


async def test_a_client_whose_end_the_server_did_not_hear_is_none_beside_the_next(
    friend, server, monkeypatch
):
    monkeypatch.setattr(leaving, "CLOSE_S", 0.0)
    home, peer, port = friend
    async with Relay(server.port, port=port) as relay:
        before = await seen(home, peer)
        relay.hold_questions()
        await home.session.disconnect()
        relay.cut()
        await seen(home, peer)
        assert clients(home, peer) == {before}
        await home.session.disconnect()


async def test_a_client_whose_end_the_server_has_heard_is_another_the_next_time(make_home):
    home = await (await make_home()).online()
    before = jid.received(home.inside.stream.full_jid).resource
    await home.session.disconnect()
    await home.online()
    assert jid.received(home.inside.stream.full_jid).resource != before
