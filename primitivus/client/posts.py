"""Posts of blogs that are looked at: loaded, kept true, and told to be read."""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from backendd.api.contract import Blog
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.names import BLOG
from backendd.api.records import Entry
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.client.reading import AGAIN_S
from primitivus.model.accounts.account import Account
from primitivus.model.area import Area
from primitivus.model.attention import is_looked_at
from primitivus.model.blogs.discussion import commented
from primitivus.model.panes.kinds import is_post
from primitivus.model.panes.pane import Pane
from primitivus.model.state import State
from primitivus.sentences import tr

if TYPE_CHECKING:
    from primitivus.model.panes.post import PostPane

log = logging.getLogger(__name__)

GONE = tr("this post was taken back")
DISCARDED = tr("this post was discarded: it was never published")

_PAGE = 50


class PostsPart(Part):
    """Fills the panes of posts of its account."""

    def __init__(self, access: Access) -> None:
        self._blog = access.interface(Blog)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks

    def signals(self) -> Handlers:
        return {(BLOG, "Changed"): self._changed, (BLOG, "Retracted"): self._retracted}

    async def open(self, pane: "PostPane") -> None:
        """Load a post that is to be shown: asked for before that is drawn."""
        if self._is_ours(pane) and self._is_due(pane):
            await self._load(pane)

    def fill(self, pane: Pane) -> None:
        if is_post(pane) and self._is_ours(pane) and self._is_due(pane):
            self._tasks.start(self._load(pane), name="load a post")

    def _is_due(self, pane: "PostPane") -> bool:
        """Return whether a post is to be asked for, which it counts as from then on."""
        is_online = self._account.profile.state == "online"
        pane.was_online = pane.was_online and is_online
        if pane.is_asked and not (pane.error and is_online and not pane.was_online):
            return False
        # At once, for another frame may come before the answer does.
        pane.is_asked, pane.was_online = True, is_online
        return True

    def looked_at(self) -> None:
        for pane in self._state.layout.mains() if self._state.is_attached else ():
            if is_post(pane) and self._is_ours(pane) and pane.is_new:
                pane.is_read = True
                self._tasks.start(self._mark_read(pane), name="mark a post as read")

    async def download(self, entry: Entry, number: int, directory: str) -> int:
        """Have a file of an entry fetched; return the id of its transfer."""
        return await self._blog.download(entry.service, entry.node, entry.id, number, directory)

    async def beside(self, pane: "PostPane", by: int) -> "PostPane | None":
        """Return the pane of the next post of the blog, or of the one before; None: there is none.

        What the blog has is asked for as far as that takes.
        """
        row, found = pane.siblings, list[Entry]()
        while not row.is_all and (pane.id not in row.ids or pane.id == row.ids[-1]):
            page, more = await self._blog.list(pane.service, pane.node, limit=_PAGE, after=row.next)
            found += page
            row.add((each.id for each in page), str(more["next"]))
        id = row.beside(pane.id, by)
        return pane.beside(id, _of_id(found, id)) if id else None

    async def _load(self, pane: "PostPane") -> None:
        was_gone = pane.is_gone
        try:
            entry = await self._blog.get(*pane.key)
            on = commented(entry)
            if on is not None and on.key is not None:
                # What leads to a comment leads to what that is on.
                pane.lead_to(on.key, entry)
                entry = await self._blog.get(*pane.key)
            # What was told meanwhile is of later.
            is_gone = pane.is_gone and not was_gone
            is_older = pane.entry is not None and pane.entry.revision > entry.revision
            if not is_gone and not is_older:
                pane.show(entry)
        except (BackendError, LinkError) as error:
            # That it is gone may have been told meanwhile, and why.
            if pane.entry is None and not pane.is_gone:
                pane.show(None, str(error))
        self._state.changed(Area.VIEW)

    async def _mark_read(self, pane: "PostPane") -> None:
        try:
            await self._blog.mark_read(pane.service, pane.node, [pane.id])
        except (BackendError, LinkError) as error:
            log.info("a post could not be marked as read: %s", error)
            await asyncio.sleep(AGAIN_S)
            pane.is_read = False
            if is_looked_at(self._state):
                self.looked_at()

    def _changed(self, told: Iterable[Mapping[str, Any]]) -> None:
        entries = [from_wire(Entry, each) for each in told]
        for pane in self._panes():
            for entry in entries:
                if (entry.service, entry.node, entry.id) == pane.key:
                    self._take_over(pane, entry)

    def _take_over(self, pane: "PostPane", entry: Entry) -> None:
        if pane.entry is not None and pane.entry.revision >= entry.revision:
            return
        if entry.truncated:
            pane.is_asked = False  # what it says is asked for when it is in view
        else:
            pane.show(entry)
            pane.is_asked = True
        self._state.changed(Area.VIEW)

    def _retracted(self, service: str, node: str, ids: Sequence[str]) -> None:
        for pane in self._panes():
            if pane.key in [(service, node, id) for id in ids]:
                was_out = pane.entry is None or pane.entry.state not in ("pending", "failed")
                pane.show(None, GONE if was_out else DISCARDED, is_gone=True)
                pane.was_online = True
                self._state.changed(Area.VIEW)

    def _panes(self) -> Iterator["PostPane"]:
        return posts_of(self._state, self._account)

    def _is_ours(self, pane: "PostPane") -> bool:
        return self._state.at(pane.place) is self._account


def posts_of(state: State, account: Account) -> Iterator["PostPane"]:
    """Yield the panes of posts of an account that one can come back to, each once."""
    found = dict.fromkeys(each for trail in state.layout.trails for each in trail.panes())
    for pane in found:
        if is_post(pane) and state.at(pane.place) is account:
            yield pane


def _of_id(entries: Iterable[Entry], id: str) -> Entry | None:
    return next((each for each in entries if each.id == id), None)
