"""What blogs that are followed are called, as their services say."""

import logging

from backendd.api.errors import BackendError
from backendd.core.entries import Feed, FeedsChanged
from backendd.features.blog_discovery.directory import Directory
from backendd.session.home import Home
from backendd.store import feeds
from backendd.store.ledger import Ledger

log = logging.getLogger(__name__)


class Naming:
    """Asks for the names of blogs of services that have none here; each once on a stream."""

    def __init__(self, home: Home, directory: Directory) -> None:
        self._home = home
        self._directory = directory
        self._asked: set[Feed] = set()
        home.events.subscribe(FeedsChanged, self._on_changed)

    def forget(self) -> None:
        """Ask again: on another stream somebody may have said something else."""
        self._asked.clear()

    def _on_changed(self, event: FeedsChanged) -> None:
        if not self._home.stream.is_online:
            return
        for each in event.feeds:
            feed = Feed(each.service, each.node)
            # Accounts are called by whose they are.
            if not each.name and "@" not in each.service and feed not in self._asked:
                self._asked.add(feed)
                self._home.do_soon(self._name(feed), name="ask what a blog is called")

    async def _name(self, feed: Feed) -> None:
        try:
            said = await self._directory.metadata(feed.service, feed.node)
        except BackendError as error:
            log.debug("%s: a blog has no name: %s", self._home.profile.name, error)
            return

        def work(ledger: Ledger) -> None:
            feed_id = feeds.find(ledger, feed)
            if feed_id is not None and said.title:
                feeds.call(ledger, feed_id, said.title)

        await self._home.store.write(work)
