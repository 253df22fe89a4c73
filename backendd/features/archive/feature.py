"""The part that follows archives, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.archive.bus import ArchiveMembers
from backendd.features.archive.preferences import Preferences
from backendd.features.archive.service import Archive
from backendd.session.feature import Feature
from backendd.session.home import Home


class ServedArchive(Archive):
    """Archives, and what callers see of the account's."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = ArchiveMembers(Preferences(home))

    def interfaces(self) -> Mapping[str, object]:
        return {names.SERVICES: self._members}


FEATURE = Feature("archive", ServedArchive)
