"""Where files go that come: into a directory, or into what a caller has opened."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress

from backendd import directories
from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError
from backendd.files import hashing
from backendd.files.handed_targets import open_handed
from backendd.files.hashing import DEFAULT
from backendd.files.spooled_targets import SpooledTarget
from backendd.files.targets import Bounds, Target
from backendd.files.wanted import Wanted
from backendd.session.ways import Move


class Places:
    """Opens them. What came into a directory is found again there; the rest stays open."""

    def __init__(self) -> None:
        self._handed: dict[int, Target] = {}

    @asynccontextmanager
    async def open(
        self, move: Move, wanted: Wanted, bounds: Bounds, promised: Iterable[str] = ()
    ) -> AsyncIterator[Target]:
        """Yield where a file goes, behind what came of it before; it is to be finished there.

        `promised` are the hashes that are told later.
        """
        if move.handle is None:
            async with await wanted.open(move.transfer.name, bounds) as found:
                yield _followed(move, found)
            return
        id = move.transfer.id
        if id not in self._handed:
            self._handed[id] = await _handed(move.transfer, move.handle, bounds, promised)
        target = self._handed[id]
        try:
            yield _followed(move, target)
        except FileError:
            with suppress(FileError):  # else it stays as it is, and fails in the same way again
                await target.restart()
            raise
        del self._handed[id]
        await target.close()

    async def forget(self, id: int, wanted: Wanted) -> None:
        """Leave nothing of a file that isn't whole, as far as its place can be written to."""
        target = self._handed.pop(id, None)
        if target is not None:
            async with target:
                with suppress(FileError):
                    await target.abandon()
        await wanted.discard()


def _followed(move: Move, target: Target) -> Target:
    """Return a target of which is told how much is there, and how far that is looked through."""
    target.checked = move.check
    if target.position:
        move.tell(target.position)
    return target


async def _handed(
    transfer: records.Transfer, handle: Descriptor, bounds: Bounds, promised: Iterable[str]
) -> Target:
    # What can't be read again has to be held against its hash as it comes.
    algorithms = (DEFAULT, *(hashing.read(transfer.hash) or promised))
    target = await open_handed(handle, bounds, algorithms=algorithms)
    if not transfer.encrypted:
        return target
    # Nobody shall see what isn't verified.
    return await SpooledTarget.open(str(directories.data()), target, bounds, algorithms=algorithms)
