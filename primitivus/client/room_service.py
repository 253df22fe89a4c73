"""Where the server of an account has its rooms, asked for when somebody wants to know."""

import logging
from contextlib import suppress

from backendd.api.contract import Rooms
from backendd.api.errors import BackendError, NotSupported
from backendd.api.failures import LinkError
from primitivus.client.part import Access, Part
from primitivus.model.area import Area
from primitivus.model.panes.pane import Pane
from primitivus.model.rooms.room_service import RoomService

log = logging.getLogger(__name__)


class RoomServicePart(Part):
    """Finds the rooms of the own server, for who writes a name where an address belongs.

    `calls` is the interface on the bus.
    """

    def __init__(self, access: Access) -> None:
        self.calls = access.interface(Rooms)
        self._state = access.state
        self._known = access.account.of(RoomService)
        self._tasks = access.tasks

    async def service(self) -> str:
        """Return the address of the service, nothing where there is none; BackendError."""
        if not self._known.address:
            await self._ask()
        return self._known.address

    async def room(self, name: str) -> str:
        """Return the address that a room has there, nothing where there can be none."""
        if not self._known.room(name) and self._known.is_wanted:
            await self._find()
        return self._known.room(name)

    def fill(self, pane: Pane) -> None:
        if self._known.is_wanted:
            self._known.is_wanted = False
            self._tasks.start(self._find(), name="where rooms are")

    def forget(self) -> None:
        self._known.forget()

    async def _find(self) -> None:
        try:
            await self._ask()
        except (BackendError, LinkError) as error:
            log.info("the server does not say where its rooms are: %s", error)

    async def _ask(self) -> None:
        self._known.is_wanted = False
        with suppress(NotSupported):
            self._known.address = await self.calls.service()
            self._state.changed(Area.VIEW)
