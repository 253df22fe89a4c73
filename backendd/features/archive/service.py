"""The account's archive: from the cursor to now after connecting, backwards on demand."""

import asyncio
import logging
from dataclasses import replace

from backendd.api.errors import NotConnected, ServerError, Timeout
from backendd.core import clock, xml
from backendd.core.inbound import Envelope
from backendd.core.messages import CaughtUp
from backendd.core.profiles import Announced
from backendd.features.archive import stanza, store
from backendd.features.archive.fetching import Fetcher, Run
from backendd.features.archive.scrolling import Scrolling
from backendd.features.archive.store import Known
from backendd.session.part import Part, Work
from backendd.session.session import Session
from backendd.store import outbox, pages
from backendd.store.ledger import Ledger
from backendd.store.places import Above, ByTime

log = logging.getLogger(__name__)

# Clocks differ, and stamps may be whole seconds.
MARGIN_US = 600 * 1_000_000
AGAIN_S = 30.0


class Archive(Part):
    """Follows the account's own archive, from the cursor to what comes live."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._fetcher = Fetcher(session)
        self._scrolling = Scrolling(session, self._fetcher)
        self._following: asyncio.Task[None] | None = None
        self._announced = asyncio.Event()
        session.subscribe(Announced, self._on_announced)

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
        store.fall_behind(ledger)

    def offline(self) -> None:
        self._announced.clear()
        self._fetcher.forget()
        self._scrolling.stop()
        if self._following is not None:
            self._following.cancel()
            self._following = None

    async def online(self, *, resumed: bool) -> None:
        session = self._session
        known = await session.store.read(lambda db: store.load(db, session.profile.id, session.own))
        if xml.MAM not in session.server_features or (resumed and known.is_caught_up):
            self._finish()
            return
        session.set_syncing(True)
        # The first page comes before presence brings what would overtake it.
        first_page = asyncio.Event()
        self._following = session.tasks.start(
            self._catch_up(first_page), name="catch up with the archive"
        )
        await first_page.wait()

    def _on_announced(self, event: Announced) -> None:
        if event.profile_id == self._session.profile.id:
            self._announced.set()

    # -- catching up

    async def _catch_up(self, first_page: asyncio.Event) -> None:
        while True:
            try:
                await self._try_to_catch_up(first_page)
            except NotConnected:
                return
            except (Timeout, ServerError) as error:
                log.warning("%s: the archive can't be read: %s", self._session.profile.name, error)
                if not isinstance(error, Timeout) and getattr(error, "type", "") != "wait":
                    self._finish()
                    return
            else:
                self._finish()
                return
            finally:
                first_page.set()
            # What may be there must not be sent again, so this can't be given up.
            await asyncio.sleep(AGAIN_S)

    def _finish(self) -> None:
        session = self._session
        session.set_syncing(False)
        session.hub.publish(CaughtUp(session.profile.id, session.sm_id))

    async def _try_to_catch_up(self, first_page: asyncio.Event) -> None:
        session = self._session
        known = await session.store.read(lambda db: store.load(db, session.profile.id, session.own))
        uncertain = await session.store.read(
            lambda db: outbox.oldest_uncertain(db, session.profile.id, session.sm_id)
        )
        run = Run(Above(known.began))
        if not known.cursor and not known.time:
            known, oldest = await self._first_look()
            if uncertain is not None and oldest > uncertain[1] - MARGIN_US:
                # Our own messages in flight lie below that page; what is there is history.
                below = Known(time=uncertain[1], began=known.began)
                known = await self._read_on(below, Run(ByTime(), way="past"), first_page)
        elif uncertain is not None:
            # They may also lie below the cursor.
            known = replace(known, cursor=uncertain[0], time=min(known.time, uncertain[1]))
        known = await self._read_on(known, run, first_page)
        first_page.set()
        # What came between the last answer and our presence was for nobody: a server whose
        # archive was asked doesn't keep it anywhere else.
        await self._announced.wait()
        await self._read_on(known, run, first_page, is_last=True)

    async def _read_on(
        self, known: Known, run: Run, first_page: asyncio.Event, *, is_last: bool = False
    ) -> Known:
        """Store all pages after `known`; after the last time live messages move the cursor."""
        is_complete = False
        while not is_complete:
            known, is_complete = await self._forward(known, run, is_last=is_last)
            if known.cursor:
                first_page.set()
        return known

    async def _forward(self, known: Known, run: Run, *, is_last: bool) -> tuple[Known, bool]:
        """Store the page after `known`; return what is known then and whether that is all."""
        start = max(known.time - MARGIN_US, 1) if not known.cursor else 0
        try:
            results, fin = await self._fetcher.ask(after=known.cursor, start=start)
        except ServerError as error:
            if not known.cursor or getattr(error, "condition", "") != "item-not-found":
                raise
            # The archive has forgotten our cursor, and perhaps what came after it.
            log.info("%s: the archive has lost our place in it", self._session.profile.name)
            run.gap_above = await self._session.store.read(pages.newest_id)
            return replace(known, cursor=""), False
        is_complete = fin.is_complete or not fin.last
        time = results[-1].time if results else known.time
        known = replace(
            known, cursor=fin.last or known.cursor, time=time, is_caught_up=is_complete and is_last
        )
        await self._fetcher.store(results, run, known)
        return known, is_complete

    async def _first_look(self) -> tuple[Known, int]:
        """Store the newest page of an archive of which nothing is known.

        Returns what is known then, and when the oldest of it was; 0 if that is all there is.
        """
        results, fin = await self._fetcher.ask(before="")
        # An empty archive is known as well: what comes into it from now on is new.
        time = results[-1].time if results else clock.now_us()
        known = Known(fin.last, time)
        # Whole seconds, as stamps may be: rather one message too many is unread than one too few.
        new_since = self._session.online_since // 1_000_000 * 1_000_000
        run = Run(ByTime(), way="past", new_since=new_since)
        await self._fetcher.store(results, run, known)
        return known, 0 if fin.is_complete or not results else results[0].time
