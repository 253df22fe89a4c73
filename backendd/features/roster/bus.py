"""The Roster interface."""

from collections.abc import Sequence
from typing import Any

from backendd.api import records
from backendd.bus.options import options as checked
from backendd.features.roster.service import Roster
from backendd.session import addressing
from backendd.session.session import Session


class RosterMembers:
    """What callers see of `Roster`."""

    def __init__(self, session: Session, service: Roster) -> None:
        self._session = session
        self._roster = service

    def _check(self, options: dict[str, Any], **known: type) -> None:
        self._session.require_unlocked()
        checked(options, **known)

    async def list(self, options: dict[str, Any]) -> Sequence[records.Contact]:
        self._check(options)
        return await self._roster.list()

    async def set(
        self, jid_: str, name: str, groups: Sequence[str], options: dict[str, Any]
    ) -> None:
        self._check(options)
        await self._roster.set(await addressing.peer(self._session, jid_), name, groups)

    async def remove(self, jid_: str, options: dict[str, Any]) -> None:
        self._check(options)
        await self._roster.remove(await addressing.peer(self._session, jid_))

    async def subscribe(self, jid_: str, options: dict[str, Any]) -> None:
        self._check(options, text=str)
        await self._roster.subscribe(
            await addressing.peer(self._session, jid_), options.get("text", "")
        )

    async def unsubscribe(self, jid_: str, options: dict[str, Any]) -> None:
        self._check(options)
        await self._roster.unsubscribe(await addressing.peer(self._session, jid_))

    async def approve(self, jid_: str, options: dict[str, Any]) -> None:
        self._check(options)
        await self._roster.approve(await addressing.peer(self._session, jid_))

    async def deny(self, jid_: str, options: dict[str, Any]) -> None:
        self._check(options)
        await self._roster.deny(await addressing.peer(self._session, jid_))

    async def requests(self, options: dict[str, Any]) -> Sequence[records.Request]:
        self._check(options)
        return await self._roster.requests()
