"""The sender of one profile: drains the outbox in order while there is a stream."""

import asyncio
import logging
from collections.abc import Sequence

from backendd.api.errors import NotConnected
from backendd.core import xml
from backendd.core.messages import CaughtUp, OutboxFilled
from backendd.session.part import Part
from backendd.session.session import Session
from backendd.store import outbox
from backendd.store.outbox import Out

log = logging.getLogger(__name__)

BATCH = 100


class Delivery(Part):
    """Writes fresh rows; uncertain ones first wait for what the archive knows of them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._filled = asyncio.Event()
        self._sender: asyncio.Task[None] | None = None
        session.hub.subscribe(OutboxFilled, self._on_filled)
        session.hub.subscribe(CaughtUp, self._on_caught_up)

    async def online(self, *, resumed: bool) -> None:
        session = self._session
        sm_id = session.sm_id
        uncertain = await session.store.read(
            lambda db: outbox.oldest_uncertain(db, session.profile.id, sm_id)
        )
        # What comes after an uncertain message must not overtake it.
        if uncertain is None:
            await self._release()

    def offline(self) -> None:
        if self._sender is not None:
            self._sender.cancel()
            self._sender = None

    async def _release(self) -> None:
        sm_id = self._session.sm_id
        await self._session.store.write(lambda ledger: outbox.release_uncertain(ledger, sm_id))
        if self._sender is None and self._session.is_online:
            self._filled.set()
            self._sender = self._session.tasks.start(self._drain(), name="drain the outbox")

    def _on_filled(self, event: OutboxFilled) -> None:
        if event.profile_id == self._session.profile.id:
            self._filled.set()

    def _on_caught_up(self, event: CaughtUp) -> None:
        if event.profile_id == self._session.profile.id:
            self._session.tasks.start(self._release(), name="send again what the archive lacks")

    async def _drain(self) -> None:
        session = self._session
        while True:
            await self._filled.wait()
            self._filled.clear()
            while rows := await session.store.read(
                lambda db: outbox.fresh(db, session.profile.id, BATCH)
            ):
                try:
                    await self._write(rows)
                except NotConnected:
                    return  # the next stream has a sender of its own

    async def _write(self, rows: Sequence[Out]) -> None:
        session = self._session
        ids = [row.id for row in rows]

        async def record(sm_id: str, first: int) -> None:
            await session.store.write(
                lambda ledger: outbox.put_in_flight(ledger, ids, sm_id, first, session.own)
            )

        await session.send_batch([_written(row) for row in rows], record)


def _written(row: Out) -> bytes:
    stanza = xml.delayed(row.stanza, row.time) if row.tries else row.stanza
    return stanza.encode()
