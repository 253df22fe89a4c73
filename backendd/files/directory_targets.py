"""Files that are received into a directory."""

import os
from collections.abc import Container, Iterable
from contextlib import suppress
from functools import partial

from backendd.api.errors import FileError
from backendd.files import leftovers, names, reasons, sandbox
from backendd.files.disk_targets import DiskTarget
from backendd.files.hashing import DEFAULT
from backendd.files.parts import REMOVED, Part
from backendd.files.targets import UNBOUNDED, Bounds
from backendd.files.threads import run


class DirectoryTarget(DiskTarget):
    """A file of a directory, hidden and for its owner alone until it is complete and verified."""

    def __init__(
        self, directory: str, name: str, part: Part, bounds: Bounds, algorithms: Iterable[str]
    ) -> None:
        super().__init__(part.file, 0, bounds, algorithms)
        self._directory = directory
        self.call(name)
        self._part = part
        self._is_finished = False

    @classmethod
    async def open(
        cls,
        directory: str,
        name: str,
        key: str,
        bounds: Bounds = UNBOUNDED,
        *,
        algorithms: Iterable[str] = (DEFAULT,),
        make_directory: bool = False,
        mark: str = "",
    ) -> "DirectoryTarget":
        """Return where a file goes that is called `name` outside, with what came of it before.

        `key` is of `parts.new_key`, and tells that; `mark` is what `finish` has told of it. Raises
        FileError, TooLarge.
        """
        reasons.check_path(directory)
        with reasons.explained(directory):
            if make_directory:
                await run(partial(os.makedirs, directory, mode=0o700, exist_ok=True))
            await run(partial(sandbox.check_shared, directory))
            part = await run(partial(Part.open, directory, names.safe(name), key, mark))
            target = cls(directory, names.safe(name), part, bounds, algorithms)
            try:
                await target._go_on()
            except BaseException:
                await target.close()
                raise
        return target

    @property
    def is_whole(self) -> bool:
        return self._part.is_whole or super().is_whole

    def mark(self) -> str:
        return self._part.mark()

    def call(self, name: str) -> None:
        super().call(names.safe(name))
        self.path = os.path.join(self._directory, self.name)

    async def abandon(self) -> None:
        if self._is_finished:
            return
        self._writer.drop()
        with reasons.explained(self.path):
            await run(self._part.remove)

    async def close(self) -> None:
        try:
            await super().close()
        finally:
            # Of what nothing has come nothing has to be found again.
            is_kept = self._position or self._part.is_whole
            await run(self._part.close if is_kept else self._part.remove)

    @staticmethod
    def _check(number: int) -> None:
        if not os.fstat(number).st_nlink:
            raise FileError(REMOVED)

    async def _go_on(self) -> None:
        size = (await self._handle.do(os.fstat)).st_size
        if self._bounds.size is not None and size > self._bounds.size:
            await self.restart()  # what came is not of this file
        else:
            self._bounds.check(size)
            self._position = self._unread = size
        await self.expect(self._bounds.size)

    async def _place(self) -> str:
        name = await run(partial(self._part.place, self.name))
        self._is_finished = True
        self._writer.drop()
        self._part.close()
        return os.path.join(self._directory, name)


async def discard(directory: str, key: str, mark: str = "") -> None:
    """Leave nothing of a file that is not being received now; what isn't there is no error."""
    with reasons.explained(directory), suppress(FileNotFoundError, NotADirectoryError):
        await run(partial(leftovers.discard, directory, key, mark))


async def clean(directory: str, alive: Container[str]) -> int:
    """Remove what those left whose key is not in `alive`; return how many they were.

    A directory that can't be used has none.
    """
    try:
        return await run(partial(leftovers.clean, directory, alive))
    except OSError:
        return 0
