"""The part that fetches files of messages, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.downloads.bus import DownloadsMembers, EntryDownloadsMembers
from backendd.features.downloads.service import Downloads
from backendd.features.downloads.unasked import Unasked
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Part


class DownloadsPart(Part):
    """Fetches what is asked for, and what may come unasked."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._downloads = Downloads(home)
        self._members = {
            names.FILES: DownloadsMembers(home, self._downloads),
            names.BLOG: EntryDownloadsMembers(home, self._downloads),
        }
        self._is_clean = False
        Unasked(home, self._downloads)

    def interfaces(self) -> Mapping[str, object]:
        return self._members

    async def set_up(self, *, resumed: bool) -> None:
        if not self._is_clean:
            self._is_clean = True
            self._home.do_soon(self._downloads.clean(), name="remove parts of files")

    async def removed(self) -> None:
        await self._downloads.forget_all()


FEATURE = Feature("downloads", DownloadsPart)
