"""Which connection both sides take, whoever of them can be reached, and by which programs."""

import asyncio
import contextlib
import socket

import pytest

from backendd.api.errors import HostUnreachable
from backendd.api.tasks import Tasks
from backendd.jingle import addresses, candidates, listening, names, socks5
from backendd.jingle.candidates import Candidate, nominate
from tests.backendd.jingle.kit import JULIET, ROMEO, Data, End, Kept, noise
from tests.backendd.jingle.socks_proxy import JID, SocksProxy

LOW = Candidate("low", "192.0.2.1", 1, ROMEO, 10)
HIGH = Candidate("high", "192.0.2.1", 1, ROMEO, 20)
NOWHERE = {"addresses": (), "allows": lambda address: False}


@pytest.mark.parametrize("is_initiator", [True, False])
def test_the_better_of_both_candidates_is_taken(is_initiator):
    assert nominate(LOW, HIGH, is_initiator=is_initiator) is HIGH
    assert nominate(HIGH, LOW, is_initiator=is_initiator) is HIGH
    assert nominate(LOW, None, is_initiator=is_initiator) is LOW
    assert nominate(None, LOW, is_initiator=is_initiator) is LOW
    assert nominate(None, None, is_initiator=is_initiator) is None


def test_of_two_that_are_as_good_the_initiators_choice_is_taken():
    other = Candidate("other", "192.0.2.1", 1, ROMEO, 10)
    assert nominate(LOW, other, is_initiator=True) is LOW
    assert nominate(LOW, other, is_initiator=False) is other


def test_a_direct_connection_goes_before_a_proxy():
    ours = [candidates.direct("192.0.2.1", 1, ROMEO, rank=n) for n in range(3)]
    proxy = candidates.behind(candidates.Proxy(JID, "192.0.2.9", 1080), rank=0)
    priorities = [each.priority for each in (*ours, proxy)]
    assert priorities == sorted(priorities, reverse=True)


def test_the_name_of_a_stream_is_the_published_one():
    sid = "vj3hs98y"
    name = socks5.destination(sid, "romeo@montague.lit/orchard", "juliet@capulet.lit/balcony")
    assert name == "972b7bf47291ca609517f67f86b5081086052dad"
    name = socks5.destination(sid, "juliet@capulet.lit/balcony", "romeo@montague.lit/orchard")
    assert name == "1a12fb7bc625e55f3ed5b29a53dbe0e4aa7d80ba"


@pytest.mark.parametrize("offers", ["initiator", "responder"])
async def test_a_proxy_of_either_side_joins_who_cant_reach_each_other(wire, offers):
    proxy = SocksProxy(wire)
    found = [await proxy.start()]
    romeo = End(wire, ROMEO, addresses=(), proxies=found if offers == "initiator" else ())
    juliet = End(wire, JULIET, addresses=(), proxies=found if offers == "responder" else ())
    sending = romeo.send(Data(noise(3_000_000)))
    target = Kept()
    await asyncio.gather(juliet.accept(await juliet.offer(), target), sending)
    assert target.data == noise(3_000_000)
    assert romeo.used == juliet.used == [names.SOCKS5]
    assert proxy.activated == [JULIET if offers == "initiator" else ROMEO]
    assert "activated" in wire.said(by="romeo" if offers == "initiator" else "juliet")
    await _close(romeo, juliet, proxy)


async def test_a_proxy_that_activates_nothing_leaves_the_file_to_go_in_band(wire):
    proxy = SocksProxy(wire, refuses=True)
    romeo = End(wire, ROMEO, addresses=(), proxies=[await proxy.start()])
    juliet = End(wire, JULIET, addresses=())
    sending = romeo.send(Data(noise(50_000)))
    target = Kept()
    await asyncio.gather(juliet.accept(await juliet.offer(), target), sending)
    assert target.data == noise(50_000)
    assert "proxy-error" in wire.said(by="romeo")
    assert juliet.used == [names.IN_BAND]
    await _close(romeo, juliet, proxy)


async def test_a_proxy_that_both_have_is_offered_once(wire):
    proxy = SocksProxy(wire)
    found = [await proxy.start()]
    romeo = End(wire, ROMEO, addresses=(), proxies=found)
    juliet = End(wire, JULIET, addresses=(), proxies=found)
    sending = romeo.send(Data(b"abc"))
    await asyncio.gather(juliet.accept(await juliet.offer(), Kept()), sending)
    transport = wire.of("session-accept")[0][0].find(f"{{{names.SOCKS5}}}transport")
    assert not len(transport)
    await _close(romeo, juliet, proxy)


async def test_where_the_other_side_takes_no_other_way_the_file_fails_with_a_sentence(wire):
    romeo = End(wire, ROMEO, **NOWHERE)
    juliet = End(wire, JULIET, **NOWHERE)
    sending = romeo.send(Data(b"abc"), methods=frozenset({names.SOCKS5}))
    receiving = juliet.accept(await juliet.offer(), Kept())
    with pytest.raises(HostUnreachable, match=r"no connection to juliet@capulet\.example"):
        await sending
    with pytest.raises(HostUnreachable, match="no connection"):
        await receiving
    await _close(romeo, juliet)


async def test_who_doesnt_know_the_name_of_the_stream_gets_no_connection(tasks):
    ours = listening.Listening({"a" * 40}, tasks)
    (candidate,) = ours.open(["127.0.0.1"], ROMEO)
    with pytest.raises(HostUnreachable):
        await socks5.connect("127.0.0.1", candidate.port, "b" * 40)
    with pytest.raises(HostUnreachable, match="has not"):
        ours.take(candidate.cid)
    ours.close()


@pytest.mark.parametrize(
    "greeting",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x05\x01\x02",  # a password, and nothing else
        b"\x05\x01\x00\x05\x02\x00\x03\x01a\x00\x00",  # BIND
        b"\x05\x01\x00\x05\x01\x00\x01\x7f\x00\x00\x01\x00\x50",  # an address of our own
        b"\x04\x01\x00\x50\x7f\x00\x00\x01\x00",  # SOCKS4
        b"",
    ],
)
async def test_our_server_is_no_proxy_and_outlives_any_greeting(tasks, greeting):
    ours = listening.Listening({"a" * 40}, tasks)
    (candidate,) = ours.open(["127.0.0.1"], ROMEO)
    reader, writer = await asyncio.open_connection("127.0.0.1", candidate.port)
    writer.write(greeting)
    writer.write_eof()
    with contextlib.suppress(ConnectionError):
        assert (await reader.read())[2:4] != b"\x05\x00"
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()
    connection = await socks5.connect("127.0.0.1", candidate.port, "a" * 40)
    taken = ours.take(candidate.cid)
    connection.close()
    taken.close()
    ours.close()


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "::1", "0.0.0.0", "::", "169.254.169.254", "fe80::1", "224.0.0.1", "ff02::1",
     "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
     "255.255.255.255", "localhost", ""],
)  # fmt: skip
def test_nobody_has_us_connect_to_what_only_this_machine_may_reach(address):
    assert not addresses.allows(address)


@pytest.mark.parametrize("address", ["192.168.1.7", "10.0.0.1", "fd00::1", "198.51.100.7"])
def test_a_machine_in_the_next_room_may_be_connected_to(address):
    assert addresses.allows(address)


def test_our_addresses_are_those_that_others_may_reach():
    found = addresses.own()
    assert all(addresses.allows(each) for each in found)
    assert list(found) == sorted(found, key=lambda each: ":" in each)
    for each in found:
        family = socket.AF_INET6 if ":" in each else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as server:
            server.bind((each, 0))


@pytest.fixture
async def tasks():
    tasks = Tasks()
    yield tasks
    await tasks.stop()


async def _close(*ends) -> None:
    for each in ends:
        await each.close()
