"""What is wrong with the database, told as long as a damaged one lies there."""

import asyncio
from collections.abc import Callable

from backendd.api import names, records
from backendd.session.backend import Backend, BackendPart
from backendd.session.feature import Feature
from backendd.session.part import Outlet
from backendd.store import damage

_WATCH_S = 60.0


class Storage(BackendPart):
    """Knows what was set aside, and looks whether it is still there."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._path = backend.database.path

    @property
    def warnings(self) -> list[records.Warning]:
        return damage.warnings(self._path)

    def members(self) -> object:
        return self

    def tell(self, outlet: Outlet) -> None:
        def changed() -> None:
            outlet.changed(names.MANAGER, "Warnings")

        self._backend.database.when_damaged = changed
        self._backend.tasks.start(self._watch(changed), name="watch what was set aside")

    async def _watch(self, changed: Callable[[], None]) -> None:
        """Tell when a file that was set aside is removed: nothing else says so."""
        told = self.warnings
        while True:
            await asyncio.sleep(_WATCH_S)
            now = self.warnings
            if now != told:
                told = now
                changed()


FEATURE = Feature("storage", backend=Storage)
