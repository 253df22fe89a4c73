"""What blogs that are followed are called, as their services say."""

import logging
from collections.abc import Sequence

from backendd.api.errors import BackendError, NotConnected, Timeout
from backendd.core import clock
from backendd.core.entries import Feed, FeedsChanged
from backendd.core.node_metadata import Metadata
from backendd.session.home import Home
from backendd.store import feeds

log = logging.getLogger(__name__)

OLD_US = 24 * 3600 * 1_000_000
"""So long holds what a service has said."""


class Naming:
    """Asks what blogs of services are called that have no name, or one that is old.

    On one stream it asks once. A name that another client of ours has given stays.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._asked: set[Feed] = set()
        home.events.subscribe(FeedsChanged, self._on_changed)

    def forget(self) -> None:
        """Ask again what is old: there is another stream."""
        self._asked.clear()

    def _on_changed(self, event: FeedsChanged) -> None:
        if not self._home.stream.is_online:
            return
        there = (Feed(each.service, each.node) for each in event.feeds)
        # Accounts are called by whose they are.
        found = [each for each in there if "@" not in each.service and each not in self._asked]
        if found:
            self._asked.update(found)
            self._home.do_soon(self._name(found), name="ask what blogs are called")

    async def _name(self, found: Sequence[Feed]) -> None:
        before = clock.now_us() - OLD_US
        for feed in await self._home.store.read(lambda view: feeds.unnamed(view, found, before)):
            self._home.do_soon(self._ask(feed), name="ask what a blog is called")

    async def _ask(self, feed: Feed) -> None:
        name = ""
        try:
            name = Metadata.of(await self._home.disco.info(feed.service, feed.node)).title
        except (NotConnected, Timeout):
            return  # the next stream asks
        except BackendError as error:
            log.debug("%s: a blog has no name: %s", self._home.profile.name, error)
        now = clock.now_us()
        await self._home.store.write(lambda ledger: feeds.call(ledger, feed, name, now))
