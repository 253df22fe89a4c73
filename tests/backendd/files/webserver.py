"""A web server that does what a test says, byte for byte."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from tests.lab.patience import PATIENCE_S


@dataclass
class Asked:
    """One request, of which the body is still to be read."""

    method: str
    target: str
    headers: dict[str, str]
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    body: bytes = b""

    @property
    def length(self) -> int:
        return int(self.headers.get("content-length", "0"))

    async def take(self) -> bytes:
        """Return the whole body."""
        self.body = await self.reader.readexactly(self.length)
        return self.body

    async def say(self, status: str, *headers: str, body: bytes = b"") -> None:
        """Answer, with a length unless the headers have something to say of it."""
        lines = [f"HTTP/1.1 {status}", *headers]
        if not any(line.lower().startswith(("content-length", "transfer-")) for line in headers):
            lines.append(f"Content-Length: {len(body)}")
        await self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


Behaviour = Callable[[Asked], Awaitable[None]]


@dataclass
class WebServer:
    """It listens at `port`; `asked` is what came, `ended` is told of each connection that did."""

    port: int
    scheme: str
    host: str
    asked: list[Asked] = field(default_factory=list)
    ended: asyncio.Queue[None] = field(default_factory=asyncio.Queue)

    def url(self, path: str = "/file.txt") -> str:
        return f"{self.scheme}://{self.host}:{self.port}{path}"

    async def until_hung_up(self) -> None:
        """Wait until the other side has left."""
        await asyncio.wait_for(self.ended.get(), PATIENCE_S)


@contextlib.asynccontextmanager
async def serving(
    behave: Behaviour,
    *,
    tls: ssl.SSLContext | None = None,
    bound: str = "127.0.0.1",
    called: str = "",
) -> AsyncIterator[WebServer]:
    """Have a web server that answers each connection's one request by `behave`."""
    tasks: set[asyncio.Task[None]] = set()

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(task := asyncio.current_task())
        try:
            asked = await _read(reader, writer)
            here.asked.append(asked)
            await behave(asked)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # they have left
        except asyncio.CancelledError:
            writer.transport.abort()  # the test has left: nobody reads what is still to be sent
        finally:
            writer.close()
            try:
                await writer.wait_closed()  # its socket, too
            except OSError:
                pass
            except asyncio.CancelledError:
                writer.transport.abort()
            here.ended.put_nowait(None)
            tasks.discard(task)

    server = await asyncio.start_server(served, bound, 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    here = WebServer(port, "https" if tls else "http", called or bound)
    async with server:
        yield here
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    line, *lines = head.rstrip().split("\r\n")
    method, target, _ = line.split(" ")
    pairs = (each.partition(":") for each in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    return Asked(method, target, headers, reader, writer)
