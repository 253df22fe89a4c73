"""Files of messages, fetched: whole and verified under their name, or not there."""

import logging
import os
from functools import partial

from backendd import directories
from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.errors import (
    BackendError,
    NotSupported,
    UnknownItem,
    UnknownMessage,
)
from backendd.api.words import TransferMethod
from backendd.core import clock
from backendd.core.shared_files import SharedFile
from backendd.core.transfers import OVER, Facts, NewTransfer
from backendd.features.downloads import store
from backendd.features.downloads.fetching import Fetching
from backendd.files import directory_targets, hashing, parts
from backendd.files.handed_targets import open_handed
from backendd.files.targets import Bounds, Received
from backendd.files.wanted import Wanted
from backendd.session.home import Home
from backendd.session.places import Places
from backendd.session.ways import AT_ONCE, Ending, Move
from backendd.store import attachments, pages, transfers
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

    async def begin(self, message_id: int, index: int, directory: str) -> int:
        """Return the id of a transfer that fetches a file of a message into a directory.

        One that is wanted there already is that. Raises UnknownMessage, UnknownItem, NotSupported
        and FileError.
        """
        where = directory or self.directory
        message, file = await self._find(message_id, index)
        wanted = Wanted(parts.new_key(), where, file.size, is_default=not directory)
        known = await self._home.store.read(lambda view: _known(view, message_id, index, where))
        if known is not None:
            return known
        # What can't be written there is said now.
        await (await wanted.open(file.name, Bounds())).close()
        return await self._add(message, index, file, wanted, None)

    async def begin_handed(self, message_id: int, index: int, handle: Descriptor) -> int:
        """Have a file of a message fetched into one that a caller has opened; as `begin`."""
        message, file = await self._find(message_id, index)
        await (await open_handed(handle)).close()
        wanted = Wanted("", "", file.size)
        return await self._add(message, index, file, wanted, Descriptor.copy(handle.fileno()))

    async def begin_unasked(self, message_id: int, index: int) -> None:
        """Fetch a file as `begin` does, but only from where that is safe without being asked."""
        message, file = await self._find(message_id, index)
        key, where = parts.new_key(), self.directory
        wanted = Wanted(key, where, file.size, is_default=True, is_asked=False)
        await self._add(message, index, file, wanted, None)

    async def _find(self, message_id: int, index: int) -> tuple[records.Message, SharedFile]:
        def work(view: View) -> tuple[records.Message | None, tuple[SharedFile, ...]]:
            return pages.get(view, message_id), attachments.of(view, message_id)

        message, files = await self._home.store.read(work)
        if message is None:
            raise UnknownMessage(f"there is no message {message_id}")
        if index >= len(files):
            raise UnknownItem("this message has no such file")
        if files[index].is_direct:
            raise NotSupported("it was offered directly: ask who did to offer it once more")
        if not files[index].url:
            raise NotSupported("nobody has said where this file is")
        return message, files[index]

    async def _add(
        self,
        message: records.Message,
        index: int,
        file: SharedFile,
        wanted: Wanted,
        handle: Descriptor | None,
    ) -> int:
        new = NewTransfer(
            peer=message.peer, direction="in", method=self.method, name=file.name,
            time=clock.now_us(), size=file.size or 0, url=file.url, mime=file.mime,
            path=os.path.join(wanted.directory, file.name) if wanted.directory else "",
            hash=hashing.shown(file.hashes), is_encrypted=file.is_encrypted, message=message.id,
            attachment=index, notes=wanted.notes(),
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
        """Store nothing: the message has its file still where it was."""

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


def _known(view: View, message_id: int, index: int, directory: str) -> int | None:
    """Return the transfer that brings a file of a message into a directory."""
    for each in transfers.of_message(view, message_id):
        if each.direction != "in" or each.state in OVER:
            continue
        is_there = transfers.notes(view, each.id).get("directory") == directory
        if is_there and transfers.attachment(view, each.id) == index:
            return each.id
    return None
