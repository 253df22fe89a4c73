"""The files that an entry is to go out with: they are there, and its server takes them."""

from collections.abc import Sequence
from typing import NamedTuple

from backendd.api.descriptors import Descriptor
from backendd.api.errors import InvalidArgument, NotConnected, NotSupported, TooLarge
from backendd.api.folders import MOST
from backendd.core import clock
from backendd.core.conversations import Peer
from backendd.core.entries import ENCLOSURE, Feed, Link
from backendd.files import folders
from backendd.files.sources import Source
from backendd.session.home import Home
from backendd.session.publishing import Upload
from backendd.session.ways import Sending


class Handed(NamedTuple):
    """A file that a caller has opened, and what to call it."""

    name: str
    handle: Descriptor


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
        if len(handed) > MOST:
            raise TooLarge("these are too many files to send at once")
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
            await way.permit(sending)
        except NotConnected:
            pass  # what the server takes turns out when there is one
        except TooLarge as error:
            raise TooLarge(f'"{sending.name}" is too large: {error}') from error
        return Upload(sending.by_server(clock.now_us()), handle)


def named(names: Sequence[str], handles: Sequence[Descriptor]) -> list[Handed]:
    """Return handles with the names of their files; InvalidArgument where those are not as many."""
    if len(names) != len(handles):
        raise InvalidArgument("there have to be as many names as files")
    return list(map(Handed, names, handles))


def links(files: Sequence[Upload]) -> list[Link]:
    """Return what an entry says of files that have no address yet."""
    found = (each.transfer for each in files)
    return [Link(ENCLOSURE, "", each.mime, each.name, each.size) for each in found]
