"""Files that whoever takes them gets to see no sooner than they are verified."""

import tempfile
from collections.abc import Iterable
from functools import partial

from backendd.api.descriptors import Descriptor
from backendd.files import reasons
from backendd.files.disk_targets import DiskTarget
from backendd.files.hashing import DEFAULT
from backendd.files.reading import PIECE, read
from backendd.files.targets import UNBOUNDED, Bounds, Target
from backendd.files.threads import run


class SpooledTarget(DiskTarget):
    """What comes is kept in a file without a name, and goes to its target when it is finished."""

    def __init__(
        self, file: Descriptor, target: Target, bounds: Bounds, algorithms: Iterable[str]
    ) -> None:
        super().__init__(file, 0, bounds, algorithms)
        self._target = target
        self._is_finished = False

    @classmethod
    async def open(
        cls,
        directory: str,
        target: Target,
        bounds: Bounds = UNBOUNDED,
        *,
        algorithms: Iterable[str] = (DEFAULT,),
    ) -> "SpooledTarget":
        """Return what waits for its end on the disk of a directory; `target` ends with it."""
        with reasons.explained(directory):
            file = await run(partial(_unnamed, directory))
        spooled = cls(file, target, bounds, algorithms)
        try:
            await spooled.expect(bounds.size)
        except BaseException:
            await spooled.close()
            raise
        return spooled

    async def abandon(self) -> None:
        if self._is_finished:
            return
        await self.restart()
        if self._target.position:
            await self._target.abandon()

    async def close(self) -> None:
        try:
            await super().close()
        finally:
            await self._target.close()

    async def _place(self) -> str:
        await self._target.expect(self._position)
        for offset in range(self._target.position, self._position, PIECE):
            piece = await self._handle.do(partial(read, offset, PIECE))
            await self._target.write(piece)
        path = (await self._target.finish()).path
        self._is_finished = True
        self._writer.drop()
        return path


def _unnamed(directory: str) -> Descriptor:
    with tempfile.TemporaryFile(dir=directory) as file:
        return Descriptor.copy(file.fileno())
