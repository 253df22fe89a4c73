"""From the cursor to now: what the archive has that is not here."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from backendd.api.errors import ServerError
from backendd.core import clock
from backendd.features.archive import store
from backendd.features.archive.fetching import Fetch, Fetcher
from backendd.features.archive.stanza import Fin, Result
from backendd.features.archive.store import Extent
from backendd.session.home import Home
from backendd.store import pages
from backendd.store.doubts import Uncertain
from backendd.store.places import PlaceAbove, PlaceByTime

log = logging.getLogger(__name__)

# Clocks differ, and stamps may be whole seconds.
MARGIN_US = 600 * 1_000_000


Warn = Callable[[str, str], None]
"""Tells something of a subject."""


class CatchUp:
    """One attempt to read an archive. `announced` is set when the server knows that we are there.

    `first_page` is set when that is here. An answer is waited for `wait_s`.
    """

    def __init__(
        self,
        home: Home,
        fetcher: Fetcher,
        announced: asyncio.Event,
        first_page: asyncio.Event,
        wait_s: float,
        warn: Warn,
    ) -> None:
        self._home = home
        self._fetcher = fetcher
        self._announced = announced
        self._first_page = first_page
        self._wait_s = wait_s
        self._warn = warn

    async def run(self, uncertain: Uncertain) -> None:
        """Return when the archive is known up to now, from before what is `uncertain` on."""
        home = self._home
        known = await home.store.read(lambda view: store.load(view, self._fetcher.archive))
        if not known.cursor and not known.time:
            known = await self._first_look(known.began, uncertain.time)
        elif uncertain.ids:
            # They may also lie below the cursor.
            known = replace(known, cursor=uncertain.cursor, time=min(known.time, uncertain.time))
        fetch = Fetch(PlaceAbove(known.began))
        known = await self._read_on(known, fetch)
        self._first_page.set()
        # What came between the last answer and our presence was for nobody: a server whose
        # archive was asked doesn't keep it anywhere else.
        await self._announced.wait()
        await self._read_on(known, fetch, is_last=True)

    async def _read_on(self, known: Extent, fetch: Fetch, *, is_last: bool = False) -> Extent:
        """Store all pages after `known`; after the last time live messages move the cursor."""
        page = await self._page_after(known, fetch)
        while True:
            if page is None:
                # The archive has forgotten our cursor, and perhaps what came after it.
                log.info("%s: the archive has lost our place in it", self._home.profile.name)
                fetch.begin_above_gap(await self._home.store.read(pages.newest_id))
                known = replace(known, cursor="")
                page = await self._page_after(known, fetch)
                continue
            results, fin = page
            is_complete = fin.is_complete or not fin.last
            if not is_complete and not fin.leads_to(fin.last, fetch.asked):
                return await self._skip(known, fetch, is_last=is_last)
            time = results[-1].time if results else known.time
            known = replace(
                known, cursor=fin.last or known.cursor, time=time,
                is_caught_up=is_complete and is_last,
            )  # fmt: skip
            storing = self._store(results, fetch, known)
            if is_complete:
                await storing
                return known
            # It is asked for first: the archive looks for the next page while this one is stored.
            page, _ = await asyncio.gather(self._page_after(known, fetch), storing)

    async def _page_after(self, known: Extent, fetch: Fetch) -> tuple[list[Result], Fin] | None:
        """Return the page after `known`; None where the archive doesn't know that place."""
        start = max(known.time - MARGIN_US, 1) if not known.cursor else 0
        fetch.asked.add(known.cursor)
        try:
            return await self._ask(after=known.cursor, start=start)
        except ServerError as error:
            if not known.cursor or error.condition != "item-not-found":
                raise
            return None

    async def _store(self, results: list[Result], fetch: Fetch, known: Extent) -> None:
        await self._fetcher.store(results, fetch, known)
        if known.cursor:
            self._first_page.set()

    async def _skip(self, known: Extent, fetch: Fetch, *, is_last: bool) -> Extent:
        """Store the newest page, and a gap below it: the archive can't be read up to there."""
        self._warn(
            "gap",
            "the server's archive repeats the same messages instead of the next ones; "
            "some may be missing",
        )
        fetch.begin_above_gap(await self._home.store.read(pages.newest_id))
        results, fin = await self._ask(before="")
        time = results[-1].time if results else known.time
        known = replace(known, cursor=fin.last or known.cursor, time=time, is_caught_up=is_last)
        await self._fetcher.store(results, fetch, known)
        return known

    async def _first_look(self, began: int, uncertain: int) -> Extent:
        """Store the newest page of an archive of which nothing is known; return what is then.

        What it had when it was asked is history, whatever its clock says: stamps may be whole
        seconds, and clocks differ. So is what is below that from the time `uncertain` on, if it
        isn't 0: then the first of our own messages went out that the archive may have. It is known
        only when all of that is here.
        """
        results, fin = await self._ask(before="")
        # An empty archive is known as well: what comes into it from now on is new.
        time = results[-1].time if results else clock.now_us()
        is_enough = fin.is_complete or not results
        start = 0 if is_enough else results[0].time
        known = Extent(fin.last, time, began=began, start=start)
        fetch = Fetch(PlaceByTime(began), way="past", below=start)
        if not uncertain or is_enough or results[0].time <= uncertain - MARGIN_US:
            await self._fetcher.store(results, fetch, known)
            return known
        await self._fetcher.store(results, fetch, None)
        self._first_page.set()
        await self._read_between(uncertain - MARGIN_US, results[0].time, began)
        archive = self._fetcher.archive
        await self._home.store.write(lambda ledger: store.save(ledger, archive, known))
        return known

    async def _read_between(self, start: int, end: int, began: int) -> None:
        """Store what the archive has between two times, as history."""
        fetch = Fetch(PlaceByTime(began), way="past")
        results, fin = await self._ask(start=max(start, 1), end=end)
        await self._fetcher.store(results, fetch, None)
        while not fin.is_complete and fin.leads_to(fin.last, fetch.asked):
            fetch.asked.add(fin.last)
            results, fin = await self._ask(after=fin.last, start=max(start, 1), end=end)
            await self._fetcher.store(results, fetch, None)

    async def _ask(
        self, *, after: str = "", before: str | None = None, start: int = 0, end: int = 0
    ) -> tuple[list[Result], Fin]:
        with self._home.missing.expecting("archive", about=self._fetcher.address):
            return await self._fetcher.ask(
                after=after, before=before, start=start, end=end, timeout=self._wait_s
            )
