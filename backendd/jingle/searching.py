"""Trying the other side's candidates, the best first, until one can be connected to."""

import asyncio
import contextlib
import socket
from collections.abc import Callable, Iterable
from typing import Any

from backendd.api.errors import HostUnreachable
from backendd.jingle import candidates, socks5
from backendd.jingle.candidates import Candidate
from backendd.jingle.ports import Means

_Attempt = asyncio.Task[socket.socket | None]


class Search:
    """Looks for a candidate to connect to, while more of them may come.

    `name` is what their servers know the stream by.
    """

    def __init__(self, name: str, means: Means) -> None:
        self.name = name
        self._network = means.network
        self._patience = means.patience
        self._tasks = means.tasks
        self._seen: set[str] = set()
        self._untried: list[Candidate] = []
        self._attempts: dict[_Attempt, Candidate] = {}
        self._changed = asyncio.Event()
        self._floor = -1

    def add(self, found: Iterable[Candidate]) -> None:
        """Try these as well."""
        for each in found:
            if each.cid not in self._seen and len(self._seen) < candidates.MOST:
                self._seen.add(each.cid)
                self._untried.append(each)
        self._untried.sort(key=lambda each: each.priority)
        self._changed.set()

    def stop_at(self, priority: int) -> None:
        """Try none of this priority or below any more: there is something as good."""
        self._floor = priority
        self._changed.set()

    async def run(self) -> tuple[Candidate, socket.socket] | None:
        """Return the first that could be connected to; None where none could."""
        try:
            await self._wait_for_first()
            while self._begin_next() or self._attempts:
                found = await self._wait()
                if found is not None:
                    return found
            return None
        finally:
            for attempt in self._attempts:
                attempt.cancel()
                attempt.add_done_callback(_close)

    async def _wait_for_first(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._patience.trickle):
                while not self._untried and self._floor < 0:
                    self._changed.clear()
                    await self._changed.wait()

    def _begin_next(self) -> bool:
        self._changed.clear()
        for attempt, candidate in self._attempts.items():
            if candidate.priority <= self._floor:
                attempt.cancel()
        if not self._untried or self._untried[-1].priority <= self._floor:
            return False
        candidate = self._untried.pop()
        work = self._attempt(candidate)
        self._attempts[self._tasks.start(work, name=f"socks5 {candidate.host}")] = candidate
        return True

    async def _wait(self) -> tuple[Candidate, socket.socket] | None:
        """Return what was connected to; None when it is time to try another, or all have ended."""
        changed = self._tasks.start(self._changed.wait(), name="candidates")
        pause = self._patience.stagger if self._untried else None
        waited: set[asyncio.Task[Any]] = {changed, *self._attempts}
        try:
            done, _ = await asyncio.wait(waited, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
        finally:
            changed.cancel()
        for attempt in [each for each in self._attempts if each in done]:
            candidate = self._attempts.pop(attempt)
            connection = None if attempt.cancelled() else attempt.result()
            if connection is not None:
                return candidate, connection
        return None

    async def _attempt(self, candidate: Candidate) -> socket.socket | None:
        try:
            async with asyncio.timeout(self._patience.connect):
                return await reach(candidate.host, candidate.port, self.name, self._network.allows)
        except (TimeoutError, HostUnreachable):
            return None


async def reach(host: str, port: int, name: str, allows: Callable[[str], bool]) -> socket.socket:
    """Return a connection to a stream at a host; HostUnreachable.

    What is connected to is what was looked at, whatever the name resolves to afterwards.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HostUnreachable(f"{host} has no address") from error
    addresses = [str(each[4][0]) for each in found if allows(str(each[4][0]))]
    for address in addresses[:-1]:
        try:
            return await socks5.connect(address, port, name)
        except HostUnreachable:
            continue
    if not addresses:
        raise HostUnreachable(f"{host} is no address that files may come from")
    return await socks5.connect(addresses[-1], port, name)


def _close(attempt: _Attempt) -> None:
    if attempt.cancelled():
        return
    connection = attempt.result()
    if connection is not None:
        connection.close()
