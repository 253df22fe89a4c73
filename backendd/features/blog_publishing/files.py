"""The files that an entry is to go out with: they are there, and its server takes them."""

import asyncio
from collections.abc import Sequence

from backendd.api.descriptors import Descriptor
from backendd.api.errors import NotConnected, NotSupported, Timeout, TooLarge
from backendd.core import clock
from backendd.core.conversations import Peer
from backendd.core.entries import ENCLOSURE, Feed, Link
from backendd.files import folders
from backendd.files.handed import Handed
from backendd.files.sources import Source
from backendd.session.home import Home
from backendd.session.publishing import Upload
from backendd.session.ways import Sending

_SOON_S = 2
"""Seconds that the server has to say what it takes of a file, while somebody waits for that."""


class Files:
    """Looks at files, and what the server says of them; FileError, TooLarge, NotSupported."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def at(self, feed: Feed, paths: Sequence[str]) -> list[Upload]:
        """Return the files of absolute paths, of a folder those in it and below."""
        found = []
        for path in await folders.expand(paths):
            async with await Source.at(path) as source:
                found.append(await self._upload(feed, source))
        return found

    async def of(self, feed: Feed, handed: Sequence[Handed]) -> list[Upload]:
        """Return files that were given open."""
        found = []
        for name, handle in handed:
            async with await Source.of(handle, name) as source:
                found.append(await self._upload(feed, source, Descriptor.copy(handle.fileno())))
        return found

    async def _upload(self, feed: Feed, source: Source, handle: Descriptor | None = None) -> Upload:
        sending = Sending.of(Peer(feed.service, "chat"), source)
        way = self._home.transfers.outward("http")
        if way is None:
            raise NotSupported("this version can't put files on a server")
        try:
            async with asyncio.timeout(_SOON_S):
                await way.permit(sending)
        except (NotConnected, Timeout, TimeoutError):
            pass  # what the server takes turns out when there is one that answers
        except TooLarge as error:
            raise TooLarge(f'"{sending.name}" is too large: {error}') from error
        return Upload(sending.by_server(clock.now_us()), handle)


def links(files: Sequence[Upload]) -> list[Link]:
    """Return what an entry says of files that have no address yet."""
    found = (each.transfer for each in files)
    return [Link(ENCLOSURE, "", each.mime, each.name, each.size) for each in found]
