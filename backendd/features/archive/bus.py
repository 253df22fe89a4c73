"""ArchivePreferences and SetArchivePreferences, of the Services interface."""

from collections.abc import Mapping

from backendd.api import records
from backendd.api.signature import Plain
from backendd.features.archive.preferences import Preferences


class ArchiveMembers:
    """What callers see of the account's archive itself."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    async def archive_preferences(self) -> records.ArchivePreferences:
        return await self._preferences.get()

    async def set_archive_preferences(self, preferences: Mapping[str, Plain]) -> None:
        await self._preferences.set(preferences)
