"""Download and DownloadHandle, of the Files interface."""

from backendd.api.descriptors import Descriptor
from backendd.features.downloads.service import Downloads


class DownloadsMembers:
    """What callers see of files that are fetched."""

    def __init__(self, downloads: Downloads) -> None:
        self._downloads = downloads

    async def download(self, message_id: int, attachment: int, directory: str) -> int:
        return await self._downloads.begin(message_id, attachment, directory)

    async def download_handle(self, message_id: int, attachment: int, file: Descriptor) -> int:
        return await self._downloads.begin_handed(message_id, attachment, file)
