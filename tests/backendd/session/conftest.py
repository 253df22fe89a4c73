"""Homes and peers that end with their test; one server for all tests of this process."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from backendd.core import clock
from tests.backendd.session.home import Harness, new_account
from tests.backendd.session.peer import Peer
from tests.lab.server import Server

MakeHome = Callable[..., Awaitable[Harness]]
MakePeer = Callable[..., Awaitable[Peer]]


@pytest.fixture
async def make_home(tmp_path: Path, server: Server) -> AsyncIterator[MakeHome]:
    """Call it for a home of a new account (or of `account`) on the shared server (or `server`)."""
    homes: list[Harness] = []

    async def make(
        account: str = "", *, server: Server = server, port: int = 0, **history: int
    ) -> Harness:
        directory = tmp_path / f"home{len(homes)}"
        directory.mkdir()
        home = Harness(directory, server, account or new_account(server), port=port)
        homes.append(home)
        return await home.open(**history)

    yield make
    for home in homes:
        await home.leave()


@pytest.fixture
async def make_peer(server: Server) -> AsyncIterator[MakePeer]:
    """Call it for a peer with a new account (or `account`), who is online."""
    peers: list[Peer] = []

    async def make(
        account: str = "",
        *,
        server: Server = server,
        resource: str = "peer",
        announce: bool = True,
    ) -> Peer:
        peer = Peer(server, account or new_account(server), resource=resource)
        peers.append(peer)
        return await peer.online(announce=announce)

    yield make
    for peer in peers:
        await peer.close()


@pytest.fixture
def let_time_pass(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it to have what is archived be past: Prosody stamps whole seconds."""

    def set_ahead() -> None:
        real = clock.now_us
        monkeypatch.setattr(clock, "now_us", lambda: real() + 2_000_000)

    return set_ahead
