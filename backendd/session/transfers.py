"""The files of a profile that are on their way: begun, held up, ended, and told how far they are.

How they go is the business of features: each has a `Way` (ways.py). What happens to a transfer is
a row (`store/transfers.py`); what of it is alive is its move (moves.py). Whatever is killed when,
the row says what is to be done.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.errors import NotAllowed, StorageError, UnknownTransfer
from backendd.api.tasks import Tasks
from backendd.api.words import TransferMethod
from backendd.core.hub import Hub
from backendd.core.transfers import OVER, WAITS, Owned, TransfersChanged, belongs_to
from backendd.files.copies import Copies
from backendd.files.sources import Source, Stamp
from backendd.session.handles import Handles
from backendd.session.moves import Moves
from backendd.session.ways import Move, SendingWay, Way, Ways
from backendd.store import transfers
from backendd.store.file_owners import NOBODY, FileOwner
from backendd.store.ledger import Ledger, ProfileStore


class Transfers:
    """Those of one profile; `failed` is called where something of them can't be stored."""

    def __init__(
        self,
        store: ProfileStore,
        tasks: Tasks,
        events: Hub,
        failed: Callable[[StorageError], Awaitable[None]],
        copies: Copies,
    ) -> None:
        self._store = store
        self._copies = copies
        self._tasks = tasks
        self._ways: Ways = {}
        self._outward: dict[TransferMethod, SendingWay] = {}
        self._owners: dict[Owned, FileOwner] = {}
        self._handles = Handles(copies)
        self._moves = Moves(store, tasks, events, self._ways, self._handles, failed, self.look)
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

    def own(self, what: Owned, owner: FileOwner) -> None:
        """Have `owner` told of the files that go out with this."""
        self._owners[what] = owner

    def owner(self, transfer: records.Transfer) -> FileOwner:
        """Return who is told what becomes of a file that goes out."""
        what = belongs_to(transfer)
        return self._owners.get(what, NOBODY) if what is not None else NOBODY

    async def source(self, move: Move) -> Source:
        """Return the file of one that goes out, open; FileError where it isn't what it was."""
        transfer = move.transfer
        if move.handle is not None:
            return await Source.of(move.handle, transfer.name)
        notes = await self._store.read(lambda view: transfers.notes(view, transfer.id))
        return await Source.at(transfer.path, known=Stamp.of(notes))

    def live(self, transfer: records.Transfer) -> records.Transfer:
        """Return a transfer as it stands just now."""
        return self._moves.live(transfer)

    def give(self, id: int, handle: Descriptor | None) -> None:
        """Let this be the file of a transfer that has no path; None: it has one from now on."""
        self._handles.give(id, handle)

    async def hand(self, id: int, handle: Descriptor) -> None:
        """Let this be the file of one that goes out; a small one is kept until it is there."""
        self.give(id, handle)
        await self._keep(id)

    def keep_soon(self, id: int) -> None:
        """Have what was given open for one that goes out be kept, where it is small."""
        self._tasks.start(self._keep(id), name="keep a file")

    async def _keep(self, id: int) -> None:
        stamp = await self._store.read(lambda view: Stamp.of(transfers.notes(view, id)))
        if (handle := self._handles.get(id)) is not None:
            await self._copies.keep(id, handle, stamp)

    def _on_changed(self, event: TransfersChanged) -> None:
        # Whatever becomes of who has brought that about: it may be held up right then.
        over = [each for each in event.transfers if each.state in ("done", "cancelled")]
        for each in over:
            self._handles.let_go(each.id)
        if any(not each.path and each.direction == "out" for each in over):
            self._tasks.start(self.tidy(), name="remove copies")

    async def tidy(self) -> None:
        """Remove the copies of what was given open and isn't to go out any more."""
        await self._copies.tidy(lambda: self._store.read(transfers.handed))

    # -- what goes on by itself

    def connected(self) -> None:
        """Go on with what waits for a stream."""
        self._moves.free()
        self._tasks.start(self.tidy(), name="remove copies")
        self.look()

    def look(self) -> None:
        """Go on soon with what waits, as many as may go on at once."""
        self._tasks.start(self._look(), name="look for transfers")

    async def _look(self) -> None:
        async with self._looking:
            await self._moves.begin()
            for id in await self._store.read(transfers.surplus):
                with suppress(UnknownTransfer, NotAllowed):  # the user was quicker
                    await self.remove(id)

    @asynccontextmanager
    async def held(self, id: int, *, is_paused: bool = False) -> AsyncIterator[int]:
        """Stop the moving of a transfer, and have it not begin again meanwhile.

        What becomes of it is stored there. Gives how far it was, 0 where nothing of it moved.
        """
        async with self._looking:
            yield await self._moves.hold(id, is_paused=is_paused)

    # -- what the user wants

    async def cancel(self, id: int, why: str = "you cancelled it") -> None:
        """Give a transfer and what came up; UnknownTransfer, NotAllowed where it is over."""
        transfer = await self.require(id)
        if transfer.state in OVER:
            raise NotAllowed(f"this transfer is over: {transfer.state}")
        way = self._of(transfer)
        async with self.held(id):
            if not await self._moves.give_up(id, way, NotAllowed(why), "cancelled"):
                raise NotAllowed("this transfer was over before it could be cancelled")
        await way.forget(transfer)
        self.look()

    async def pause(self, id: int) -> None:
        """Hold a transfer up; UnknownTransfer, NotAllowed where it doesn't go on anyway."""
        transfer = await self.require(id)
        if transfer.state not in WAITS:
            raise NotAllowed(f"only what goes on can be paused, and this one is {transfer.state}")
        async with self.held(id, is_paused=True) as done:
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
        self._moves.free([id])
        self.look()

    async def remove(self, id: int) -> None:
        """Forget a transfer that is over; UnknownTransfer, NotAllowed where it isn't."""
        transfer = await self.require(id)
        if transfer.state not in OVER:
            raise NotAllowed("it isn't over yet: cancel it first")
        await self._of(transfer).forget(transfer)
        await self._store.write(lambda ledger: transfers.remove(ledger, id))
        self._handles.let_go(id)
        await self.tidy()

    async def require(self, id: int) -> records.Transfer:
        """Return a transfer; UnknownTransfer."""
        transfer = await self._store.read(lambda view: transfers.get(view, id))
        if transfer is None:
            raise UnknownTransfer(f"there is no transfer {id}")
        return transfer

    def _of(self, transfer: records.Transfer) -> Way:
        return self._ways[transfer.direction, transfer.method]
