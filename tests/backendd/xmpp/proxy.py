"""A TCP proxy to cut links with: aborts in mid-traffic, and silence."""

import asyncio
from types import TracebackType
from typing import Self

from tests.lab.prosody import HOST


class Proxy:
    """Forwards connections to a port of loopback until it is told otherwise."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = 0
        self.connections = 0
        self._server: asyncio.Server | None = None
        self._writers: list[asyncio.StreamWriter] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._cut_after: int | None = None
        self._cuts_cleanly = False
        self.was_cut = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, HOST, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def cut(self, *, cleanly: bool = False) -> None:
        """Abort all connections: what is under way is lost in both directions.

        Cut `cleanly` the server still reads all that has passed.
        """
        writers, self._writers = self._writers, []
        for writer in writers:
            if cleanly and writer.transport.get_extra_info("peername")[1] == self.target:
                writer.write_eof()
            else:
                writer.transport.abort()
        self.was_cut.set()

    def cut_after(self, size: int, *, cleanly: bool = False) -> None:
        """Cut once `size` more bytes have passed."""
        self.was_cut.clear()
        self._cut_after = size
        self._cuts_cleanly = cleanly

    def stall(self) -> None:
        """Let nothing pass any more, and tell nobody."""
        self._flowing.clear()

    def flow(self) -> None:
        """Undo `stall`."""
        self._flowing.set()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection(HOST, self.target)
        except OSError:
            writer.transport.abort()
            return
        self.connections += 1
        self._writers += [writer, back]
        for source, sink in ((reader, back), (there, writer)):
            task = asyncio.get_running_loop().create_task(self._forward(source, sink))
            self._tasks.add(task)

    async def _forward(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(4096):
                await self._flowing.wait()
                sink.write(data)
                self._count(len(data))
                await sink.drain()
        except OSError:
            pass
        finally:
            sink.close()

    def _count(self, size: int) -> None:
        if self._cut_after is None:
            return
        self._cut_after -= size
        if self._cut_after <= 0:
            self._cut_after = None
            self.cut(cleanly=self._cuts_cleanly)
