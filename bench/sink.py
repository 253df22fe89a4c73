"""A web server that costs next to nothing: it forgets what it is given, and has zeros of any size.

A program: `python -m bench.sink PORT`. Writes a line when it listens. A PUT is answered once all of
it is here; a GET of /SIZE/... has so many bytes.
"""

import argparse
import asyncio
import re
from typing import cast

from tests.lab.server import HOST

_PIECE = 256 * 1024
_ZEROS = bytes(_PIECE)
_REQUEST = re.compile(rb"(PUT|GET) /(\d+)/\S* HTTP/1\.1\r\n")
_BAD = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_MADE = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_HERE = (
    b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n"
    b"Content-Type: application/octet-stream\r\n\r\n"
)


class Exchange(asyncio.BufferedProtocol):
    """One request, and its answer; always one of a connection."""

    def __init__(self) -> None:
        self._room = bytearray(_PIECE)
        self._head = b""
        self._lacking = 0  # of what is put
        self._left = 0  # of what is fetched
        self._is_full = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def get_buffer(self, sizehint: int) -> bytearray:
        return self._room

    def buffer_updated(self, nbytes: int) -> None:
        if self._lacking:
            self._take(nbytes)
            return
        self._head += self._room[:nbytes]
        head, end, rest = self._head.partition(b"\r\n\r\n")
        if end:
            self._begin(head + end, len(rest))

    def pause_writing(self) -> None:
        self._is_full = True

    def resume_writing(self) -> None:
        self._is_full = False
        # Closed from in here, a transport of asyncio ends twice.
        asyncio.get_running_loop().call_soon(self._give)

    def _begin(self, head: bytes, nbytes: int) -> None:
        asked = _REQUEST.match(head)
        if asked is None:
            self._end(_BAD)
        elif asked[1] == b"PUT":
            self._lacking = int(asked[2])
            self._take(nbytes)
        else:
            self._left = int(asked[2])
            self._transport.write(_HERE % self._left)
            self._give()

    def _take(self, nbytes: int) -> None:
        self._lacking -= nbytes
        if self._lacking <= 0:
            self._end(_MADE)

    def _give(self) -> None:
        while self._left and not self._is_full:
            piece = _ZEROS[: self._left]
            self._left -= len(piece)
            self._transport.write(piece)
        if not self._left:
            self._transport.close()

    def _end(self, answer: bytes) -> None:
        self._transport.write(answer)
        self._transport.close()


async def serve(port: int) -> None:
    """Serve until the process is ended."""
    server = await asyncio.get_running_loop().create_server(Exchange, HOST, port)
    print("listening", flush=True)
    await server.serve_forever()


def main() -> None:
    """Serve at the port that the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    asyncio.run(serve(parser.parse_args().port))


if __name__ == "__main__":
    main()
