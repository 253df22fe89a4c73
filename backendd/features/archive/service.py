"""The account's archive: from the cursor to now after connecting, backwards on demand."""

import asyncio
import contextlib

from backendd.core import xml
from backendd.core.inbound import Envelope
from backendd.core.messages import CaughtUp
from backendd.core.profiles import Announced
from backendd.features.archive import stanza, store
from backendd.features.archive.catching_up import CatchUp
from backendd.features.archive.fetching import Fetcher
from backendd.features.archive.scrolling import Scrolling
from backendd.session.home import Home
from backendd.session.part import Part, Work
from backendd.store import doubts
from backendd.store.ledger import Ledger


class Archive(Part):
    """Follows the account's own archive, from the cursor to what comes live."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._fetcher = Fetcher(home)
        self._announced = asyncio.Event()
        self._caught_up = asyncio.Event()
        self._scrolling = Scrolling(home, self._fetcher, self._caught_up)
        self._following: asyncio.Task[None] | None = None
        home.events.subscribe(Announced, self._on_announced)
        home.events.subscribe(CaughtUp, self._on_caught_up)

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
        self._announced.clear()
        self._caught_up.clear()
        self._fetcher.forget()
        self._scrolling.stop()
        if self._following is not None:
            self._following.cancel()
            self._following = None

    async def set_up(self, *, resumed: bool) -> None:
        home = self._home
        known = await home.store.read(lambda view: store.load(view, home.own))
        if not (resumed and known.is_caught_up):
            await home.server.discovered()
        if not home.server.may_have(xml.MAM) or (resumed and known.is_caught_up):
            home.events.publish(CaughtUp(home.stream.sm_id))
            return
        catch_up = CatchUp(home, self._fetcher, self._announced)
        self._following = home.tasks.start(catch_up.run(), name="catch up with the archive")
        # The first page comes before presence brings what would overtake it.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(home.missing.patience.short_s):
                await catch_up.first_page.wait()

    def _on_announced(self, event: Announced) -> None:
        self._announced.set()

    def _on_caught_up(self, event: CaughtUp) -> None:
        home = self._home
        if event.sm_id == home.stream.sm_id:
            self._caught_up.set()
            home.write_soon(_send_again, name="send again what the archive lacks")


def _send_again(ledger: Ledger) -> None:
    uncertain = doubts.of_archive(ledger, "")
    if uncertain is not None:
        doubts.send_again(ledger, uncertain.ids)
