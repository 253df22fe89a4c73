"""A bad link: a TCP relay on loopback that falls silent, and is cut in the middle of anything."""

import asyncio
import contextlib
from types import TracebackType
from typing import Self

from backendd.api.tasks import Tasks

HOST = "127.0.0.1"


class Relay:
    """Hands on what comes to `port` of `host` (0: any that is free), to a server and back."""

    def __init__(self, server_port: int, *, host: str = HOST, port: int = 0) -> None:
        self.host = host
        self.port = port
        self.connections = 0
        self.was_cut = asyncio.Event()
        self._server_port = server_port
        self._answers = asyncio.Event()
        self._questions = asyncio.Event()
        self._flow()
        self._writers: list[asyncio.StreamWriter] = []
        self._tasks = Tasks()
        self._server: asyncio.Server | None = None
        self._cuts = 0
        self._cut_after: int | None = None
        self._cuts_cleanly = False

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, self.host, self.port)
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
        await self._tasks.stop()
        await self._server.wait_closed()

    def hold_answers(self) -> None:
        """Hand on nothing more of what the server says, until `cut`."""
        self._answers.clear()

    def hold_questions(self) -> None:
        """Hand on nothing more of what the client says, until `cut`."""
        self._questions.clear()

    def cut(self, *, cleanly: bool = False) -> None:
        """Abort all connections: what is under way is lost in both directions.

        Cut `cleanly` the server still reads all that has passed. New connections work again.
        """
        self._cuts += 1
        writers, self._writers = self._writers, []
        for writer in writers:
            if cleanly and writer.transport.get_extra_info("peername")[1] == self._server_port:
                with contextlib.suppress(OSError):
                    writer.write_eof()
            else:
                writer.transport.abort()
        self._flow()
        self.was_cut.set()

    def cut_after(self, size: int, *, cleanly: bool = False) -> None:
        """Cut once `size` more bytes have passed."""
        self.was_cut.clear()
        self._cut_after = size
        self._cuts_cleanly = cleanly

    def _flow(self) -> None:
        self._answers.set()
        self._questions.set()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            answers, away = await asyncio.open_connection(HOST, self._server_port)
        except OSError:
            writer.transport.abort()
            return
        self.connections += 1
        self._writers += [writer, away]
        self._tasks.start(self._hand_on(reader, away, self._questions), name="relay there")
        self._tasks.start(self._hand_on(answers, writer, self._answers), name="relay back")

    async def _hand_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, gate: asyncio.Event
    ) -> None:
        cuts = self._cuts
        try:
            while data := await reader.read(4096):
                await gate.wait()
                if self._cuts != cuts:
                    return
                writer.write(data)
                self._count(len(data))
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    def _count(self, size: int) -> None:
        if self._cut_after is None:
            return
        self._cut_after -= size
        if self._cut_after <= 0:
            self._cut_after = None
            self.cut(cleanly=self._cuts_cleanly)
