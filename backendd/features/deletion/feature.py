"""The part that deletes what was said, with its member on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.deletion.bus import DeletionMembers
from backendd.features.deletion.service import DeletionPart
from backendd.session.feature import Feature
from backendd.session.home import Home


class ServedDeletion(DeletionPart):
    """Deletion, and what callers see of it."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._members = DeletionMembers(home, self)

    def interfaces(self) -> Mapping[str, object]:
        return {names.MESSAGES: self._members}


FEATURE = Feature("deletion", ServedDeletion)
