"""The transfers of a profile that go on just now: begun, as many as may, and moved to their ends.

What was queued or running when the backend ended goes on with the next stream; so does what is held
up because there is none.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial

from backendd.api import records
from backendd.api.errors import BackendError, NotConnected, Paused, StorageError
from backendd.api.tasks import Tasks
from backendd.api.words import Direction, TransferMethod, TransferState
from backendd.core.hub import Hub
from backendd.core.transfers import OVER, WAITS, Facts, TransfersChanged
from backendd.files.sources import Stamp
from backendd.session.handles import Handles
from backendd.session.moving import Moving
from backendd.session.ways import Move, Way, Ways
from backendd.store import transfers
from backendd.store.ledger import Ledger, ProfileStore
from backendd.store.view import View

log = logging.getLogger(__name__)

_PAUSING = 10
"""So many times as many as may move at once are begun, where those pause."""

_INTERNAL = BackendError("it failed for an internal reason; see the log")


class Moves:
    """Those of one profile; `failed` is called where something of them can't be stored.

    `left` is called when one goes on no further, whatever has become of it, or for a while: there
    is room then.
    """

    def __init__(
        self,
        store: ProfileStore,
        tasks: Tasks,
        events: Hub,
        ways: Ways,
        handles: Handles,
        failed: Callable[[StorageError], Awaitable[None]],
        left: Callable[[], None],
    ) -> None:
        self._store = store
        self._tasks = tasks
        self._events = events
        self._ways = ways
        self._handles = handles
        self._failed = failed
        self._left = left
        self._moves: dict[int, Moving] = {}
        self._room = asyncio.Event()  # set, and another one then, when there may be some
        self._waiting: set[int] = set()  # for a stream
        self._streams = 0  # how many there were
        events.subscribe(TransfersChanged, self._on_changed)

    def live(self, transfer: records.Transfer) -> records.Transfer:
        """Return a transfer as it stands just now, if it runs."""
        moving = self._moves.get(transfer.id)
        return moving.live(transfer) if moving and transfer.state == "running" else transfer

    def _on_changed(self, event: TransfersChanged) -> None:
        # How far one is is told of what it is now: what is told of an earlier one counts no more.
        for each in event.transfers:
            if each.id in self._moves:
                self._moves[each.id].update(each)

    def free(self, ids: Iterable[int] | None = None) -> None:
        """Have these, or with a new stream all, wait for none any more."""
        self._streams += ids is None
        self._waiting.difference_update(self._waiting if ids is None else ids)

    async def begin(self) -> None:
        """Go on with what waits, as many as may go on at once; what has paused is the first."""
        self._room.set()
        self._room = asyncio.Event()
        for (direction, method), way in self._ways.items():
            wanted = await self._store.read(partial(_wanted, direction, method))
            room = self._room_for(way)
            for id in wanted:
                if room > 0 and id not in self._moves and id not in self._waiting:
                    room -= 1
                    self._begin(id, way)

    def _room_for(self, way: Way) -> int:
        """Return how many may begin on a way: of those that pause files are open as well."""
        going = sum(each.way is way and not each.is_aside for each in self._moves.values())
        return min(way.at_once - self._moving(way), way.at_once * _PAUSING - going)

    def _moving(self, way: Way) -> int:
        return sum(each.way is way and each.moves for each in self._moves.values())

    def _step_aside(self, moving: Moving) -> None:
        moving.is_aside = True
        self._left()

    @asynccontextmanager
    async def _pausing(self, moving: Moving) -> AsyncIterator[None]:
        moving.pauses = True
        self._left()
        yield
        while self._moving(moving.way) >= moving.way.at_once:
            await self._room.wait()
        moving.pauses = False

    def _begin(self, id: int, way: Way) -> None:
        moving = self._moves[id] = Moving(way, self._events)
        moving.task = self._tasks.start(self._go_on(id, moving), name=f"transfer {id}")

    async def _go_on(self, id: int, moving: Moving) -> None:
        streams = self._streams
        try:
            await self._move(id, moving)
        except NotConnected:
            if streams == self._streams:  # else there is one by now
                self._waiting.add(id)
            await self._store.write(partial(transfers.stop, id, "queued", moving.done, None))
        except Paused as error:
            await self._store.write(partial(transfers.stop, id, "paused", moving.done, error))
        except StorageError as error:
            await self._failed(error)
        except BackendError as error:
            await self.give_up(id, moving.way, error)
        except Exception:
            log.exception("a transfer failed")
            await self.give_up(id, moving.way, _INTERNAL)
        finally:
            del self._moves[id]
        self._left()

    async def _move(self, id: int, moving: Moving) -> None:
        transfer = await self._store.write(lambda ledger: _take(ledger, id))
        if transfer is None:
            return
        stamp = await self._store.read(lambda view: Stamp.of(transfers.notes(view, id)))
        await self._handles.recall(transfer, stamp)
        handle = self._handles.get(id)
        moving.update(transfer)
        move = Move(
            transfer, handle, moving.tell, moving.check, lambda: moving.is_paused,
            partial(self._step_aside, moving), partial(self._pausing, moving),
        )  # fmt: skip
        try:
            ending = await moving.way.move(move)
        finally:
            moving.close()

        def settle(ledger: Ledger) -> None:
            ending(ledger)
            transfers.learn(ledger, id, Facts(done=moving.done))
            transfers.move(ledger, id, "done")

        await self._store.write(settle)

    async def hold(self, id: int, *, is_paused: bool = False) -> int:
        """Stop the moving of a transfer; return how far it was, 0 where nothing of it moved.

        What becomes of it is for the caller to store.
        """
        moving = self._moves.get(id)
        if moving is None or moving.task is None:
            return 0
        moving.is_paused = is_paused
        moving.task.cancel()
        await asyncio.wait([moving.task])
        if self._moves.get(id) is moving:  # it was held before it came to run
            del self._moves[id]
        return moving.done

    async def give_up(
        self, id: int, way: Way, error: BackendError, state: TransferState = "failed"
    ) -> bool:
        """Store that a transfer has ended so, and what follows; False where it was over before."""
        done = self._moves[id].done if id in self._moves else 0

        def work(ledger: Ledger) -> bool:
            transfer = transfers.get(ledger, id)
            if transfer is None or not transfers.stop(id, state, done, error, ledger):
                return False
            way.gave_up(ledger, transfer, error)
            return True

        return await self._store.write(work)


def _wanted(direction: Direction, method: TransferMethod, view: View) -> list[int]:
    return transfers.waiting(view, direction, method, sorted(WAITS))


def _take(ledger: Ledger, id: int) -> records.Transfer | None:
    """Have a transfer be running; None where nobody wants it any more."""
    if not transfers.move(ledger, id, "running", unless=(*OVER, "paused")):
        return None
    return transfers.get(ledger, id)
