"""Who may not come into a room, asked for when somebody wants to know."""

import logging

from backendd.api.contract import Rooms
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from primitivus.client.part import Access, Part
from primitivus.model.area import Area
from primitivus.model.panes.pane import Pane
from primitivus.model.rooms.banned import Banned

log = logging.getLogger(__name__)


class BannedPart(Part):
    """Loads what is wanted of the rooms of an account."""

    def __init__(self, access: Access) -> None:
        self._rooms = access.interface(Rooms)
        self._state = access.state
        self._banned = access.account.of(Banned)
        self._tasks = access.tasks

    def fill(self, pane: Pane) -> None:
        for room in self._banned.wanted:
            self._tasks.start(self._load(room), name="who is banned")
        self._banned.wanted.clear()

    async def _load(self, room: str) -> None:
        # Who may not know it is told so when they ask for it by command.
        try:
            found = await self._rooms.affiliations(room, "outcast")
        except (BackendError, LinkError) as error:
            log.info("who is banned was not told: %s", error)
            return
        self._banned.tell(room, [each.jid for each in found])
        self._state.changed(Area.VIEW)
