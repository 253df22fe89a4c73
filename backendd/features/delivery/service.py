"""The sender of one profile: drains the outbox while there is a stream, in order in each lane."""

import asyncio
import logging
from collections.abc import Sequence

from backendd.api.errors import BackendError, NotConnected, StorageError
from backendd.core.messages import OutboxFilled
from backendd.features.delivery import refusing
from backendd.features.delivery.deadline import Deadline
from backendd.features.delivery.preparing import Prepared, Preparing
from backendd.features.delivery.refusing import INTERNAL, Limit
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store import doubts, failures, flight, outbox
from backendd.store.ledger import Ledger

log = logging.getLogger(__name__)

BATCH = 100


class _Discarded(Exception):
    """What was to be sent is no longer in the outbox, or is something else by now."""


class _Unfit(Exception):
    """What a stage wants stored with a stanza can't be stored."""

    def __init__(self, prepared: Prepared) -> None:
        super().__init__()
        self.prepared = prepared


class Delivery(Part):
    """Sends what is fresh and prepared.

    What the server may have closed the stream over goes out alone, when nothing else is ready.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._limit = Limit(home)
        self._woken = asyncio.Event()
        self._is_filled = False
        self._preparing = Preparing(home, self._woken.set, self._fill)
        self._deadline = Deadline(home)
        self._running: list[asyncio.Task[None]] = []
        home.events.subscribe(OutboxFilled, self._on_filled)

    async def set_up(self, *, resumed: bool) -> None:
        home = self._home
        await home.store.write(doubts.send_again_blindly)
        if not self._running and home.stream.is_online:
            self._fill()
            self._running = [
                home.tasks.start(self._drain(), name="drain the outbox"),
                home.do_soon(self._deadline.watch(), name="watch what is accepted"),
            ]

    def offline(self) -> None:
        for task in self._running:
            task.cancel()
        self._running.clear()
        self._preparing.stop()

    def _on_filled(self, event: OutboxFilled) -> None:
        self._fill()

    def _fill(self) -> None:
        self._is_filled = True
        self._woken.set()

    async def _drain(self) -> None:
        home = self._home
        try:
            while True:
                await self._woken.wait()
                self._woken.clear()
                while self._preparing.ready:
                    await self._write(self._next_batch())
                if self._is_filled:
                    await self._take()
        except NotConnected:
            return  # the next stream has a sender of its own
        except StorageError as error:
            await home.storage_failed(error)
        except Exception:
            # Nobody else would send what waits here.
            log.exception("%s: the outbox can't be sent", home.profile.name)
            await home.stream.drop(BackendError("what waits can't be sent; see the log"))

    async def _take(self) -> None:
        self._is_filled = False
        await self._preparing.end_pauses()
        busy = self._preparing.look()
        rows = await self._home.store.read(lambda view: outbox.fresh(view, BATCH, busy=busy))
        self._preparing.take(rows)
        if len(rows) == BATCH:
            self._fill()

    def _next_batch(self) -> Sequence[Prepared]:
        """Return what is sent together: as much as goes of what isn't suspected, else one."""
        ready = self._preparing.ready
        innocent = [each for each in ready if not each.row.suspicion]
        batch = innocent[:BATCH] or ready[:1]
        taken = set(batch)
        self._preparing.ready = [each for each in ready if each not in taken]
        return batch

    async def _write(self, batch: Sequence[Prepared]) -> None:
        refused = {
            each: error
            for each in batch
            if (error := self._limit.refuses(each.row, each.written)) is not None
        }
        rest = [each for each in batch if each not in refused]
        try:
            if refused:
                await self._refuse(refused)
            if rest:
                await self._send(rest)
        finally:
            # Where the stream ends over it, nothing is composed before it is committed or not.
            for each in batch:
                each.composition.closed.set()

    async def _refuse(self, refused: dict[Prepared, BackendError]) -> None:
        rows = {each.row: error for each, error in refused.items()}
        await self._home.store.write(lambda ledger: refusing.refuse(ledger, rows))
        self._preparing.close(refused)

    async def _send(self, batch: Sequence[Prepared]) -> None:
        home = self._home

        async def record(sm_id: str, first: int) -> None:
            await home.store.write(lambda ledger: self._commit(ledger, batch, sm_id, first))

        data = [each.written for each in batch]
        alone = bool(batch[0].row.suspicion)
        try:
            await home.stream.send_batch(data, record, alone=alone)
        except _Discarded:
            self._preparing.give_up(batch)
        except _Unfit as error:
            log.exception("what a stanza needs can't be stored")
            row = error.prepared.row
            await home.store.write(lambda ledger: refusing.fail(ledger, row, INTERNAL))
            self._preparing.give_up(batch)
        else:
            self._preparing.close(batch)

    def _commit(self, ledger: Ledger, batch: Sequence[Prepared], sm_id: str, first: int) -> None:
        stanzas = {each.row.id: each.stanza for each in batch}
        is_current = flight.are_unchanged(ledger, [each.row for each in batch])
        if not is_current or not flight.begin(ledger, stanzas, sm_id, first, self._home.own):
            raise _Discarded
        for each in batch:
            try:
                for work in each.composition.works:
                    work(ledger)
            except Exception as error:
                if failures.is_of_database(error):
                    raise
                raise _Unfit(each) from error
