"""Asking the backend about services: what a pane of them shows is loaded when it is in view."""

import logging

from backendd.api.contract import Services
from backendd.api.errors import BackendError, NotSupported
from backendd.api.failures import LinkError
from backendd.api.records import Item
from primitivus.client.part import Access, Part
from primitivus.model.accounts.offered import Offered, Wanted
from primitivus.model.area import Area
from primitivus.model.panes.kinds import is_services
from primitivus.model.panes.pane import Pane
from primitivus.model.panes.service_level import Level, room_details

log = logging.getLogger(__name__)

EXTERNAL = "urn:xmpp:extdisco:2"
_PAGE = 100
# As many rooms are asked at once for how many are in there.
_AT_ONCE = 10


class ServicesPart(Part):
    """Fills the panes of services of its account; `interface` is for the commands."""

    def __init__(self, access: Access) -> None:
        self.interface = access.interface(Services)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks
        self._asking = 0
        self._offered = access.account.of(Offered)

    def fill(self, pane: Pane) -> None:
        for wanted in self._offered.wanted:
            self._tasks.start(self._load_offered(wanted), name="what a service offers")
        self._offered.wanted.clear()
        if not is_services(pane) or self._state.at(pane.place) is not self._account:
            return
        level = pane.level
        if not level.is_asked:
            # At once, for another frame may come before the answer does.
            level.is_asked = level.is_loading = True
            level.changed()
            self._tasks.start(self._load(level), name="look at a service")
        for item in pane.wanted()[: max(0, _AT_ONCE - self._asking)]:
            level.details[item.jid] = ""
            self._asking += 1
            self._tasks.start(self._look_into(level, item), name="look into a room")

    def load_more(self, level: Level) -> None:
        """Begin to load the next page of what something has."""
        if level.next and not level.is_loading:
            level.is_loading = True
            level.changed()
            self._tasks.start(self._load_more(level), name="more of a service")

    async def _load(self, level: Level) -> None:
        try:
            level.info = await self.interface.info(level.jid, level.node)
        except NotSupported:
            log.info("%s doesn't say what it is", level.jid)
        except (BackendError, LinkError) as error:
            level.error = str(error)
        self._tell(level)
        if level.info is not None and EXTERNAL in level.info.features:
            await self._load_external(level)
        await self._load_page(level)

    async def _load_external(self, level: Level) -> None:
        try:
            level.external = await self.interface.external_services(level.jid)
        except (BackendError, LinkError) as error:
            log.info("the services beside XMPP were not told: %s", error)

    async def _load_more(self, level: Level) -> None:
        await self._load_page(level)

    async def _load_page(self, level: Level) -> None:
        try:
            items, page = await self.interface.items(
                level.jid, level.node, limit=_PAGE, after=level.next
            )
        except (BackendError, LinkError) as error:
            level.error = level.error or str(error)
        else:
            level.items += items
            level.next = str(page["next"])
            self._account.services.update({each.jid: each.name for each in items})
        level.is_loading = False
        self._tell(level)

    async def _load_offered(self, wanted: Wanted) -> None:
        try:
            if wanted.what == "commands":
                items = await self.interface.commands(wanted.jid)
            else:
                items, _ = await self.interface.items(wanted.jid, "", limit=_PAGE)
        except (BackendError, LinkError) as error:
            log.info("what a service offers was not told: %s", error)
            return
        self._offered.tell(wanted, items)
        self._state.changed(Area.VIEW)

    async def _look_into(self, level: Level, item: Item) -> None:
        try:
            info = await self.interface.info(item.jid, item.node)
        except (BackendError, LinkError) as error:
            log.info("how many are in a room was not told: %s", error)
            return
        finally:
            self._asking -= 1
            self._state.changed(Area.VIEW)
        level.details[item.jid] = room_details(info)

    def _tell(self, level: Level) -> None:
        level.changed()
        self._state.changed(Area.VIEW)
