"""Changes of entries go out over what they are changes of, and over nothing else."""

import asyncio
import logging

from backendd.api.errors import BackendError, EntryChanged, UnknownItem
from backendd.blog import items
from backendd.core import clock
from backendd.core.entries import Feed
from backendd.core.passing import passes
from backendd.core.pubsub import Item
from backendd.session.home import Home
from backendd.store import entry_rows, publication_rows
from backendd.store.entry_rows import Says

log = logging.getLogger(__name__)


class Unchanged:
    """Looks at what a service has of an entry, before a change of that is sent there."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def require(self, stanza_id: str, feed: Feed, item: Item) -> None:
        """Raise EntryChanged where what a stanza changes was changed or taken back meanwhile.

        Where the service never says what it has, nobody knows, and it goes out; where it doesn't
        say it now that is raised.
        """
        store = self._home.store
        if not await store.read(lambda view: publication_rows.is_based(view, stanza_id)):
            return
        try:
            there = await self._there(feed, item.id)
        except BackendError as error:
            if passes(error):
                raise
            log.info("whether an entry was changed elsewhere isn't known: %s", error)
            return
        if await store.write(lambda ledger: publication_rows.clashes(ledger, stanza_id, there)):
            what = "taken back" if there is None else "changed"
            raise EntryChanged(f"it was {what} elsewhere while this change of it waited")

    async def _there(self, feed: Feed, item: str) -> Says | None:
        service = "" if feed.service == self._home.own else feed.service
        try:
            found = await self._home.pubsub.items.named(feed.node, [item], service=service)
        except UnknownItem:
            return None
        read = await asyncio.to_thread(items.read, found)
        if not read:
            return None
        return entry_rows.read(feed, read[0].content, read[0].publisher, None, clock.now_us())
