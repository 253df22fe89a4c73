"""Files that others offer: a line in the conversation each, until the user takes or refuses it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from backendd import directories
from backendd.api import records, text
from backendd.api.descriptors import Descriptor
from backendd.api.errors import BackendError, NotAllowed
from backendd.api.words import TransferState
from backendd.core import clock, jid
from backendd.core.file_metadata import LONGEST_DESCRIPTION
from backendd.core.shared_files import SharedFile
from backendd.core.transfers import WAITS, Facts, NewTransfer, is_held
from backendd.features.jingle import lines, store
from backendd.features.jingle.model import METHODS
from backendd.files import hashing, names, parts
from backendd.files.handed_targets import open_handed
from backendd.files.targets import Bounds
from backendd.files.wanted import Wanted
from backendd.jingle.descriptions import File
from backendd.jingle.receiving import Offer
from backendd.session.home import Home
from backendd.session.places import Places
from backendd.store import transfers
from backendd.store.ledger import Ledger


def gone(transfer: records.Transfer) -> NotAllowed:
    """Return what says that a file is no longer offered, and what to do."""
    return NotAllowed(f"it is no longer offered: ask {transfer.peer} to send it once more")


def new_place(home: Home, directory: str, size: int | None) -> Wanted:
    """Return where a file goes of which nothing is here: without a directory to the downloads."""
    where = directory or str(directories.downloads(home.config.files.download_dir))
    return Wanted(parts.new_key(), where, size, is_default=not directory)


@dataclass(slots=True)
class _Live:
    """An offer that stands, and whether the user has taken it."""

    offer: Offer
    is_taken: bool = False
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def peer(self) -> str:
        return jid.received(self.offer.peer).bare


class Offers:
    """The offers of one profile that stand, by the transfers they are.

    One of a file that was taken before and did not come whole goes on with that.
    """

    def __init__(self, home: Home, places: Places) -> None:
        self._home = home
        self._places = places
        self._live: dict[int, _Live] = {}
        self.asked: set[int] = set()
        """What we have asked for, of which nothing is answered yet: an offer may cross that."""

    # -- they come and go

    def take(self, offer: Offer) -> None:
        """Have an offer wait for the user's answer."""
        self._home.do_soon(self._keep(_Live(offer)), name="file offered")

    async def _keep(self, live: _Live) -> None:
        try:
            id = await self._enter(live)
        except BaseException:
            live.offer.decline()
            raise
        error = await live.offer.withdrawn()
        if self._live.get(id) is not live or (error is not None and live.is_taken):
            return
        del self._live[id]
        if error is not None:
            await self._home.store.write(lambda ledger: store.withdrawn(ledger, id, error))

    async def _enter(self, live: _Live) -> int:
        """Store that something is offered; return the transfer that it is."""
        home, file = self._home, live.offer.file
        known = await home.store.read(lambda view: store.interrupted(view, live.peer, file))

        def follow(id: int) -> None:
            self._live[id] = live
            if live.is_taken:
                home.transfers.look()

        def work(ledger: Ledger) -> int:
            id = (
                _go_on(ledger, live)
                or _stand_again(ledger, live, self.stands)
                or _store(ledger, live.offer)
            )
            # Who hears of it may answer at once.
            ledger.after_commit(partial(follow, id))
            return id

        if known is not None and known.state in WAITS and known.id not in self.asked:
            async with home.transfers.held(known.id):  # who offers it anew has given it up
                return await home.store.write(work)
        return await home.store.write(work)

    def stands(self, id: int) -> bool:
        """Return whether something is still offered."""
        return id in self._live

    def give_up(self, id: int, error: BackendError) -> None:
        """Tell the other side why it isn't taken, if it still stands."""
        live = self._live.pop(id, None)
        if live is None:
            return
        if not isinstance(error, NotAllowed):
            live.offer.give_up(error)
        elif live.is_taken:
            live.offer.cancel()
        else:
            live.offer.decline()

    # -- they are taken

    async def accept(self, id: int, directory: str) -> None:
        """Take a file into a directory: by default to where it came before, else to downloads."""
        async with (await self._require(id)).turn:  # of two who take it one does
            await self._accept(id, await self._require(id), directory)

    async def _accept(self, id: int, live: _Live, directory: str) -> None:
        file = live.offer.file
        before = await self._home.store.read(lambda view: store.kept(view, id))
        stays = before.key and directory in ("", before.directory)
        wanted = before if stays else new_place(self._home, directory, file.size)
        path = ""
        if not wanted.is_open:
            # What can't be written there is said now.
            async with await wanted.open(file.name, Bounds(file.size)) as target:
                path = target.path
        if not stays:
            await self._leave(id, before, None)
        await self._begin(id, live, wanted, path)

    async def _leave(self, id: int, before: Wanted, handle: Descriptor | None) -> None:
        """Have nothing of a file be where it went before: it goes into this one, or a directory."""
        await self._places.forget(id, before)
        self._home.transfers.give(id, handle)

    async def accept_handle(self, id: int, file: Descriptor) -> None:
        """Take a file into an open one."""
        async with (await self._require(id)).turn:
            live = await self._require(id)
            size = live.offer.file.size
            await (await open_handed(file, Bounds(size))).close()
            before = await self._home.store.read(lambda view: store.kept(view, id))
            await self._leave(id, before, Descriptor.copy(file.fileno()))
            await self._begin(id, live, Wanted(parts.new_key(), "", size), "")

    async def reject(self, id: int) -> None:
        """Take a file not."""
        await self._require(id)
        await self._home.transfers.cancel(id, "you refused it")

    async def _require(self, id: int) -> _Live:
        transfer = await self._home.transfers.require(id)
        if transfer.direction != "in" or transfer.state != "offered":
            raise NotAllowed("this transfer waits for no answer of yours")
        live = self._live.get(id)
        if live is None or live.is_taken:
            raise gone(transfer)
        return live

    async def _begin(self, id: int, live: _Live, wanted: Wanted, path: str) -> None:
        def work(ledger: Ledger) -> bool:
            store.keep(ledger, id, wanted, live.offer.file)
            transfers.learn(ledger, id, Facts(path=path))
            return transfers.move(ledger, id, "queued")

        live.is_taken = True
        if not await self._home.store.write(work):
            now = await self._home.transfers.require(id)
            raise NotAllowed(now.error[1] or f"this transfer is {now.state}")
        self._home.transfers.look()

    def taken(self, id: int) -> Offer | None:
        """Return the offer of a transfer that the user has taken, None where none stands."""
        live = self._live.get(id)
        return live.offer if live is not None and live.is_taken else None


def _go_on(ledger: Ledger, live: _Live) -> int:
    """Have a transfer go on that is offered anew; 0 where there is none of that file.

    One that the user has paused waits to be taken again.
    """
    known = store.interrupted(ledger, live.peer, live.offer.file)
    if known is None:
        return 0
    live.is_taken = not is_held(known)
    transfers.learn(ledger, known.id, Facts(method=METHODS[live.offer.way]))
    state: TransferState = "queued" if live.is_taken else "offered"
    transfers.move(ledger, known.id, state, unless=("done", "cancelled"))
    return known.id


def _stand_again(ledger: Ledger, live: _Live, is_live: Callable[[int], bool]) -> int:
    """Have an offer stand again that was gone without an answer; 0 where there is none."""
    known = store.lost(ledger, live.peer, live.offer.file, is_live)
    if known is None:
        return 0
    store.offered(ledger, known.id, live.offer)
    transfers.learn(ledger, known.id, Facts(method=METHODS[live.offer.way]))
    transfers.move(ledger, known.id, "offered", unless=())
    return known.id


def _store(ledger: Ledger, offer: Offer) -> int:
    """Store an offer as a transfer and a message of who makes it; return the id of the first."""
    peer, file = jid.received(offer.peer).bare, _shared(offer.file)
    id = transfers.add(
        ledger,
        NewTransfer(
            peer=peer, direction="in", method=METHODS[offer.way], name=file.name,
            time=clock.now_us(), size=file.size or 0, mime=file.mime,
            hash=hashing.shown(file.hashes), state="offered",
            message=lines.theirs(ledger, peer, file),
        ),
    )  # fmt: skip
    store.offered(ledger, id, offer)
    return id


def _shared(file: File) -> SharedFile:
    return SharedFile(
        name=names.safe(file.name),
        mime=file.mime,
        size=file.size,
        hashes=file.hashes,
        description=text.clean_line(file.description, limit=LONGEST_DESCRIPTION),
        is_direct=True,
    )
