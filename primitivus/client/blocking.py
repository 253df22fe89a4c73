"""Whom an account blocks, as the backend tells it."""

from collections.abc import Iterable

from backendd.api.contract import Roster
from backendd.api.names import ROSTER
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.area import Area


class Blocking(Part):
    """Keeps the list of an account, which each signal tells whole."""

    def __init__(self, access: Access) -> None:
        self._roster = access.interface(Roster)
        self._state = access.state
        self._account = access.account
        self._told = 0

    def signals(self) -> Handlers:
        return {(ROSTER, "BlockedChanged"): self._changed}

    async def fetch(self) -> None:
        told = self._told
        entries = await self._roster.blocked()
        if told == self._told:  # else a signal has told of it meanwhile
            self._take(entries)

    def forget(self) -> None:
        self._account.blocked.reset(())

    def _changed(self, entries: Iterable[str]) -> None:
        self._told += 1
        self._take(entries)

    def _take(self, entries: Iterable[str]) -> None:
        self._account.blocked.reset(entries)
        self._state.changed(Area.ROSTER, Area.VIEW)
