"""A server that other people's programs find by its name, and friends who use them."""

import pytest

from backendd.features.jingle.clients import Clients
from backendd.features.jingle.feature import JinglePart
from backendd.jingle import addresses, names
from tests.backendd.session.conftest import make_home
from tests.backendd.session.home import new_account
from tests.lab.authority import Authority
from tests.lab.programs.dino import Dino
from tests.lab.programs.display import Display
from tests.lab.programs.gajim import Gajim
from tests.lab.programs.world import PORT, World, free_address
from tests.lab.prosody import Prosody
from tests.lab.relay import Relay
from tests.lab.server import HOST, free_ports

__all__ = ["make_home"]

DOMAIN = "primitivus.test"
MOST_UPLOADED = 50_000
"""Larger files are not taken by the server, so that they go from program to program."""

SERVICES = """
https_ports = {{ {port} }}
https_certificate = "{certificate}"
Component "proxy.{domain}" "proxy65"
  proxy65_address = "{host}"
Component "upload.{domain}" "http_file_share"
  http_host = "localhost"
  http_external_url = "https://localhost:{port}/"
  http_file_share_size_limit = {most}
"""


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A server whose domain is no name of this machine, as no program may know better."""
    directory, authority = (
        tmp_path_factory.mktemp("friends"),
        Authority(tmp_path_factory.mktemp("ca")),
    )
    certificate, _ = authority.issue(directory / "certs", "localhost")
    (port,) = free_ports(1)
    services = SERVICES.format(
        port=port, host=HOST, certificate=certificate, domain=DOMAIN, most=MOST_UPLOADED
    )
    with Prosody(directory, domain=DOMAIN, settings=services, authority=authority) as server:
        yield server


@pytest.fixture(scope="session")
def display():
    with Display() as display:
        yield display


@pytest.fixture
async def world(tmp_path, server, display):
    """A world in which the server is where programs look for it."""
    address = free_address()
    async with Relay(server.port, host=address, port=PORT):
        yield World(tmp_path / "world", server, address, display.name)


@pytest.fixture
def friends(server):
    """Two accounts that are contacts of each other: ours, and that of another program."""
    ours, theirs = new_account(server), new_account(server)
    server.befriend(ours, theirs)
    return ours, theirs


@pytest.fixture
def by_proxy(monkeypatch):
    """Have nobody reach us, nor we others but at the server: only its proxy is a way."""
    monkeypatch.setattr(addresses, "own", tuple)
    monkeypatch.setattr(addresses, "allows", lambda address: address == HOST)


@pytest.fixture
def by_no_way(monkeypatch):
    """Have no connection be possible."""
    monkeypatch.setattr(addresses, "own", tuple)
    monkeypatch.setattr(addresses, "allows", lambda address: False)

    async def none(clients):
        return ()

    monkeypatch.setattr(Clients, "proxies", none)


@pytest.fixture
def in_band(monkeypatch):
    """Have us be without SOCKS5, so that nobody offers it to us."""
    without = tuple(each for each in names.FEATURES if each != names.SOCKS5)
    monkeypatch.setattr(JinglePart, "disco_features", without)


@pytest.fixture
async def with_dino(server, world, display, friends):
    """Dino, of a friend of our account, on the screen."""
    ours, theirs = friends
    program = Dino(world, display)
    try:
        await program.start(server.jid(theirs), server.password(theirs), server.jid(ours))
        yield program
    finally:
        program.stop()


@pytest.fixture
async def with_gajim(server, world, friends):
    """Gajim, of a friend of our account."""
    _, theirs = friends
    program = Gajim(world)
    try:
        await program.start(server.jid(theirs), server.password(theirs))
        yield program
    finally:
        program.stop()
