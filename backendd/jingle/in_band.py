"""The two ends of an in-band bytestream (XEP-0047) within a session (XEP-0261)."""

import asyncio
import logging
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, HostUnreachable, NotConnected, Timeout
from backendd.jingle import blocks
from backendd.jingle.blocks import InBand
from backendd.jingle.ports import Means, Patience
from backendd.jingle.refusals import Refused
from backendd.jingle.window import Window

log = logging.getLogger(__name__)

# What has come and isn't taken yet: blocks beyond it are answered when there is room.
_ROOM = 1 << 20
_MOST_WAITING = 32


class Outgoing:
    """The end that sends: several blocks are under way at once, in order."""

    def __init__(self, stream: InBand, peer: str, means: Means) -> None:
        self._stream = stream
        self._peer = peer
        self._means = means
        self._window = Window()
        self._number = 0
        self._under_way: set[asyncio.Task[None]] = set()
        self._failure: BackendError | None = None

    async def open(self) -> None:
        """Return when the other side takes blocks."""
        await self._ask(blocks.encode_open(self._stream), self._means.patience.negotiate)

    async def send(self, data: bytes) -> None:
        """Return when there is room for more."""
        size = self._stream.block_size
        for start in range(0, len(data), size):
            await self._window.enter()
            self._check()
            block = blocks.encode_data(self._stream, self._number, data[start : start + size])
            self._number += 1
            task = self._means.tasks.start(self._send(block), name="in-band block")
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def finish(self) -> None:
        """Return when the other side has it all."""
        await self._window.drain()
        self._check()
        try:
            await self._ask(blocks.encode_close(self._stream), self._means.patience.negotiate)
        except BackendError as error:
            log.debug("the end of an in-band stream isn't heard: %s", error)

    def close(self) -> None:
        """Let go of what is under way."""
        for task in self._under_way:
            task.cancel()

    async def _send(self, block: Element) -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            await self._ask(block, self._means.patience.stall)
        except BackendError as error:
            self._failure = self._failure or error
        finally:
            await self._window.leave(loop.time() - begun)

    def _check(self) -> None:
        if isinstance(self._failure, NotConnected):
            raise self._failure
        if self._failure is not None:
            raise HostUnreachable(f"the file goes no further: {self._failure}")

    async def _ask(self, payload: Element, timeout: float) -> None:
        await self._means.line.request("set", self._peer, payload, timeout=timeout)


class Incoming:
    """The end that receives: it is opened, filled and closed from outside."""

    def __init__(self, stream: InBand, patience: Patience) -> None:
        self.stream = stream
        self._patience = patience
        self._number = 0
        self._blocks: list[bytes] = []
        self._held = self._waiting = 0
        self.is_closed = False
        """Whether no more blocks are taken."""
        self._opened, self._arrived, self._has_room = (asyncio.Event() for _ in range(3))
        self._has_room.set()

    # -- what the other side does

    def open(self, stream: InBand) -> None:
        """Take blocks from now on, of at most the size that was agreed on; Refused."""
        if self._opened.is_set():
            raise Refused("unexpected-request")
        if stream.block_size > self.stream.block_size:
            raise Refused("resource-constraint")
        self.stream = stream
        self._opened.set()

    async def fill(self, data: Element) -> None:
        """Take a block, and return when there is room for more; Refused."""
        if self._waiting >= _MOST_WAITING:
            self.close()
            raise Refused("resource-constraint")
        self._put(data)
        self._waiting += 1
        try:
            await self._has_room.wait()
        finally:
            self._waiting -= 1

    def put(self, data: Element) -> None:
        """Take a block that comes in a message, to which nothing is answered; Refused."""
        if self._held >= _ROOM:
            self.close()
            raise Refused("resource-constraint")
        self._put(data)

    def _put(self, data: Element) -> None:
        if not self._opened.is_set() or self.is_closed:
            raise Refused("item-not-found")
        block = blocks.decode_data(data, self.stream, self._number)
        self._number += 1
        if block:
            self._blocks.append(block)
            self._held += len(block)
            self._arrived.set()
        if self._held >= _ROOM:
            self._has_room.clear()

    # -- what comes of it

    async def wait_open(self) -> None:
        """Return when the other side has opened it; HostUnreachable."""
        try:
            async with asyncio.timeout(self._patience.negotiate):
                await self._opened.wait()
        except TimeoutError as error:
            raise HostUnreachable("the other side doesn't begin to send") from error

    async def receive(self) -> bytes:
        """Return the next bytes; none when the other side has ended."""
        try:
            async with asyncio.timeout(self._patience.stall):
                await self._arrived.wait()
        except TimeoutError as error:
            raise Timeout("nothing of the file comes any more") from error
        data = b"".join(self._blocks)
        self._blocks.clear()
        self._held = 0
        if not self.is_closed:
            self._arrived.clear()
        self._has_room.set()
        return data

    def close(self) -> None:
        """Take no more blocks."""
        self.is_closed = True
        self._arrived.set()
        self._has_room.set()
