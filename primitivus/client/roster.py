"""Contacts, and who asks to be one, as the backend tells them."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from backendd.api.contract import Roster
from backendd.api.names import ROSTER
from backendd.api.records import Contact, Request
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.area import Area
from primitivus.model.questions.questions import announce
from primitivus.model.questions.requests import PresenceRequest, about
from primitivus.model.wording.quoting import quote
from primitivus.model.wording.subscription import said_of

Wire = Mapping[str, Any]


class Contacts(Part):
    """Keeps the roster of an account, and says what is news in it."""

    def __init__(self, access: Access) -> None:
        self._roster = access.interface(Roster)
        self._state = access.state
        self._account = access.account

    def signals(self) -> Handlers:
        return {
            (ROSTER, "Changed"): self._changed,
            (ROSTER, "Removed"): self._removed,
            (ROSTER, "RequestsChanged"): self._requests_changed,
        }

    async def fetch(self) -> None:
        self._account.roster.expect()
        contacts, requests = await asyncio.gather(self._roster.list(), self._roster.requests())
        self._account.roster.reset(contacts, requests)
        self._state.changed(Area.ROSTER, Area.REQUESTS)

    def forget(self) -> None:
        self._account.roster.reset([], [])

    def _changed(self, records: Iterable[Wire]) -> None:
        known = self._account.roster.merge(from_wire(Contact, each) for each in records)
        if any(old.groups != new.groups for old, new in known):
            self._state.layout.contacts.follow()
        self._state.changed(Area.ROSTER)
        for old, new in known:
            if said := said_of(old, new):
                line = f"chat {quote(new.jid)} {quote(self._account.profile.name)}"
                self._state.mention(said, "", self._account, line=line)

    def _removed(self, jids: Iterable[str]) -> None:
        with self._state.layout.contacts.steady():
            self._account.roster.remove(jids)
        self._state.changed(Area.ROSTER)

    def _requests_changed(self, records: Iterable[Wire], gone: Iterable[str]) -> None:
        requests = [from_wire(Request, each) for each in records]
        with self._state.layout.contacts.steady():
            fresh = self._account.roster.merge_requests(requests, gone)
        self._state.changed(Area.REQUESTS)
        for jid in gone:
            self._state.settle(about(jid), self._account)
        announce(self._state, [PresenceRequest.of(self._account, each) for each in fresh])
