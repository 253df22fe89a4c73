"""The files of a profile that are on their way: begun, held up, ended, and told how far they are.

How they go is the business of features: each has a `Way` (ways.py). What happens to a transfer is
a row (`store/transfers.py`); here is what of it is alive. Whatever is killed when, the row says
what is to be done: what was queued or running goes on with the next stream.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.errors import (
    BackendError,
    NotAllowed,
    NotConnected,
    Paused,
    StorageError,
    UnknownTransfer,
)
from backendd.api.tasks import Tasks
from backendd.api.words import Direction, TransferMethod, TransferState
from backendd.core.hub import Hub
from backendd.core.transfers import OVER, WAITS, Facts, TransfersChanged
from backendd.session.handles import Handles
from backendd.session.moving import Moving
from backendd.session.ways import Move, SendingWay, Way
from backendd.store import transfers
from backendd.store.ledger import Ledger, ProfileStore
from backendd.store.view import View

log = logging.getLogger(__name__)

_INTERNAL = BackendError("it failed for an internal reason; see the log")


class Transfers:
    """Those of one profile; `failed` is called where something of them can't be stored."""

    def __init__(
        self,
        store: ProfileStore,
        tasks: Tasks,
        events: Hub,
        failed: Callable[[StorageError], Awaitable[None]],
    ) -> None:
        self._store = store
        self._tasks = tasks
        self._events = events
        self._failed = failed
        self._ways: dict[tuple[Direction, TransferMethod], Way] = {}
        self._outward: dict[TransferMethod, SendingWay] = {}
        self._moves: dict[int, Moving] = {}
        self._handles = Handles()
        self._waiting: set[int] = set()  # for a stream
        self._looking = asyncio.Lock()
        events.subscribe(TransfersChanged, self._on_changed)

    def receive(self, way: Way) -> None:
        """Have files come on this way, too."""
        self._ways["in", way.method] = way

    def send(self, way: SendingWay) -> None:
        """Have files go out on this way, too."""
        self._ways["out", way.method] = self._outward[way.method] = way

    def outward(self, method: TransferMethod) -> SendingWay | None:
        """Return how files go out by a method, None where they don't."""
        return self._outward.get(method)

    def live(self, transfer: records.Transfer) -> records.Transfer:
        """Return a transfer with how far it is just now."""
        moving = self._moves.get(transfer.id)
        return replace(transfer, done=moving.done) if moving and moving.done else transfer

    def give(self, id: int, handle: Descriptor | None) -> None:
        """Let this be the file of a transfer that has no path; None: it has one from now on."""
        self._handles.give(id, handle)

    def _on_changed(self, event: TransfersChanged) -> None:
        # How far one is is told of what it is now: what is told of an earlier one counts no more.
        for each in event.transfers:
            if each.id in self._moves:
                self._moves[each.id].update(each)
            # Whatever becomes of who has brought that about: it may be held up right then.
            if each.state in ("done", "cancelled"):
                self._handles.let_go(each.id)

    # -- what goes on by itself

    def connected(self) -> None:
        """Go on with what waits for a stream."""
        self._waiting.clear()
        self.look()

    def look(self) -> None:
        """Go on soon with what waits, as many as may go on at once."""
        self._tasks.start(self._look(), name="look for transfers")

    async def _look(self) -> None:
        async with self._looking:
            for (direction, method), way in self._ways.items():
                room = way.at_once - sum(each.way is way for each in self._moves.values())
                for id in await self._store.read(partial(_waiting, direction, method)):
                    if room > 0 and id not in self._moves and id not in self._waiting:
                        room -= 1
                        self._begin(id, way)
            for id in await self._store.read(transfers.surplus):
                with suppress(UnknownTransfer, NotAllowed):  # the user was quicker
                    await self.remove(id)

    def _begin(self, id: int, way: Way) -> None:
        moving = self._moves[id] = Moving(way, self._events)
        moving.task = self._tasks.start(self._go_on(id, moving), name=f"transfer {id}")

    async def _go_on(self, id: int, moving: Moving) -> None:
        try:
            await self._move(id, moving)
        except NotConnected:
            self._waiting.add(id)
            await self._store.write(partial(transfers.stop, id, "queued", moving.done, None))
        except Paused as error:
            await self._store.write(partial(transfers.stop, id, "paused", moving.done, error))
        except StorageError as error:
            await self._failed(error)
        except BackendError as error:
            await self._give_up(id, moving.way, error)
        except Exception:
            log.exception("a transfer failed")
            await self._give_up(id, moving.way, _INTERNAL)
        finally:
            moving.close()
            del self._moves[id]
        self.look()

    async def _move(self, id: int, moving: Moving) -> None:
        transfer = await self._store.write(lambda ledger: _take(ledger, id))
        if transfer is None:
            return
        self._handles.check(transfer)
        handle = self._handles.get(id)
        moving.transfer = transfer
        move = Move(transfer, handle, moving.tell, lambda: moving.is_paused)
        ending = await moving.way.move(move)

        def settle(ledger: Ledger) -> None:
            ending(ledger)
            transfers.learn(ledger, id, Facts(done=moving.done))
            transfers.move(ledger, id, "done")

        await self._store.write(settle)

    async def _give_up(
        self, id: int, way: Way, error: BackendError, state: TransferState = "failed"
    ) -> bool:
        done = self._moves[id].done if id in self._moves else 0

        def work(ledger: Ledger) -> bool:
            transfer = transfers.get(ledger, id)
            if transfer is None or not transfers.stop(id, state, done, error, ledger):
                return False
            way.gave_up(ledger, transfer, error)
            return True

        return await self._store.write(work)

    # -- what the user wants

    async def cancel(self, id: int, why: str = "you cancelled it") -> None:
        """Give a transfer and what came up; UnknownTransfer, NotAllowed where it is over."""
        transfer = await self.require(id)
        if transfer.state in OVER:
            raise NotAllowed(f"this transfer is over: {transfer.state}")
        await self.hold(id)
        if not await self._give_up(id, self._of(transfer), NotAllowed(why), "cancelled"):
            raise NotAllowed("this transfer was over before it could be cancelled")
        await self._of(transfer).forget(transfer)

    async def pause(self, id: int) -> None:
        """Hold a transfer up; UnknownTransfer, NotAllowed where it doesn't go on anyway."""
        transfer = await self.require(id)
        if transfer.state not in WAITS:
            raise NotAllowed(f"only what goes on can be paused, and this one is {transfer.state}")
        done = await self.hold(id, is_paused=True)
        await self._store.write(partial(transfers.stop, id, "paused", done, None))
        self.look()

    async def resume(self, id: int) -> None:
        """Go on with what was paused, has failed or was cancelled; UnknownTransfer, NotAllowed."""
        transfer = await self.require(id)
        if transfer.state not in ("paused", "failed", "cancelled"):
            raise NotAllowed(f"there is nothing to resume: this transfer is {transfer.state}")

        def work(ledger: Ledger) -> None:
            if transfers.move(ledger, id, "queued", unless=("done",)) and transfer.state in OVER:
                self._of(transfer).goes_on(ledger, transfer)
            self._handles.check(transfers.get(ledger, id) or transfer)

        await self._store.write(work)
        self._waiting.discard(id)
        self.look()

    async def remove(self, id: int) -> None:
        """Forget a transfer that is over; UnknownTransfer, NotAllowed where it isn't."""
        transfer = await self.require(id)
        if transfer.state not in OVER:
            raise NotAllowed("it isn't over yet: cancel it first")
        await self._of(transfer).forget(transfer)
        await self._store.write(lambda ledger: transfers.remove(ledger, id))
        self._handles.let_go(id)

    async def require(self, id: int) -> records.Transfer:
        """Return a transfer; UnknownTransfer."""
        transfer = await self._store.read(lambda view: transfers.get(view, id))
        if transfer is None:
            raise UnknownTransfer(f"there is no transfer {id}")
        return transfer

    def _of(self, transfer: records.Transfer) -> Way:
        return self._ways[transfer.direction, transfer.method]

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
        return moving.done


def _waiting(direction: Direction, method: TransferMethod, view: View) -> list[int]:
    return transfers.waiting(view, direction, method, sorted(WAITS))


def _take(ledger: Ledger, id: int) -> records.Transfer | None:
    """Have a transfer be running; None where nobody wants it any more."""
    if not transfers.move(ledger, id, "running", unless=(*OVER, "paused")):
        return None
    return transfers.get(ledger, id)
