"""What goes out: numbered when it is written, kept until the server has it (XEP-0198).

Nothing is taken while there is no connection. What was taken survives an abort: after a
resumption it is written again, in order, before anything new.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from backendd.api import sizes
from backendd.api.errors import NotConnected, TooLarge
from backendd.api.tasks import Tasks
from backendd.xmpp.binding import Binding
from backendd.xmpp.outgoing import Outgoing

if TYPE_CHECKING:  # slixmpp is loaded with the first connection, not before
    from backendd.xmpp.wire import Wire

Record = Callable[[str, int], Awaitable[None]]

# What servers take without announcing a limit (XEP-0478): one byte more, and they close.
MAX_BYTES = 256 * 1024
ASK_SOON_S = 0.25
ASK_AFTER = 50


class Sender:
    """The way out of one profile; `ask` makes the server say what it has."""

    def __init__(self, tasks: Tasks, ask: Callable[[], None]) -> None:
        self.max_bytes = MAX_BYTES
        self._tasks = tasks
        self._ask = ask
        self._wire: Wire | None = None
        self._outgoing = Outgoing()
        self._sm_id = ""
        self._batch = asyncio.Lock()
        self._progress = asyncio.Event()
        # While a batch has the next numbers, but isn't written yet, or shall be alone.
        self._holds = False
        self._held: deque[bytes] = deque()
        self._lone = 0
        self._asks_by_ping = False
        self._unasked = 0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def is_open(self) -> bool:
        """Whether something can be sent now."""
        return self._wire is not None

    @property
    def awaits_lone(self) -> bool:
        """Whether the server hasn't acknowledged what was sent alone."""
        return bool(self._lone) and self._outgoing.holds(self._lone)

    def attach(self, wire: "Wire", binding: Binding) -> None:
        """Go out through `wire` from now on; what the binding still holds goes first.

        Where it holds anything the caller has the server asked for it.
        """
        self._wire, self._sm_id, outgoing = wire, binding.sm_id, binding.outgoing
        self._asks_by_ping = not binding.managed
        if outgoing is not self._outgoing:
            self._outgoing = outgoing
            self._held.clear()
            self._lone = 0
        wire.write_all(outgoing)
        self._release()

    def detach(self) -> None:
        """Take nothing more until there is a connection again."""
        self._wire = None
        self._progress.set()
        self._cancel_timer()

    async def settle(self) -> None:
        """Return once no batch is between its record and its writing."""
        async with self._batch:
            return

    def send(self, data: bytes) -> None:
        """Send one stanza; `NotConnected` or `TooLarge` where that can't be."""
        if self._wire is None:
            raise NotConnected("there is no connection to the server")
        self._check(data)
        if self._holds:
            self._held.append(data)
            return
        self._put(data)

    def send_unnumbered(self, data: bytes) -> None:
        """Send what is no stanza, as XEP-0352 has it; `NotConnected` where that can't be."""
        if self._wire is None:
            raise NotConnected("there is no connection to the server")
        self._wire.write(data)

    async def send_batch(
        self, stanzas: Sequence[bytes], record: Record, *, alone: bool = False
    ) -> None:
        """Send stanzas in order once `record` has stored their numbers.

        `record` gets the stream and the first number; when it raises, nothing is sent. If the
        connection breaks meanwhile they count as in flight. `alone`: once all before them is
        acknowledged, and until they are nothing follows.
        """
        for data in stanzas:
            self._check(data)
        # To cancel the caller must not leave a number recorded that another stanza then gets.
        error = await asyncio.shield(
            self._tasks.start(self._send_batch(stanzas, record, alone=alone), name="send batch")
        )
        if error is not None:
            raise error

    async def flush(self, seconds: float) -> None:
        """Return when the server has everything, or after `seconds`."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        self.ask()
        try:
            async with asyncio.timeout_at(end):
                while self._wire is not None and len(self._outgoing):
                    self._progress.clear()
                    await self._progress.wait()
        except TimeoutError:
            return

    def progressed(self) -> None:
        """Take note that the server has acknowledged something."""
        self._progress.set()

    def ask_soon(self) -> None:
        """Ask in a moment, when what comes now is sent as well."""
        if self._timer is None and self._wire is not None and len(self._outgoing):
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(ASK_SOON_S, self.ask)

    def ask(self) -> None:
        """Make the server acknowledge what it has, if anything is open."""
        self._cancel_timer()
        self._unasked = 0
        if self._wire is not None and len(self._outgoing):
            self._ask()

    async def _send_batch(
        self, stanzas: Sequence[bytes], record: Record, *, alone: bool
    ) -> Exception | None:
        async with self._batch:
            wire = await self._free_wire(alone=alone)
            if wire is None:
                return NotConnected("there is no connection to the server")
            outgoing, first = self._outgoing, self._outgoing.next
            for data in stanzas:
                outgoing.add(data)
            self._holds = True
            try:
                await record(self._sm_id, first)
            except Exception as error:  # returned, and raised to whom it concerns
                outgoing.take_back(len(stanzas))
                self._release()
                return error
            if wire is self._wire:
                wire.write_all(stanzas)
            if alone:
                self._lone = first
                if self._asks_by_ping:
                    self._release()
                await self._acknowledged(wire)
            self._release()
        self.ask()
        return None

    async def _free_wire(self, *, alone: bool) -> "Wire | None":
        """Return the connection once it takes more; what shall be `alone` goes behind nothing.

        None where it is gone.
        """
        wire = self._wire
        if wire is None:
            return None
        await wire.writable.wait()
        if alone or self.awaits_lone:
            await self._acknowledged(wire)
        return wire if wire is self._wire else None

    async def _acknowledged(self, wire: "Wire") -> None:
        """Return once the server has all that went out, or the connection is another."""
        self.ask()
        while wire is self._wire and len(self._outgoing):
            self._progress.clear()
            await self._progress.wait()

    def _release(self) -> None:
        self._holds = False
        if self._wire is None:
            return
        while self._held:
            self._put(self._held.popleft())

    def _put(self, data: bytes) -> None:
        assert self._wire is not None
        self._outgoing.add(data)
        self._wire.write(data)
        self._unasked += 1
        if self._unasked >= ASK_AFTER:
            self.ask()
        else:
            self.ask_soon()

    def _check(self, data: bytes) -> None:
        if len(data) > self.max_bytes:
            most = sizes.shown(self.max_bytes)
            raise TooLarge(f"the server takes {most} at most, and this is more")

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
