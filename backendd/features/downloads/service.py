"""Files of messages and entries, fetched: whole and verified under their name, or not there."""

import logging
import os
from functools import partial

from backendd import directories
from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.errors import BackendError
from backendd.api.words import TransferMethod
from backendd.core import clock
from backendd.core.transfers import OVER, Facts, NewTransfer
from backendd.features.downloads import store
from backendd.features.downloads.fetching import Fetching
from backendd.features.downloads.finding import Told
from backendd.files import directory_targets, hashing, parts
from backendd.files.handed_targets import open_handed
from backendd.files.targets import Bounds, Received
from backendd.files.wanted import Wanted
from backendd.session.home import Home
from backendd.session.places import Places
from backendd.session.ways import AT_ONCE, Ending, Move
from backendd.store import transfers
from backendd.store.ledger import Ledger
from backendd.store.view import View

log = logging.getLogger(__name__)

MOST = 1 << 50
"""More bytes than any file has; what there is room for on the disk is less."""


class Downloads:
    """The way of files from the web, and how one begins."""

    method: TransferMethod = "http"
    at_once = AT_ONCE

    def __init__(self, home: Home) -> None:
        self._home = home
        self._places = Places()
        self._fetching = Fetching(home)
        home.transfers.receive(self)

    @property
    def directory(self) -> str:
        """Where files go if nobody says where."""
        return str(directories.downloads(self._home.config.files.download_dir))

    async def begin(self, told: Told, directory: str) -> int:
        """Return the id of a transfer that fetches a file into a directory.

        One that is wanted there already is that. Raises FileError.
        """
        where = directory or self.directory
        wanted = Wanted(parts.new_key(), where, told.file.size, is_default=not directory)
        known = await self._home.store.read(lambda view: _known(view, told, where))
        if known is not None:
            return known
        # What can't be written there is said now.
        await (await wanted.open(told.file.name, Bounds())).close()
        return await self._add(told, wanted, None)

    async def begin_handed(self, told: Told, handle: Descriptor) -> int:
        """Have a file fetched into one that a caller has opened; as `begin`."""
        await (await open_handed(handle)).close()
        wanted = Wanted("", "", told.file.size)
        return await self._add(told, wanted, Descriptor.copy(handle.fileno()))

    async def begin_unasked(self, told: Told) -> None:
        """Fetch a file as `begin` does, but only from where that is safe without being asked."""
        key, where = parts.new_key(), self.directory
        wanted = Wanted(key, where, told.file.size, is_default=True, is_asked=False)
        await self._add(told, wanted, None)

    async def _add(self, told: Told, wanted: Wanted, handle: Descriptor | None) -> int:
        file = told.file
        new = NewTransfer(
            peer=told.peer, direction="in", method=self.method, name=file.name,
            time=clock.now_us(), size=file.size or 0, url=file.url, mime=file.mime,
            path=os.path.join(wanted.directory, file.name) if wanted.directory else "",
            hash=hashing.shown(file.hashes), is_encrypted=file.is_encrypted, message=told.message,
            entry=told.entry, attachment=told.number, notes=wanted.notes(),
        )  # fmt: skip
        id = await self._home.store.write(lambda ledger: transfers.add(ledger, new))
        if handle is not None:
            self._home.transfers.give(id, handle)
        self._home.transfers.look()
        return id

    # -- a way for files

    async def move(self, move: Move) -> Ending:
        """Fetch a file; return what says that it is here. What may pass is tried several times."""
        transfer = move.transfer
        wanted = Wanted.of(await self._notes(transfer.id))
        most = MOST if wanted.is_asked else self._home.config.files.fetch_up_to_mb * 1_000_000
        async with self._places.open(move, wanted, Bounds(wanted.size, most)) as target:
            if not target.is_whole:
                await target.catch_up()
                await self._fetching.run(move, wanted, most, target)
            hashes, whole = hashing.read(transfer.hash), partial(self._keep_mark, transfer.id)
            received = await target.finish(hashes, whole)
            move.tell(received.size)  # what was whole already has told nothing
        return partial(self._arrived, transfer.id, received)

    async def _notes(self, id: int) -> dict[str, str | int]:
        return await self._home.store.read(lambda view: transfers.notes(view, id))

    async def _keep_mark(self, id: int, mark: str) -> None:
        await self._home.store.write(lambda ledger: transfers.note(ledger, id, "mark", mark))

    # -- what follows

    def _arrived(self, id: int, received: Received, ledger: Ledger) -> None:
        digests = hashing.shown(received.hashes)
        facts = Facts(path=received.path, size=received.size, hash=digests)
        transfers.learn(ledger, id, facts)
        transfers.note(ledger, id, "mark", "")

    def gave_up(self, ledger: Ledger, transfer: records.Transfer, error: BackendError) -> None:
        """Store nothing: the file is told of still where it was."""

    def goes_on(self, ledger: Ledger, transfer: records.Transfer) -> None:
        """Have it be asked for, even if it began unasked: what came is on the disk."""
        transfers.note(ledger, transfer.id, "is_asked", 1)

    async def forget(self, transfer: records.Transfer) -> None:
        """Remove what came of a file that isn't whole."""
        await self._places.forget(transfer.id, Wanted.of(await self._notes(transfer.id)))

    async def clean(self) -> None:
        """Remove what is left of transfers that nobody knows any more, wherever files go."""
        alive = await self._home.store.read(store.parts)
        for directory in {self.directory, *(each.directory for each in alive)}:
            await directory_targets.clean(directory, {each.key for each in alive})

    async def forget_all(self) -> None:
        """Remove what came of files of this profile that aren't whole."""
        for transfer in await self._home.store.read(store.unfinished):
            await self.forget(transfer)


def _known(view: View, told: Told, directory: str) -> int | None:
    """Return the transfer that brings a file into a directory."""
    for each in told.transfers(view):
        if each.direction != "in" or each.state in OVER:
            continue
        if transfers.notes(view, each.id).get("directory") == directory and _is(each, told, view):
            return each.id
    return None


def _is(transfer: records.Transfer, told: Told, view: View) -> bool:
    """Return whether a transfer is of this file; entries may have theirs at other places by now."""
    if told.entry is not None:
        return transfer.url == told.file.url
    return transfers.attachment(view, transfer.id) == told.number
