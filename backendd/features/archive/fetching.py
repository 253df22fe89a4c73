"""Pages of the archive: asked for, taken as they come, and stored."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from backendd.core import clock, jid
from backendd.core.inbound import Arrival, Way
from backendd.core.messages import Placing
from backendd.features.archive import stanza, store
from backendd.features.archive.results import OpenQueries, Results
from backendd.features.archive.stanza import Fin, Query, Result
from backendd.features.archive.store import Extent
from backendd.session.home import Home
from backendd.store import pages
from backendd.store.ledger import Ledger


@dataclass(slots=True)
class Fetch:
    """Some pages in a row, and what their messages are to us.

    `below` is where a first look ends, from before which all is history; None where it is none.
    `gap_above`: ids above it came after what is lost. `seen` are the peers of all pages, `asked`
    the places in the archive from which one was asked for.
    """

    placing: Placing
    way: Way = "catch_up"
    below: int | None = None
    gap_above: int | None = None
    seen: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)

    def begin_above_gap(self, newest_id: int) -> None:
        """Take note that what comes now doesn't follow on what is here."""
        self.gap_above = newest_id
        self.seen.clear()


class Fetcher:
    """Asks the archive of `address`, as a bare JID; empty: the account's own."""

    def __init__(self, home: Home, queries: OpenQueries, address: str = "") -> None:
        self.address = address
        self._home = home
        self._open = queries.open

    @property
    def archive(self) -> str:
        """Whose archive it is, as a bare JID."""
        return self.address or self._home.own

    async def ask(
        self,
        *,
        peer: str = "",
        after: str = "",
        before: str | None = None,
        start: int = 0,
        end: int = 0,
        timeout: float = 60,
    ) -> tuple[list[Result], Fin]:
        """Return a page. Its answer comes after the last of its results."""
        query = Query(
            uuid.uuid4().hex, self._home.config.history.archive_page, peer, start, end,
            after, before,
        )  # fmt: skip
        found = self._open[query.id] = Results(jid.received(self.archive), query)
        try:
            answer = await self._home.stream.request(
                "set", self.address or None, stanza.encode(query), timeout=timeout
            )
        finally:
            del self._open[query.id]
        results, fin = found.close(stanza.decode_fin(answer, found.count))
        return stanza.with_times(results, otherwise=end or start or clock.now_us()), fin

    async def store(self, results: Sequence[Result], fetch: Fetch, known: Extent | None) -> bool:
        """Store a page, and how far the archive is known then; return whether it brought news."""
        home = self._home
        context = home.context()
        opened = home.inbound.open(context, [self._arrival(each, fetch) for each in results])
        for message, error in opened.lost:
            home.warn_of_nobody(message, error)
        first_here = [peer for peer in opened.peers if peer not in fetch.seen]
        fetch.seen.update(opened.peers)
        ids = [result.id for result in results]

        def work(ledger: Ledger) -> bool:
            newest = pages.newest_id(ledger)
            home.inbound.run(ledger, context, opened)
            if fetch.gap_above is not None:
                if store.knows_any(ledger, self.archive, ids, fetch.gap_above):
                    fetch.gap_above = None  # both ends meet
                else:
                    store.mark_gaps(ledger, fetch.gap_above, first_here)
            if fetch.below is not None:
                store.let_be_history(ledger, self.archive, ids, fetch.below)
            if known is not None:
                store.save(ledger, self.archive, known)
            return pages.newest_id(ledger) > newest

        return await home.store.write(work)

    def _arrival(self, result: Result, fetch: Fetch) -> Arrival:
        return Arrival(
            stanza=result.message,
            way=fetch.way,
            time=result.time,
            archive=self.archive,
            archive_id=result.id,
            placing=fetch.placing,
        )
