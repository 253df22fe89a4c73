"""What waits is composed, a task a lane: what takes long in one holds up no other.

What a stage raises that passes leaves the row as it is: its lane pauses, and is taken anew.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from backendd.api.errors import BackendError, NotConnected, StorageError
from backendd.core import xml
from backendd.core.encoding import encode
from backendd.core.passing import passes
from backendd.features.delivery import refusing
from backendd.features.delivery.pauses import Pauses
from backendd.features.delivery.refusing import INTERNAL
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.store.outbox import Out

log = logging.getLogger(__name__)


class _Later(Exception):
    """A row can't be sent for now, nor what is behind it in its lane."""

    def __init__(self, row: Out) -> None:
        super().__init__()
        self.row = row


@dataclass(frozen=True, eq=False, slots=True)
class Prepared:
    """A row that can be sent: as it stays from now on, and as it is written this time."""

    row: Out
    composition: Composition
    stanza: str
    written: bytes


class Preparing:
    """Composes the rows it takes; `woken` is called when some of them are `ready`.

    A lane is busy from when its rows are taken until all of them are sent, or given up. `freed` is
    called when more may be taken then.
    """

    def __init__(self, home: Home, woken: Callable[[], None], freed: Callable[[], None]) -> None:
        self.ready: list[Prepared] = []
        self._home = home
        self._woken = woken
        self._freed = freed
        self._passed_by = False  # lanes that were busy when there was a look for more
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._open: Counter[str] = Counter()  # rows, by their lane
        self._pauses = Pauses(home.missing.patience)

    async def end_pauses(self) -> None:
        """Have those lanes go on whose pause is for something that is there no more."""
        if self._pauses:
            for lane in await self._home.store.read(self._pauses.ended):
                if lane in self._tasks:
                    self._tasks[lane].cancel()
                    self._release(lane)

    def look(self) -> Collection[str]:
        """Return the lanes that are busy; when one is freed there may be more to take."""
        self._passed_by = bool(self._open)
        return frozenset(self._open)

    def take(self, rows: Iterable[Out]) -> None:
        """Prepare `rows`: what was found in those lanes that aren't busy."""
        waiting: dict[str, list[Out]] = {}
        for row in rows:
            waiting.setdefault(row.lane, []).append(row)
        for lane, those in waiting.items():
            self._open[lane] = len(those)
            work = self._prepare(lane, those)
            self._tasks[lane] = self._home.tasks.start(work, name=f"prepare {lane}")

    def close(self, prepared: Iterable[Prepared]) -> None:
        """Take note that these are sent, or refused."""
        for each in prepared:
            self._close(each.row.lane)

    def give_up(self, prepared: Iterable[Prepared]) -> None:
        """Void these, and all that is prepared in their lanes: they are taken anew."""
        lanes = {each.row.lane for each in prepared}
        void = [each for each in self.ready if each.row.lane in lanes]
        self.ready = [each for each in self.ready if each.row.lane not in lanes]
        for lane in lanes:
            self._tasks.pop(lane).cancel()
            del self._open[lane]
        for each in void:
            each.composition.closed.set()
        self._freed()

    def stop(self) -> None:
        """Void all there is."""
        for task in self._tasks.values():
            task.cancel()
        for each in self.ready:
            each.composition.closed.set()
        self._tasks.clear()
        self._open.clear()
        self.ready.clear()
        self._pauses.forget()

    def _close(self, lane: str) -> None:
        self._open[lane] -= 1
        if not self._open[lane]:
            del self._open[lane], self._tasks[lane]
            if self._passed_by:
                self._freed()

    def _release(self, lane: str) -> None:
        """Have what waits in a lane be taken anew, of which nothing is prepared."""
        self._pauses.end(lane)
        del self._open[lane], self._tasks[lane]
        self._freed()

    async def _prepare(self, lane: str, rows: Sequence[Out]) -> None:
        last: Composition | None = None
        try:
            for row in rows:
                if row.suspicion and last is not None:
                    await last.closed.wait()
                last = await self._prepare_one(row) or last
                self._pauses.passed(lane)
        except _Later as later:
            if last is not None:
                await last.closed.wait()  # and so are those before it
            await self._pauses.wait(later.row)
            self._release(lane)
        except NotConnected:
            return  # the lane stays as it is until there is another stream
        except StorageError as error:
            await self._home.storage_failed(error)

    async def _prepare_one(self, row: Out) -> Composition | None:
        """Return what is ready, None where it has failed; _Later."""
        try:
            prepared = await self._compose(row)
        except (NotConnected, StorageError):
            raise
        except BackendError as error:
            if passes(error):
                log.info("%s: something is not sent yet: %s", self._home.profile.name, error)
                raise _Later(row) from error
            await self._refuse(row, error)
            return None
        except Exception:
            log.exception("a stanza can't be composed")
            await self._refuse(row, INTERNAL)
            return None
        self.ready.append(prepared)
        self._woken()
        if prepared.composition.works or row.suspicion:
            # What it stores is what the next one is composed with; what is suspected goes alone.
            await prepared.composition.closed.wait()
        return prepared.composition

    async def _compose(self, row: Out) -> Prepared:
        composition = await self._home.outbound.compose(row)
        try:
            return _prepared(row, composition)
        except BaseException:
            composition.closed.set()
            raise

    async def _refuse(self, row: Out, error: BackendError) -> None:
        await self._home.store.write(lambda ledger: refusing.fail(ledger, row, error))
        self._close(row.lane)


def _prepared(row: Out, composition: Composition) -> Prepared:
    stanza = composition.stanza
    stays = row.stanza if row.is_composed else encode(stanza).decode()
    if row.tries and stanza.tag == xml.MESSAGE:
        xml.note_delay(stanza, row.time)
        return Prepared(row, composition, stays, encode(stanza))
    return Prepared(row, composition, stays, stays.encode())
