"""Where web servers refer to: followed a few times, and not everywhere."""

import asyncio
import ipaddress
import socket

import pytest

from backendd.api.errors import NotAllowed, ServerError
from backendd.files import addresses
from backendd.files.policy import ASKED, UNASKED
from backendd.files.web import MOST_REDIRECTS, Web
from tests.backendd.files.webserver import serving


@pytest.fixture
def public_loopback(monkeypatch):
    """Have 127.0.0.2 be an address of the Internet, which a test can't reach."""
    here = ipaddress.IPv4Network("127.0.0.2/32")
    private = [each for each in addresses._V4 if not here.subnet_of(each)]
    private += ipaddress.IPv4Network("127.0.0.0/8").address_exclude(here)
    monkeypatch.setattr(addresses, "_V4", tuple(private))


async def serves(asked):
    await asked.say("200 OK", body=b"the file")


def refers(location, status="302 Found"):
    async def behave(asked):
        await asked.say(status, f"Location: {location}", body=b"<html>")

    return behave


async def fetched(url, *, reach=ASKED, web=None):
    async with (web or Web()).get(url, reach=reach, most=1000) as answer:
        return answer.told, b"".join([piece async for piece in answer])


@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P"])
async def test_a_file_is_fetched_from_where_the_server_refers(status):
    async with serving(serves) as there, serving(refers(there.url(), status)) as server:
        about, data = await fetched(server.url("/called%20so.txt"))
    assert data == b"the file"
    assert about.name == "called so.txt", "it is what was asked for"


async def test_what_refers_to_itself_comes_to_an_end():
    async with serving(refers("/again")) as server:
        with pytest.raises(ServerError, match="yet another place"):
            await fetched(server.url())
    assert len(server.asked) == MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "javascript:x", "http://u:p@127.0.0.1/", "http://[", "\\\\b\\c"],
)
async def test_what_is_no_address_is_not_followed(location):
    async with serving(refers(location)) as server:
        with pytest.raises(ServerError, match=r"127\.0\.0\.1 refers to what can't be asked"):
            await fetched(server.url())


@pytest.mark.usefixtures("public_loopback")
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:7f00:1]"])
async def test_no_public_server_leads_into_the_own_network(host):
    async with serving(serves) as inside:
        behave = refers(f"http://{host}:{inside.port}/")
        async with serving(behave, bound="127.0.0.2") as outside:
            with pytest.raises(NotAllowed, match=r"127\.0\.0\.2 refers to .*own network"):
                await fetched(outside.url())
        async with serving(refers(f"http://{host}:{inside.port}/")) as server:
            await fetched(server.url())
    assert len(inside.asked) == 1, "only the one of the same network leads there"


@pytest.mark.usefixtures("public_loopback")
async def test_no_private_server_is_reached_by_way_of_two_public_ones():
    async with serving(serves) as inside:
        to_inside = refers(inside.url())
        async with (
            serving(to_inside, bound="127.0.0.2") as second,
            serving(refers(second.url()), bound="127.0.0.2") as first,
        ):
            with pytest.raises(NotAllowed):
                await fetched(first.url())
    assert not inside.asked


async def test_no_encrypted_server_leads_to_one_without(certified):
    async with serving(serves) as plain:
        behave = refers(plain.url())
        async with serving(behave, tls=certified.context, called="localhost") as server:
            with pytest.raises(NotAllowed, match=r"localhost refers to 127\.0\.0\.1.*plain http"):
                await fetched(server.url(), web=Web(certified.ca_file))
    assert not plain.asked


@pytest.mark.usefixtures("public_loopback")
async def test_what_was_looked_at_is_what_is_connected_to(certified, monkeypatch):
    """A name that is public when it is looked at and private when it is used (DNS rebinding)."""
    told = iter(["127.0.0.2", "127.0.0.1", "127.0.0.1"])

    async def getaddrinfo(_host, port, **_more):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(told), port))]

    async with serving(
        serves, tls=certified.context, bound="127.0.0.2", called="localhost"
    ) as server:
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)
        _, data = await fetched(server.url(), reach=UNASKED, web=Web(certified.ca_file))
    assert data == b"the file"
    assert next(told) == "127.0.0.1", "nobody has asked for it again"


@pytest.mark.usefixtures("public_loopback")
async def test_of_a_name_with_both_kinds_of_addresses_only_the_public_ones_count(
    certified, monkeypatch
):
    async def getaddrinfo(_host, port, **_more):
        both = ("127.0.0.1", "127.0.0.2")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in both]

    async with serving(
        serves, tls=certified.context, bound="127.0.0.2", called="localhost"
    ) as server:
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)
        _, data = await fetched(server.url(), reach=UNASKED, web=Web(certified.ca_file))
    assert data == b"the file"
