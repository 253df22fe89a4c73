"""The sender of one profile: drains the outbox in order while there is a stream."""

import asyncio
import logging
from collections.abc import Sequence

from backendd.api.errors import BackendError, NotConnected, StorageError
from backendd.core import xml
from backendd.core.encoding import decode, encode
from backendd.core.messages import OutboxFilled
from backendd.features.delivery import refusing
from backendd.features.delivery.refusing import Limit
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store import doubts, outbox
from backendd.store.outbox import Out

log = logging.getLogger(__name__)

BATCH = 100


class _Discarded(Exception):
    """What was to be sent is no longer in the outbox."""


class Delivery(Part):
    """Writes fresh rows.

    Messages that are uncertain first wait for what the archive knows of them, and those of the
    same conversation with them. What the server may have closed the stream over goes out alone.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._limit = Limit(home)
        self._filled = asyncio.Event()
        self._sender: asyncio.Task[None] | None = None
        home.events.subscribe(OutboxFilled, self._on_filled)

    async def online(self, *, resumed: bool) -> None:
        home = self._home
        await home.store.write(doubts.send_again_blindly)
        if self._sender is None and home.stream.is_online:
            self._filled.set()
            self._sender = home.tasks.start(self._drain(), name="drain the outbox")

    def offline(self) -> None:
        if self._sender is not None:
            self._sender.cancel()
            self._sender = None

    def _on_filled(self, event: OutboxFilled) -> None:
        self._filled.set()

    async def _drain(self) -> None:
        home = self._home
        while True:
            await self._filled.wait()
            self._filled.clear()
            try:
                while rows := await home.store.read(lambda view: outbox.fresh(view, BATCH)):
                    await self._write(rows)
            except NotConnected:
                return  # the next stream has a sender of its own
            except StorageError as error:
                await home.storage_failed(error)
                return
            except Exception:
                # Nobody else would send what waits here.
                log.exception("%s: the outbox can't be sent", home.profile.name)
                await home.stream.drop(BackendError("what waits can't be sent; see the log"))
                return

    async def _write(self, rows: Sequence[Out]) -> None:
        refused = {row: error for row in rows if (error := self._limit.refuses(row, _written(row)))}
        if refused:
            await self._home.store.write(lambda ledger: refusing.refuse(ledger, refused))
            return
        innocent = [row for row in rows if not row.suspicion]
        await self._send(innocent or rows[:1], alone=not innocent)

    async def _send(self, rows: Sequence[Out], *, alone: bool) -> None:
        home, stanzas = self._home, {row.id: row.stanza for row in rows}

        async def record(sm_id: str, first: int) -> None:
            if not await home.store.write(
                lambda ledger: outbox.put_in_flight(ledger, stanzas, sm_id, first, home.own)
            ):
                raise _Discarded

        try:
            await home.stream.send_batch([_written(row) for row in rows], record, alone=alone)
        except _Discarded:
            return


def _written(row: Out) -> bytes:
    if not row.tries:
        return row.stanza.encode()
    stanza = decode(row.stanza)
    xml.note_delay(stanza, row.time)
    return encode(stanza)
