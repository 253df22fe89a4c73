"""The part that searches directories, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.directories.bus import DirectoriesMembers
from backendd.features.directories.service import DirectoriesPart
from backendd.session.feature import Feature
from backendd.session.home import Home


class ServedDirectories(DirectoriesPart):
    """Directories, and what callers see of them."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = DirectoriesMembers(self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.SERVICES: self._members}


FEATURE = Feature("directories", ServedDirectories)
