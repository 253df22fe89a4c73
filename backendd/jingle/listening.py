"""Our own SOCKS5 servers, one a candidate, which live as long as a bytestream is negotiated."""

import asyncio
import contextlib
import socket
from collections.abc import Collection, Sequence

from backendd.api.errors import HostUnreachable
from backendd.api.tasks import Tasks
from backendd.jingle import candidates, socks5
from backendd.jingle.candidates import Candidate

# Whoever finds the port may connect; those who know the name of the stream are few.
_MOST_GREETED = 16
_GREETING_S = 10.0


class Listening:
    """Servers that take who asks for one of `names`, and keep the connection by candidate."""

    def __init__(self, names: Collection[str], tasks: Tasks) -> None:
        self._names = names
        self._tasks = tasks
        self._servers: list[socket.socket] = []
        self._greeted: dict[socket.socket, asyncio.Task[None]] = {}
        self._connections: dict[str, socket.socket] = {}

    def open(self, addresses: Sequence[str], own: str) -> tuple[Candidate, ...]:
        """Return a candidate for each of our addresses that a server can listen at."""
        loop = asyncio.get_running_loop()
        found: list[Candidate] = []
        for address in addresses:
            with contextlib.suppress(OSError):
                server = _listen(address)
                port = server.getsockname()[1]
                candidate = candidates.direct(address, port, own, rank=len(found))
                self._servers.append(server)
                loop.add_reader(server, self._take_in, server, candidate.cid)
                found.append(candidate)
        return tuple(found)

    def take(self, cid: str) -> socket.socket:
        """Return the connection that was made to a candidate; HostUnreachable."""
        connection = self._connections.pop(cid, None)
        if connection is None:
            raise HostUnreachable("the other side says it has connected, and has not")
        return connection

    def close(self) -> None:
        """Listen no longer, and let go of connections that nobody took."""
        loop = asyncio.get_running_loop()
        for server in self._servers:
            loop.remove_reader(server)
            server.close()
        for connection, greeting in self._greeted.items():
            greeting.cancel()
            connection.close()
        for connection in self._connections.values():
            connection.close()
        self._servers.clear()
        self._greeted.clear()
        self._connections.clear()

    def _take_in(self, server: socket.socket, cid: str) -> None:
        try:
            connection, _ = server.accept()
        except OSError:
            return  # they have left already
        if len(self._greeted) >= _MOST_GREETED:
            connection.close()
            return
        connection.setblocking(False)
        greeting = self._tasks.start(self._greet(connection, cid), name="socks5 greeting")
        self._greeted[connection] = greeting

    async def _greet(self, connection: socket.socket, cid: str) -> None:
        is_known = False
        with contextlib.suppress(TimeoutError, OSError, HostUnreachable):
            async with asyncio.timeout(_GREETING_S):
                is_known = await socks5.answer(connection, self._names)
        self._greeted.pop(connection, None)
        replaced = self._connections.pop(cid, None) if is_known else connection
        if is_known:
            self._connections[cid] = connection
        if replaced is not None:
            replaced.close()


def _listen(address: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    server = socket.socket(family, socket.SOCK_STREAM)
    try:
        server.setblocking(False)
        if family == socket.AF_INET6:
            server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        server.bind((address, 0))
        server.listen(_MOST_GREETED)
    except OSError:
        server.close()
        raise
    return server
