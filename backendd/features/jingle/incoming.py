"""Files that were offered and taken, as they come."""

from functools import partial

from backendd.api import records
from backendd.api.errors import BackendError, HostUnreachable, NotAllowed, NotConnected
from backendd.api.words import TransferMethod
from backendd.core.transfers import Facts
from backendd.features.jingle.offers import GONE, Offers
from backendd.features.jingle.outgoing import AT_ONCE, METHODS, begin
from backendd.files import hashing
from backendd.files.targets import Received, Target
from backendd.jingle.ports import Hashes
from backendd.jingle.sending import Told
from backendd.session.home import Home
from backendd.session.ways import Ending, Move
from backendd.store import transfers
from backendd.store.ledger import Ledger


class Incoming:
    """The way of files that were offered and taken."""

    at_once = AT_ONCE

    def __init__(self, home: Home, method: TransferMethod, offers: Offers) -> None:
        self.method = method
        self._home = home
        self._offers = offers
        home.transfers.receive(self)

    async def move(self, move: Move) -> Ending:
        """Receive a file; what came of one that fails is dropped, for nobody goes on with it."""
        offer, target = self._offers.begun(move.transfer)
        kept = _Kept(target)
        told = Told(partial(self._begun, move.transfer.id), move.tell)
        async with target:
            try:
                await offer.accept(kept, told)
            except NotConnected as error:
                await target.abandon()
                raise HostUnreachable(GONE.format(who=move.transfer.peer)) from error
            except BaseException:
                await target.abandon()
                raise
        return partial(_arrived, move.transfer.id, kept.received)

    def _begun(self, id: int, way: str) -> None:
        self._home.write_soon(partial(begin, id, METHODS[way]), name="transfer begins")

    def gave_up(self, ledger: Ledger, transfer: records.Transfer, error: BackendError) -> None:
        """Tell the other side, once it is stored."""
        ledger.after_commit(lambda: self._offers.decline(transfer.id))

    def goes_on(self, ledger: Ledger, transfer: records.Transfer) -> None:
        """Raise that it can't be gone on with: it is the other side's to offer it."""
        raise NotAllowed(GONE.format(who=transfer.peer))

    async def forget(self, transfer: records.Transfer) -> None:
        """Leave nothing: nothing was kept."""


class _Kept:
    """Where a file goes, which remembers what became of it."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self.received: Received | None = None

    async def write(self, data: bytes) -> None:
        await self._target.write(data)

    async def finish(self, hashes: Hashes) -> None:
        self.received = await self._target.finish(hashes)


def _arrived(id: int, received: Received | None, ledger: Ledger) -> None:
    assert received is not None
    facts = Facts(path=received.path, size=received.size, hash=hashing.shown(received.hashes))
    transfers.learn(ledger, id, facts)
