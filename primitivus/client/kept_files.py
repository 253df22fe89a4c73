"""What is told of the files of a post, for the draft of a change of it, which may keep them."""

import logging
from typing import TYPE_CHECKING

from backendd.api.contract import Blog
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from primitivus.client.part import Access, Part
from primitivus.model.area import Area
from primitivus.model.blogs.post_drafts import feed_of_draft
from primitivus.model.panes.kinds import is_draft
from primitivus.model.panes.pane import Pane

if TYPE_CHECKING:
    from primitivus.model.panes.draft import DraftPane

log = logging.getLogger(__name__)


class KeptFilesPart(Part):
    """Has drafts know the posts that they change, where these have files that stay."""

    def __init__(self, access: Access) -> None:
        self._calls = access.interface(Blog)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks

    def fill(self, pane: Pane) -> None:
        if not is_draft(pane) or self._state.at(pane.place) is not self._account:
            return
        id, kept = str(pane.draft.entry.get("id", "")), pane.draft.entry.get("enclosures")
        if id and kept and pane.asks_post and self._state.is_attached:
            pane.asks_post = False
            self._tasks.start(self._ask(pane, id), name="ask for the post of a draft")

    async def _ask(self, pane: "DraftPane", id: str) -> None:
        feed = feed_of_draft(pane.draft, self._account.profile.jid)
        try:
            pane.post = await self._calls.get(*feed, id)
        except (BackendError, LinkError) as error:
            log.info("nothing is told of the files of a post: %s", error)
        self._state.changed(Area.VIEW)
