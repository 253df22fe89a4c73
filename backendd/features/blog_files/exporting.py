"""A blog to a file of Atom: all of it, as it is here once the rest was read."""

import asyncio
import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from backendd import directories
from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError
from backendd.api.new_files import NewFile
from backendd.api.unfinished import Unfinished
from backendd.blog import documents
from backendd.core import clock
from backendd.core.entries import Feed
from backendd.features.blog_files import store
from backendd.features.blog_files.reading import read_whole
from backendd.features.blog_files.store import Written
from backendd.files import names, reasons, sandbox
from backendd.files.handed_targets import open_handed
from backendd.files.targets import Target
from backendd.files.threads import run
from backendd.session.home import Home
from backendd.store.entries import Place

AT_ONCE = 50


def unfinished() -> Unfinished:
    """Return what is written to the disk here, by its notes there."""
    return Unfinished(directories.data() / "unfinished")


class Exporting:
    """Writes blogs to files that callers have opened."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def export(self, feed: Feed, file: Descriptor) -> None:
        """Write a blog to an open file."""
        await self._export(feed, await open_handed(file))

    async def export_to(self, feed: Feed, path: str) -> str:
        """Write a blog to a new file; return where that is: of a name that is free."""
        reasons.check_path(path)
        if not os.path.basename(path) or await run(partial(os.path.isdir, path)):
            raise FileError(f"{reasons.shown(path)} is a directory: say what to call the file")
        directory, name = os.path.split(path)
        with reasons.explained(directory):
            await run(partial(sandbox.check_shared, directory))
            new = await run(partial(NewFile.at, Path(directory, names.safe(name)), unfinished()))
        try:
            await self._export(feed, await open_handed(new.file))
            with reasons.explained(path):
                return os.path.join(directory, await run(new.finish))
        finally:
            await run(new.close)

    async def _export(self, feed: Feed, target: Target) -> None:
        """Write a blog; what goes wrong leaves nothing there that could be taken back."""
        async with target:
            try:
                await read_whole(self._home, feed)
                await self._write(feed, target)
                await target.finish()
            except BaseException:
                await target.abandon()
                raise

    async def _write(self, feed: Feed, target: Target) -> None:
        name, updated = await self._home.store.read(lambda view: store.about(view, feed))
        title, now = name or feed.service, clock.now_us()
        updated = min(updated or now, now)
        await target.write(documents.head(feed, title, updated))
        place: Place | None = None
        while found := await self._below(feed, place):
            await target.write(await asyncio.to_thread(_document, feed, found))
            place = found[-1].place
        await target.write(documents.end())

    async def _below(self, feed: Feed, place: Place | None) -> list[Written]:
        return await self._home.store.read_long(
            lambda view: store.below(view, feed, place, AT_ONCE)
        )


def _document(feed: Feed, found: Iterable[Written]) -> bytes:
    return b"".join(documents.entry(feed, each.item, each.content) for each in found)
