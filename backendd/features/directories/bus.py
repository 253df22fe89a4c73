"""SearchForm and Search, of the Services interface."""

from backendd.api import records
from backendd.features.directories.service import DirectoriesPart


class DirectoriesMembers:
    """What callers see of directories."""

    def __init__(self, service: DirectoriesPart) -> None:
        self._directories = service

    async def search_form(self, jid: str) -> records.Form:
        return await self._directories.form(jid)

    async def search(self, jid: str, values: dict[str, list[str]]) -> records.Form:
        return await self._directories.search(jid, values)
