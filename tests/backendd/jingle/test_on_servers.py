"""Files between two accounts of a real server: by its proxy, and in what it passes on."""

import asyncio

import pytest

from backendd.api.errors import BackendError
from backendd.core import xml
from backendd.jingle import candidates, names
from tests.backendd.jingle.kit import IN_BAND_ONLY, Data, End, Kept, noise
from tests.backendd.session.home import new_account
from tests.backendd.session.peer import Peer


class Connection:
    """A client's connection to its server, as the line that an end has."""

    def __init__(self, peer: Peer) -> None:
        self._stream = peer.stream

    def line(self, jid: str):
        return self._stream

    def join(self, jid: str, answer) -> None:
        for tag in (names.TAG, names.OPEN, names.DATA, names.CLOSE):
            self._stream.on_request("set", tag, answer)


@pytest.fixture
async def make_end(server):
    """Call it for an end of a new account on the server; without `addresses` nobody reaches it."""
    made = []

    async def make(**options) -> End:
        peer = await Peer(server, new_account(server)).online(announce=False)
        end = End(Connection(peer), peer.stream.full_jid, **options)
        made.append((end, peer))
        return end

    yield make
    for end, peer in made:
        await end.close()
        await peer.close()


@pytest.mark.every_server
async def test_the_servers_proxy_passes_a_file_on(server, make_end):
    address = f"proxy.{server.domain}"
    sender = await make_end(addresses=())
    answer = await sender.line.request("get", address, candidates.ask_proxy())
    found = candidates.decode_proxies(answer)
    assert [each.jid.partition("/")[0] for each in found] == [address]
    sender = await make_end(addresses=(), proxies=found)
    receiver = await make_end(addresses=())
    target = Kept()
    await _send(sender, receiver, noise(5_000_000), target)
    assert target.data == noise(5_000_000)
    assert receiver.used == [names.SOCKS5]


@pytest.mark.every_server
async def test_a_proxy_that_the_receiver_knows_will_do(server, make_end):
    receiver = await make_end(addresses=())
    answer = await receiver.line.request("get", f"proxy.{server.domain}", candidates.ask_proxy())
    receiver = await make_end(addresses=(), proxies=candidates.decode_proxies(answer))
    target = Kept()
    await _send(await make_end(addresses=()), receiver, noise(2_000_000), target)
    assert target.data == noise(2_000_000)


@pytest.mark.every_server
async def test_what_goes_in_band_is_passed_on_whole_and_in_order(make_end):
    sender, receiver = await make_end(), await make_end()
    target = Kept()
    await _send(sender, receiver, noise(2_000_001), target, methods=IN_BAND_ONLY)
    assert target.data == noise(2_000_001)


async def test_what_is_asked_meanwhile_is_answered_between_the_blocks(make_end):
    sender, receiver = await make_end(), await make_end()
    sending = sender.send(Data(noise(3_000_000)), receiver.jid, methods=IN_BAND_ONLY)
    receiving = receiver.accept(await receiver.offer(), Kept())
    await receiver.has_begun.wait()
    await sender.line.request("get", receiver.jid, xml.element("urn:xmpp:ping", "ping"))
    assert not sending.done()
    await asyncio.gather(sending, receiving)


@pytest.mark.every_server
async def test_who_has_left_is_told_of(make_end):
    sender, receiver = await make_end(), await make_end()
    gone = receiver.jid.rpartition("/")[0] + "/gone"
    with pytest.raises(BackendError, match="refuses"):
        await sender.send(Data(b"abc"), gone)


async def _send(sender: End, receiver: End, data: bytes, target: Kept, **options) -> None:
    sending = sender.send(Data(data), receiver.jid, **options)
    await asyncio.gather(receiver.accept(await receiver.offer(), target), sending)
