"""What fetches files, of the Files interface and of Blog."""

from backendd.api.descriptors import Descriptor
from backendd.core import jid
from backendd.core.entries import MICROBLOG, Feed
from backendd.features.downloads import finding
from backendd.features.downloads.service import Downloads
from backendd.session.home import Home


class DownloadsMembers:
    """What callers see of files of messages that are fetched."""

    def __init__(self, home: Home, downloads: Downloads) -> None:
        self._home = home
        self._downloads = downloads

    async def download(self, message_id: int, attachment: int, directory: str) -> int:
        told = await finding.of_message(self._home, message_id, attachment)
        return await self._downloads.begin(told, directory)

    async def download_handle(self, message_id: int, attachment: int, file: Descriptor) -> int:
        told = await finding.of_message(self._home, message_id, attachment)
        return await self._downloads.begin_handed(told, file)


class EntryDownloadsMembers:
    """What callers see of files of entries that are fetched."""

    def __init__(self, home: Home, downloads: Downloads) -> None:
        self._home = home
        self._downloads = downloads

    async def download(
        self, service: str, node: str, id: str, attachment: int, directory: str
    ) -> int:
        told = await finding.of_entry(self._home, self._at(service, node), id, attachment)
        return await self._downloads.begin(told, directory)

    async def download_handle(
        self, service: str, node: str, id: str, attachment: int, file: Descriptor
    ) -> int:
        told = await finding.of_entry(self._home, self._at(service, node), id, attachment)
        return await self._downloads.begin_handed(told, file)

    def _at(self, service: str, node: str) -> Feed:
        return Feed(jid.bare(service) if service else self._home.own, node or MICROBLOG)
