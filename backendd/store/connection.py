"""A SQLite connection in a thread of its own, where whole functions run."""

import asyncio
import sqlite3
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import aiosqlite

T = TypeVar("T")

_CHUNK = 64


class ConnectionThread:
    """Runs functions with the connection, one after another, in the connection's thread.

    The thread keeps the process alive: whoever opens one has to close it.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connection = aiosqlite.Connection(partial(self._keep, connect), _CHUNK)
        self._raw: sqlite3.Connection

    async def open(self) -> None:
        """Make the connection, in its thread; raises what `connect` raises."""
        try:
            await self._connection
        except BaseException:
            # aiosqlite ends its thread then, without waiting: the event loop could be gone first.
            await asyncio.to_thread(self._connection._thread.join)  # noqa: SLF001
            raise

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return what `work` returns; it has the connection for itself until then."""
        # aiosqlite's public methods hop to the thread and back for each statement, which makes a
        # batch of thousands several times slower. Only this private one takes any function.
        execute = self._connection._execute  # noqa: SLF001
        result: T = await execute(work, self._raw)  # type: ignore[no-untyped-call]
        return result

    async def close(self) -> None:
        """Close the connection and end its thread."""
        await self._connection.close()

    def _keep(self, connect: Callable[[], sqlite3.Connection]) -> sqlite3.Connection:
        self._raw = connect()
        return self._raw
