"""What is wrong with the database, told as long as a damaged one lies there."""

import asyncio
from collections.abc import Callable

from backendd.api import names
from backendd.features.storage.bus import StorageMembers
from backendd.session.backend import Backend, BackendPart
from backendd.session.feature import Feature
from backendd.session.part import Outlet

_WATCH_S = 60.0


class Storage(BackendPart):
    """Knows what was set aside, and looks whether it is still there."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._members = StorageMembers(backend.database.path)

    def members(self) -> object:
        return self._members

    def tell(self, outlet: Outlet) -> None:
        def changed() -> None:
            outlet.changed(names.MANAGER, "Warnings")

        self._backend.database.when_damaged = changed
        self._backend.tasks.start(self._watch(changed), name="watch what was set aside")

    async def _watch(self, changed: Callable[[], None]) -> None:
        """Tell when a file that was set aside is removed: nothing else says so."""
        told = self._members.warnings
        while True:
            await asyncio.sleep(_WATCH_S)
            now = self._members.warnings
            if now != told:
                told = now
                changed()


FEATURE = Feature("storage", backend=Storage)
