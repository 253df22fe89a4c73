"""Finding the server: what is configured, or the records of a real name server."""

import dataclasses
from collections.abc import Callable

import pytest

from backendd.api.errors import HostUnreachable
from backendd.xmpp.account import ServerAddress
from backendd.xmpp.endpoints import Endpoint, find
from tests.backendd.xmpp.nameserver import NameServer

SERVER = ServerAddress("capulet.example")
DIRECT, STARTTLS = "_xmpps-client._tcp.capulet.example", "_xmpp-client._tcp.capulet.example"


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Callable[[NameServer], None]:
    return lambda server: server.answer_for(monkeypatch)


async def test_records_of_both_kinds_are_taken_in_their_order(ask):
    records = {
        DIRECT: [(20, 0, 443, "tls.capulet.example")],
        STARTTLS: [(10, 0, 5222, "a.capulet.example"), (30, 0, 5333, "b.capulet.example")],
    }
    async with NameServer(records) as server:
        ask(server)
        assert await find(SERVER) == [
            Endpoint("a.capulet.example", 5222),
            Endpoint("tls.capulet.example", 443, direct_tls=True),
            Endpoint("b.capulet.example", 5333),
        ]
        assert sorted(server.asked) == [STARTTLS, DIRECT]


async def test_without_records_the_domain_itself_is_asked(ask):
    async with NameServer({}) as server:
        ask(server)
        assert await find(SERVER) == [Endpoint("capulet.example", 5222)]


async def test_a_service_that_is_said_not_to_be_there_is_not_tried(ask):
    async with NameServer({DIRECT: [(0, 0, 0, ".")], STARTTLS: [(5, 0, 5222, "a.example")]}) as dns:
        ask(dns)
        assert await find(SERVER) == [Endpoint("a.example", 5222)]


@pytest.mark.parametrize("domain", ["localhost", "x.localhost", "192.0.2.1", "[2001:db8::1]"])
async def test_names_here_and_addresses_have_no_records(ask, domain: str):
    async with NameServer({}) as server:
        ask(server)
        [endpoint] = await find(ServerAddress(domain))
        assert endpoint == Endpoint(domain.strip("[]"), 5222)
        assert server.asked == []


async def test_what_is_configured_is_used_alone(ask):
    async with NameServer({DIRECT: [(1, 1, 1, "a.example")]}) as server:
        ask(server)
        plain = dataclasses.replace(SERVER, host="chat.example")
        assert await find(plain) == [Endpoint("chat.example", 5222)]
        direct = dataclasses.replace(plain, direct_tls=True)
        assert await find(direct) == [Endpoint("chat.example", 5223, direct_tls=True)]
        port = dataclasses.replace(SERVER, port=5999)
        assert await find(port) == [Endpoint("capulet.example", 5999)]
        assert server.asked == []


async def test_a_name_no_dns_can_hold_is_left_to_the_resolver():
    name = f"{'a' * 70}.example"
    assert await find(ServerAddress(name)) == [Endpoint(name, 5222)]


async def test_the_name_asked_for_is_that_of_idna_2008(ask):
    async with NameServer({}) as server:
        ask(server)
        asked = ServerAddress("fa\u00df.example")
        assert await find(asked) == [Endpoint("xn--fa-hia.example", 5222)]
        assert sorted(server.asked) == [
            "_xmpp-client._tcp.xn--fa-hia.example",
            "_xmpps-client._tcp.xn--fa-hia.example",
        ]
        configured = dataclasses.replace(SERVER, host="Chat.Fa\u00df.example")
        assert await find(configured) == [Endpoint("chat.xn--fa-hia.example", 5222)]


async def test_a_name_that_idna_2008_refuses_is_not_asked_for():
    heart = "i\u2764.example"
    with pytest.raises(HostUnreachable, match="not the name of a server"):
        await find(ServerAddress(heart))
