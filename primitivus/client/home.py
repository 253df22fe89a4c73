"""What only who looks at what waits wants to know: what is not sent, and how unread things begin.

It is asked for when that shows for the first time, and followed from then on.
"""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from backendd.api.contract import Messages
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.names import MESSAGES
from backendd.api.records import Message
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.model.area import Area
from primitivus.model.messages.first_lines import FirstLines
from primitivus.model.messages.unsent import STATES, Unsent
from primitivus.model.panes.home import HomePane
from primitivus.model.panes.pane import Pane
from primitivus.model.start import filled
from primitivus.model.wording.times import now_us

log = logging.getLogger(__name__)

Wire = Mapping[str, Any]


class HomePart(Part):
    """Follows it for one account."""

    def __init__(self, access: Access) -> None:
        self._calls = access.interface(Messages)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks
        self._is_followed = False
        self._is_looking = False
        self._was_attached = False

    def signals(self) -> Handlers:
        return {(MESSAGES, "Changed"): self._changed, (MESSAGES, "Removed"): self._removed}

    async def fetch(self) -> None:
        # What became of it meanwhile was not told.
        self._is_followed = False
        self._account.of(FirstLines).forget()

    async def attached(self) -> None:
        if not self._was_attached:
            self._was_attached = True
            filled(self._state)

    def forget(self) -> None:
        self._is_followed = False
        self._account.of(Unsent).reset(())
        self._account.of(Unsent).are_known = False
        self._account.of(FirstLines).forget()

    def looked_at(self) -> None:
        if any(each.context == "log" for each in self._state.layout.mains()):
            # What is read there needs not be told at home.
            self._state.notices.looked_at_us = now_us()

    def fill(self, pane: Pane) -> None:
        if not isinstance(pane, HomePane):
            return
        if not self._is_followed:
            # At once, for another frame may come before the answer does.
            self._is_followed = self._is_looking = True
            self._account.of(Unsent).expect()
            self._tasks.start(self._look(), name="what is not sent")
        lines, name = self._account.of(FirstLines), self._account.profile.name
        for row in pane.in_view():
            if row.place.account == name and row.wants and not lines.is_asked(row.wants):
                lines.ask(row.wants)
                self._tasks.start(self._read(row.wants), name="how it begins")

    async def _look(self) -> None:
        try:
            found = await self._calls.unsent()
        except (BackendError, LinkError) as error:
            log.info("what is not sent was not told: %s", error)
            found = ()
        self._is_looking = False
        self._account.of(Unsent).reset(found)
        self._account.of(Unsent).are_known = True
        self._state.changed(Area.CONVERSATIONS)

    async def _read(self, id: int) -> None:
        try:
            message = await self._calls.get(id)
        except (BackendError, LinkError) as error:
            log.info("how a conversation goes on was not told: %s", error)
            return
        self._account.of(FirstLines).told(message)
        self._state.changed(Area.CONVERSATIONS)

    def _changed(self, peer: str, records: Iterable[Wire]) -> None:
        if not self._is_followed:
            return
        lines, known = self._account.of(FirstLines), self._account.of(Unsent)
        for each in records:
            is_out = each.get("direction") == "out"
            if is_out and (self._is_looking or each.get("state") in STATES or each["id"] in known):
                known.told(from_wire(Message, each))
                self._state.changed(Area.CONVERSATIONS)
            elif lines.is_asked(each["id"]):
                lines.told(from_wire(Message, each))
                self._state.changed(Area.CONVERSATIONS)

    def _removed(self, peer: str, ids: Iterable[int]) -> None:
        if self._is_followed:
            self._account.of(Unsent).remove(ids)
            self._state.changed(Area.CONVERSATIONS)
