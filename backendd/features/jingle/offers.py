"""Files that others offer: a line in the conversation each, until the user takes or refuses it."""

from dataclasses import dataclass
from functools import partial

from backendd import directories
from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.errors import NotAllowed
from backendd.core import clock, jid, shared_files, text
from backendd.core.file_metadata import LONGEST_DESCRIPTION
from backendd.core.messages import NewMessage
from backendd.core.shared_files import SharedFile
from backendd.core.transfers import Facts, NewTransfer
from backendd.features.jingle.outgoing import METHODS
from backendd.files import hashing, names, parts
from backendd.files.directory_targets import DirectoryTarget
from backendd.files.handed_targets import open_handed
from backendd.files.hashing import DEFAULT, counting
from backendd.files.targets import Bounds, Target
from backendd.jingle.descriptions import File
from backendd.jingle.receiving import Offer
from backendd.session.home import Home
from backendd.store import attachments, messages, transfers
from backendd.store.ledger import Ledger

GONE = "it is no longer offered: ask {who} to send it once more"


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
        def work(ledger: Ledger) -> int:
            id = _store(ledger, offer)
            # Who hears of it may answer at once.
            ledger.after_commit(partial(self._live.__setitem__, id, _Live(offer)))
            return id

        try:
            id = await self._home.store.write(work)
        except BaseException:
            offer.decline()
            raise
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
        await self._home.transfers.cancel(id, "you refused it")

    async def _require(self, id: int) -> _Live:
        transfer = await self._home.transfers.require(id)
        if transfer.direction != "in" or transfer.state != "offered":
            raise NotAllowed("this transfer waits for no answer of yours")
        live = self._live.get(id)
        if live is None or live.target is not None:
            raise NotAllowed(GONE.format(who=transfer.peer))
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
            raise NotAllowed(GONE.format(who=transfer.peer))
        return live.offer, live.target


def _store(ledger: Ledger, offer: Offer) -> int:
    """Store an offer as a transfer and a message of who makes it; return the id of the first."""
    peer, file, now = jid.received(offer.peer).bare, _shared(offer.file), clock.now_us()
    message = messages.add(
        ledger,
        NewMessage(
            peer=peer, direction="in", source="live", sender=peer, body=shared_files.line(file),
            type="system", time=now, way="live",
        ),
    )  # fmt: skip
    attachments.save(ledger, message.id, [file])
    return transfers.add(
        ledger,
        NewTransfer(
            peer=peer, direction="in", method=METHODS[offer.way], name=file.name, time=now,
            size=file.size or 0, mime=file.mime, hash=hashing.shown(file.hashes), state="offered",
            message=message.id,
        ),
    )  # fmt: skip


def _shared(file: File) -> SharedFile:
    return SharedFile(
        name=names.safe(file.name),
        mime=file.mime,
        size=file.size,
        hashes=file.hashes,
        description=text.clean_line(file.description, limit=LONGEST_DESCRIPTION),
        is_direct=True,
    )


async def _drop(target: Target) -> None:
    await target.abandon()
    await target.close()
