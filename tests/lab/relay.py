"""A bad link: a TCP relay on loopback that can stop handing on what either side says."""

import asyncio
import contextlib
from types import TracebackType
from typing import Self

from backendd.api.tasks import Tasks

HOST = "127.0.0.1"


class Relay:
    """Hands on what comes to `port`, to a server's port and back."""

    def __init__(self, server_port: int) -> None:
        self.port = 0
        self._server_port = server_port
        self._answers = asyncio.Event()
        self._answers.set()
        self._questions = asyncio.Event()
        self._questions.set()
        self._tasks = Tasks()
        self._server: asyncio.Server | None = None

    def hold_answers(self) -> None:
        """Hand on nothing more of what the server says, until `cut`."""
        self._answers.clear()

    def hold_questions(self) -> None:
        """Hand on nothing more of what the client says, until `cut`."""
        self._questions.clear()

    async def cut(self) -> None:
        """Close all connections; new ones work in both directions."""
        await self._tasks.stop()
        self._answers.set()
        self._questions.set()

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
        await self._tasks.stop()
        await self._server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tasks.start(self._join(reader, writer), name="relay a connection")

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            answers, away = await asyncio.open_connection(HOST, self._server_port)
        except OSError:
            writer.close()
            return
        there = self._tasks.start(_hand_on(reader, away, self._questions), name="relay there")
        back = self._tasks.start(_hand_on(answers, writer, self._answers), name="relay back")
        try:
            await asyncio.wait((there, back), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in (there, back):
                each.cancel()
            writer.close()
            away.close()


async def _hand_on(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, gate: asyncio.Event
) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            await gate.wait()
            writer.write(data)
            await writer.drain()
