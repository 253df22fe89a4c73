"""Files that contacts offer: kept as transfers that wait for an answer, and received then."""

import logging
from dataclasses import dataclass
from functools import partial

from backendd import directories
from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.errors import BackendError, HostUnreachable, NotAllowed, NotConnected
from backendd.api.words import TransferMethod
from backendd.core import clock, jid
from backendd.core.transfers import Facts, NewTransfer
from backendd.features.jingle.outgoing import AT_ONCE, METHODS, begin
from backendd.files import hashing, names, parts
from backendd.files.directory_targets import DirectoryTarget
from backendd.files.handed_targets import open_handed
from backendd.files.hashing import DEFAULT, counting
from backendd.files.targets import Bounds, Received, Target
from backendd.jingle.ports import Hashes
from backendd.jingle.receiving import Offer
from backendd.jingle.sending import Told
from backendd.session.home import Home
from backendd.session.ways import Ending, Move
from backendd.store import transfers
from backendd.store.ledger import Ledger

log = logging.getLogger(__name__)

_GONE = "it is no longer offered: ask {who} to send it once more"


@dataclass(slots=True)
class _Live:
    """An offer that stands, and where it goes once the user has taken it."""

    offer: Offer
    target: Target | None = None


class Offers:
    """The offers of one profile that stand, by the transfers they are."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._live: dict[int, _Live] = {}

    # -- they come and go

    def take(self, offer: Offer) -> None:
        """Have an offer wait for the user's answer."""
        self._home.do_soon(self._keep(offer), name="file offered")

    async def _keep(self, offer: Offer) -> None:
        try:
            id = await self._home.store.write(lambda ledger: _store(ledger, offer))
        except BaseException:
            offer.decline()
            raise
        self._live[id] = _Live(offer)
        error = await offer.withdrawn()
        if error is not None and id in self._live and self._live[id].target is None:
            del self._live[id]
            await self._home.store.write(
                lambda ledger: transfers.move(
                    ledger, id, "failed", error=error, unless=("queued", "running", "cancelled")
                )
            )

    def stands(self, id: int) -> bool:
        """Return whether something is still offered."""
        return id in self._live

    def decline(self, id: int) -> None:
        """Tell the other side that nobody wants it, if it still stands."""
        live = self._live.pop(id, None)
        if live is None:
            return
        live.offer.decline()
        if live.target is not None:
            self._home.do_soon(_drop(live.target), name="drop file")

    # -- they are taken

    async def accept(self, id: int, directory: str) -> None:
        """Take a file into a directory, that of downloads without one."""
        live = await self._require(id)
        configured = self._home.config.files.download_dir
        where = directory or str(directories.downloads(configured))
        file = live.offer.file
        target = await DirectoryTarget.open(
            where, file.name, parts.new_key(), Bounds(file.size), make_directory=not directory
        )
        await self._begin(id, live, target, target.path)

    async def accept_handle(self, id: int, file: Descriptor) -> None:
        """Take a file into an open one."""
        live = await self._require(id)
        given = counting(live.offer.file.hashes)
        named = [given[0]] if given else live.offer.file.hashes_used
        target = await open_handed(file, Bounds(live.offer.file.size), algorithms=(DEFAULT, *named))
        self._home.transfers.give(id, Descriptor.copy(file.fileno()))
        await self._begin(id, live, target, "")

    async def reject(self, id: int) -> None:
        """Take a file not."""
        await self._require(id)
        await self._home.transfers.cancel(id)

    async def _require(self, id: int) -> _Live:
        transfer = await self._home.transfers.require(id)
        if transfer.direction != "in" or transfer.state != "offered":
            raise NotAllowed("this transfer waits for no answer of yours")
        live = self._live.get(id)
        if live is None or live.target is not None:
            raise NotAllowed(_GONE.format(who=transfer.peer))
        return live

    async def _begin(self, id: int, live: _Live, target: Target, path: str) -> None:
        live.target = target

        def work(ledger: Ledger) -> bool:
            transfers.learn(ledger, id, Facts(path=path))
            return transfers.move(ledger, id, "queued")

        if not await self._home.store.write(work):
            await _drop(target)
            raise NotAllowed("the offer was taken back")
        self._home.transfers.look()

    def begun(self, transfer: records.Transfer) -> tuple[Offer, Target]:
        """Return what was offered and where it goes; NotAllowed where it stands no more."""
        live = self._live.pop(transfer.id, None)
        if live is None or live.target is None:
            raise NotAllowed(_GONE.format(who=transfer.peer))
        return live.offer, live.target


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
                raise HostUnreachable(_GONE.format(who=move.transfer.peer)) from error
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
        raise NotAllowed(_GONE.format(who=transfer.peer))

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


def _store(ledger: Ledger, offer: Offer) -> int:
    file = offer.file
    return transfers.add(
        ledger,
        NewTransfer(
            peer=jid.received(offer.peer).bare, direction="in", method=METHODS[offer.way],
            name=names.safe(file.name), time=clock.now_us(), size=file.size or 0, mime=file.mime,
            hash=hashing.shown(file.hashes), state="offered",
        ),
    )  # fmt: skip


def _arrived(id: int, received: Received | None, ledger: Ledger) -> None:
    assert received is not None
    facts = Facts(path=received.path, size=received.size, hash=hashing.shown(received.hashes))
    transfers.learn(ledger, id, facts)


async def _drop(target: Target) -> None:
    await target.abandon()
    await target.close()
