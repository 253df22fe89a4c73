"""The account's archive: from the cursor to now after connecting, backwards on demand."""

from backendd.core.inbound import Envelope
from backendd.core.profiles import Announced
from backendd.features.archive import stanza, store
from backendd.features.archive.fetching import Fetcher
from backendd.features.archive.follower import Follower
from backendd.features.archive.scrolling import Scrolling
from backendd.session.home import Home
from backendd.session.part import Part, Work
from backendd.store.ledger import Ledger


class Archive(Part):
    """Follows the account's own archive, from the cursor to what comes live."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._fetcher = Fetcher(home)
        self._follower = Follower(home, "", self._fetcher)
        self._scrolling = Scrolling(home, self._fetcher, self._follower.caught_up)
        home.events.subscribe(Announced, self._on_announced)

    def message(self, envelope: Envelope, works: list[Work]) -> Envelope | None:
        query_id = stanza.query_id(envelope.stanza)
        if query_id is None:
            self._follow(envelope, works)
            return envelope
        self._fetcher.take(envelope, query_id)
        return None

    def _follow(self, envelope: Envelope, works: list[Work]) -> None:
        if envelope.way not in ("live", "carbon") or not envelope.archive_ids:
            return
        archive, stanza_id = envelope.archive_ids[-1]
        works.append(lambda ledger: store.move_on(ledger, archive, stanza_id, envelope.time))

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
