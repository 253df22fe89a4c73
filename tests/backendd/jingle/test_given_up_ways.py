"""Ways that one side has, and the other gives up: nobody waits for what doesn't come."""

import asyncio

import pytest

from backendd.jingle import names
from tests.backendd.jingle.kit import JULIET, ROMEO, Data, End, Kept, noise
from tests.backendd.jingle.socks_proxy import SocksProxy
from tests.backendd.jingle.stranger import (
    Stranger,
    closing,
    connect,
    described,
    ibb,
    offered,
    opening,
    piece,
    s5b,
    sha1,
)

S5B = f"{{{names.SOCKS5}}}"
CONTENT = noise(9_000)
OFFER = offered(described("a.txt", len(CONTENT)), s5b("st"))


@pytest.fixture
async def juliet(wire):
    return Stranger(wire, JULIET, ROMEO)


@pytest.fixture
async def proxy(wire):
    proxy = SlowProxy(wire)
    yield proxy
    await proxy.close()


@pytest.fixture
async def romeo(wire, proxy):
    """One who can be reached by a proxy alone."""
    end = End(wire, ROMEO, addresses=(), proxies=[await proxy.start()])
    yield end
    await end.close()


class SlowProxy(SocksProxy):
    """A proxy that says when it is asked to join both ends, and does so when it may."""

    def __init__(self, wire):
        super().__init__(wire)
        self.is_asked, self.may = asyncio.Event(), asyncio.Event()

    async def _activate(self, iq):
        self.is_asked.set()
        await self.may.wait()
        return await super()._activate(iq)


async def offer_by_proxy(romeo, juliet, target):
    """Have her offer a file, and use his proxy; return his task, and her end of it."""
    await juliet.jingle("session-initiate", "s1", OFFER)
    receiving = romeo.accept(await romeo.offer(), target)
    accepted = await juliet.hear("session-accept")
    _, writer = await use(juliet, "s1", "st", accepted.find(f".//{S5B}candidate"))
    assert (await juliet.hear("transport-info")).find(f".//{S5B}candidate-error") is not None
    return receiving, writer


async def use(juliet, sid, stream, candidate):
    """Have her connect to a candidate of his, and say so; return her end of the connection."""
    host, port = candidate.get("host"), int(candidate.get("port"))
    ends = await connect(host, port, sha1(stream + ROMEO + JULIET))
    used = f"<candidate-used cid='{candidate.get('cid')}'/>"
    await juliet.transport("transport-info", sid, s5b(stream, used))
    return ends


async def send_in_band(juliet, sid):
    await juliet.say(opening(sid))
    for number, start in enumerate(range(0, len(CONTENT), 4096)):
        await juliet.say(piece(sid, number, CONTENT[start : start + 4096]))
    await juliet.say(closing(sid))


async def test_a_way_that_the_sender_gives_up_before_its_first_byte_gives_place_to_another(
    romeo, juliet, proxy
):
    target = Kept()
    proxy.may.set()
    receiving, writer = await offer_by_proxy(romeo, juliet, target)
    assert (await juliet.hear("transport-info")).find(f".//{S5B}activated") is not None
    await romeo.has_way.wait()
    await juliet.transport("transport-replace", "s1", ibb("in-band"))
    await juliet.hear("transport-accept")
    await send_in_band(juliet, "in-band")
    await receiving
    assert target.data == CONTENT
    assert romeo.used == [names.SOCKS5, names.IN_BAND]
    await closed(writer)


async def test_a_way_on_which_bytes_have_come_is_kept(romeo, juliet, proxy):
    target = Kept()
    proxy.may.set()
    receiving, writer = await offer_by_proxy(romeo, juliet, target)
    await juliet.hear("transport-info")
    writer.write(CONTENT[:1])
    await romeo.has_begun.wait()
    await juliet.transport("transport-replace", "s1", ibb("in-band"))
    await juliet.hear("transport-reject")
    writer.write(CONTENT[1:])
    writer.write_eof()
    await receiving
    assert target.data == CONTENT
    await closed(writer)


async def test_a_proxy_that_the_other_side_gives_up_meanwhile_is_not_used(romeo, juliet, proxy):
    sending = romeo.send(Data(CONTENT))
    sid, stream, candidate = await hear_offer(juliet)
    await juliet.transport("session-accept", sid, s5b(stream))
    _, writer = await use(juliet, sid, stream, candidate)
    await juliet.hear("transport-info")
    await proxy.is_asked.wait()
    await juliet.transport("transport-info", sid, s5b(stream, "<proxy-error/>"))
    proxy.may.set()
    await juliet.hear("transport-info")
    replaced = await juliet.hear("transport-replace")
    await juliet.transport("transport-accept", sid, ibb(replaced[0][0].get("sid")))
    await juliet.hear("open")
    await juliet.hear("close")
    assert juliet.data == CONTENT
    await juliet.jingle("session-terminate", sid, "<reason><success/></reason>")
    await sending
    await closed(writer)


async def test_who_receives_hears_at_once_that_no_other_way_is_taken(wire, juliet):
    romeo = End(wire, ROMEO)
    sending = romeo.send(Data(CONTENT))
    sid, stream, candidate = await hear_offer(juliet)
    await juliet.transport("session-accept", sid, s5b(stream))
    reader, writer = await use(juliet, sid, stream, candidate)
    await juliet.hear("transport-info")
    assert await reader.readexactly(len(CONTENT)) == CONTENT
    await juliet.hear("session-info")
    await juliet.transport("transport-replace", sid, ibb("theirs"))
    await juliet.hear("transport-reject")
    await juliet.jingle("session-terminate", sid, "<reason><success/></reason>")
    await sending
    await closed(writer)
    await romeo.close()


async def closed(writer):
    writer.close()
    await writer.wait_closed()


async def hear_offer(juliet):
    """Return the ids of the session and of the stream that are offered, and its first candidate."""
    offer = await juliet.hear("session-initiate")
    transport = offer.find(f".//{S5B}transport")
    return offer.get("sid"), transport.get("sid"), transport.find(f"{S5B}candidate")
