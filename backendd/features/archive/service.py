"""The account's archive: from the cursor to now after connecting, backwards on demand."""

from backendd.core.profiles import Announced
from backendd.features.archive import stanza, store
from backendd.features.archive.fetching import Fetcher
from backendd.features.archive.follower import Follower
from backendd.features.archive.scrolling import Scrolling
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store.ledger import Ledger


class Archive(Part):
    """Follows the account's own archive, from the cursor to what comes live."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._fetcher = Fetcher(home)
        self._follower = Follower(home, "", self._fetcher)
        self._scrolling = Scrolling(home, self._fetcher, self._follower.caught_up)
        home.stream.on_message(stanza.RESULT, self._fetcher.take)
        home.events.subscribe(Announced, self._on_announced)

    def replaced(self, ledger: Ledger) -> None:
        home = self._home
        store.fall_behind(ledger, home.stream.bound or home.own)

    def offline(self) -> None:
        self._follower.stop()
        self._scrolling.stop()

    async def set_up(self, *, resumed: bool) -> None:
        await self._follower.follow(resumed=resumed)

    def _on_announced(self, event: Announced) -> None:
        self._follower.announced.set()
