"""SOCKS5 as XEP-0065 speaks it (RFC 1928): the greeting of either side, then bare bytes."""

import asyncio
import contextlib
import hashlib
import socket
from collections.abc import Collection

from backendd.api.errors import HostUnreachable, Timeout

CHUNK = 1 << 18
"""How much is read at once."""

_VERSION, _ANONYMOUS, _CONNECT, _NAMED = 5, 0, 1, 3
_DONE, _NOT_ALLOWED, _NO_METHOD = 0, 2, 0xFF
_LENGTHS = {1: 4, 4: 16}


def destination(sid: str, requester: str, target: str) -> str:
    """Return the name that stands for a bytestream, which `requester` offers: its DST.ADDR."""
    return hashlib.sha1((sid + requester + target).encode(), usedforsecurity=False).hexdigest()


class SocketStream:
    """A connection as a stream: of its bytes only the piece under way is in this process."""

    def __init__(self, connection: socket.socket, stall: float) -> None:
        self._socket = connection
        self._stall = stall
        self._loop = asyncio.get_running_loop()

    async def send(self, data: bytes) -> None:
        """Return when the system has taken it."""
        try:
            async with asyncio.timeout(self._stall):
                await self._loop.sock_sendall(self._socket, data)
        except TimeoutError as error:
            raise Timeout("the other side takes nothing of the file any more") from error
        except OSError as error:
            raise HostUnreachable("the connection for the file broke") from error

    async def receive(self) -> bytes:
        """Return the next bytes; none when the other side has ended."""
        try:
            async with asyncio.timeout(self._stall):
                return await self._loop.sock_recv(self._socket, CHUNK)
        except TimeoutError as error:
            raise Timeout("nothing of the file comes any more") from error
        except OSError as error:
            raise HostUnreachable("the connection for the file broke") from error

    async def finish(self) -> None:
        """Say that it was all: proxies keep the last piece back while more may come."""
        with contextlib.suppress(OSError):  # the other side may have gone, with all it wanted
            self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Let go of it."""
        self._socket.close()


async def connect(address: str, port: int, name: str) -> socket.socket:
    """Return a connection to what is called `name` behind the server at an IP address.

    HostUnreachable where there is none, or it isn't there.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    connection = socket.socket(family, socket.SOCK_STREAM)
    connection.setblocking(False)
    try:
        await asyncio.get_running_loop().sock_connect(connection, (address, port))
        await _ask(connection, name.encode())
    except OSError as error:
        connection.close()
        raise HostUnreachable(f"{address} port {port} can't be reached") from error
    except BaseException:
        connection.close()
        raise
    return connection


async def _ask(connection: socket.socket, name: bytes) -> None:
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(connection, bytes((_VERSION, 1, _ANONYMOUS)))
    if await _read(connection, 2) != bytes((_VERSION, _ANONYMOUS)):
        raise HostUnreachable("there is no SOCKS5 server that takes everybody")
    asked = bytes((_VERSION, _CONNECT, 0, _NAMED, len(name))) + name + bytes(2)
    await loop.sock_sendall(connection, asked)
    version, answer, _, kind = await _read(connection, 4)
    if version != _VERSION or answer != _DONE:
        raise HostUnreachable("the SOCKS5 server doesn't have the stream")
    length = (await _read(connection, 1))[0] if kind == _NAMED else _LENGTHS.get(kind, 0)
    await _read(connection, length + 2)


async def answer(connection: socket.socket, names: Collection[str]) -> bool:
    """Greet who has connected, and return whether they ask for one of `names`."""
    loop = asyncio.get_running_loop()
    version, methods = await _read(connection, 2)
    offered = await _read(connection, methods)
    if version != _VERSION or _ANONYMOUS not in offered:
        await loop.sock_sendall(connection, bytes((_VERSION, _NO_METHOD)))
        return False
    await loop.sock_sendall(connection, bytes((_VERSION, _ANONYMOUS)))
    version, command, _, kind = await _read(connection, 4)
    if version != _VERSION or command != _CONNECT or kind != _NAMED:
        return False
    length = await _read(connection, 1)
    asked = await _read(connection, length[0] + 2)
    is_known = asked[:-2] in {name.encode() for name in names}
    result = _DONE if is_known else _NOT_ALLOWED
    await loop.sock_sendall(connection, bytes((_VERSION, result, 0, _NAMED)) + length + asked)
    return is_known


async def _read(connection: socket.socket, length: int) -> bytes:
    """Return so many bytes and not one more: what follows is of the stream."""
    loop, found = asyncio.get_running_loop(), b""
    while len(found) < length:
        got = await loop.sock_recv(connection, length - len(found))
        if not got:
            raise HostUnreachable("the connection ended in the greeting")
        found += got
    return found
