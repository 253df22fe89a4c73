"""What became of an entry whose answer was lost: its service is asked for it."""

import asyncio
import logging

from backendd.api.errors import BackendError, NotConnected, UnknownItem
from backendd.blog import atom
from backendd.core.encoding import decode
from backendd.core.entries import Feed
from backendd.core.messages import OutboxDoubted
from backendd.core.passing import passes
from backendd.core.pubsub import Item
from backendd.features.blog_publishing.nodes import published
from backendd.session.home import Home
from backendd.store import doubts, lanes, outbox, publications, settling
from backendd.store.doubts import Asked

log = logging.getLogger(__name__)


class Asking:
    """Asks for what is in doubt, one after the other in each feed."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._turn = asyncio.Lock()
        self._again_s = home.missing.patience.again_s
        self._again: asyncio.Task[None] | None = None
        home.events.subscribe(OutboxDoubted, self._on_doubted)

    def _on_doubted(self, event: OutboxDoubted) -> None:
        self._home.do_soon(self.ask(), name="ask for entries")

    async def ask(self) -> None:
        """Settle what has arrived, and have sent again what hasn't."""
        home, is_silent = self._home, False
        async with self._turn:
            for feed in await home.store.read(publications.on_their_way):
                try:
                    await self._ask(feed)
                except BackendError as error:
                    log.info("%s: an entry stays in doubt: %s", home.profile.name, error)
                    if isinstance(error, NotConnected):
                        return
                    is_silent |= passes(error)
        if not is_silent:
            self._again_s = home.missing.patience.again_s
        elif self._again is None or self._again.done():
            self._again = home.do_soon(self._ask_later(), name="ask for entries again")

    async def _ask_later(self) -> None:
        seconds, patience = self._again_s, self._home.missing.patience
        self._again_s = min(2 * seconds, patience.again_max_s)
        await asyncio.sleep(seconds)
        self._again = None
        await self.ask()

    async def _ask(self, feed: Feed) -> None:
        store, lane = self._home.store, lanes.feed(feed)
        for asked in await store.read(lambda view: doubts.to_ask(view, lane)):
            is_done = await self._is_done(feed, asked)
            decide = settling.settle if is_done else doubts.send_again
            await store.write(lambda ledger, d=decide, a=asked: d(ledger, [a.id]))  # type: ignore[misc]

    async def _is_done(self, feed: Feed, asked: Asked) -> bool:
        """Return whether what was sent has been done."""
        stanza = decode(await self._home.store.read(lambda view: outbox.written(view, asked.id)))
        there = await self._there(feed, asked)
        wanted = published(stanza, self._home.own)
        if wanted is None:
            return there is None  # it takes back
        if there is None or there.payload is None:
            return False
        return _written(there) >= _written(wanted[1])

    async def _there(self, feed: Feed, asked: Asked) -> Item | None:
        items = self._home.pubsub.items
        try:
            found = await items.named(feed.node, [asked.item], service=asked.resolver)
        except UnknownItem:
            return None
        return found[0] if found else None


def _written(item: Item) -> int:
    """Return when an entry was written as it is; what is written over it says another time."""
    content = atom.decode(item.payload) if item.payload is not None else None
    return (content.updated or content.published or 0) if content is not None else 0
