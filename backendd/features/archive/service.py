"""The account's archive: from the cursor to now after connecting, backwards on demand."""

import asyncio
import logging
import uuid
from dataclasses import dataclass, field, replace

from backendd.api.errors import BackendError, NotConnected, ServerError, Timeout
from backendd.core import clock, inbound, xml
from backendd.core.inbound import Envelope, Way
from backendd.core.messages import CaughtUp, HistoryWanted, Placing
from backendd.features.archive import stanza, store
from backendd.features.archive.stanza import Fin, Query, Result
from backendd.features.archive.store import Known
from backendd.session import batch
from backendd.session.part import Part, Work
from backendd.session.session import Session
from backendd.store import messages, outbox, pages
from backendd.store.ledger import Ledger

log = logging.getLogger(__name__)

# Results come as messages, which are committed in batches, while the answer to the query takes
# the short way: it may be here first.
RESULTS_TIMEOUT = 20.0
# Clocks differ, and stamps may be whole seconds.
MARGIN_US = 600 * 1_000_000


@dataclass(slots=True)
class _Page:
    results: list[Result] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)


class Archive(Part):
    """Asks the account's own archive. Only answers to a question of ours are believed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pages: dict[str, _Page] = {}
        self._scrolling: set[str] = set()
        session.hub.subscribe(HistoryWanted, self._on_history_wanted)

    def message(self, envelope: Envelope, works: list[Work]) -> Envelope | None:
        query_id = stanza.query_id(envelope.stanza)
        if not query_id:
            if xml.child(envelope.stanza, xml.MAM, "result") is not None:
                return None
            self._follow(envelope, works)
            return envelope
        page = self._pages.get(query_id)
        if page is None or envelope.sender.full != self._session.own:
            log.warning("dropped an archived message nobody asked for")
            return None
        result = stanza.decode(envelope.stanza)
        if result is not None:
            page.results.append(result)
            page.came.set()
        return None

    def _follow(self, envelope: Envelope, works: list[Work]) -> None:
        if envelope.way not in ("live", "carbon"):
            return
        for archive, stanza_id in envelope.archive_ids:
            works.append(
                lambda ledger, archive=archive, stanza_id=stanza_id: store.move_on(  # type: ignore[misc]
                    ledger, archive, stanza_id, envelope.time
                )
            )

    def replaced(self, ledger: Ledger) -> None:
        store.fall_behind(ledger)

    def offline(self) -> None:
        for page in self._pages.values():
            page.came.set()
        self._pages.clear()
        self._scrolling.clear()

    async def online(self, *, resumed: bool) -> None:
        session = self._session
        known = await session.store.read(lambda db: store.load(db, session.profile.id, session.own))
        if xml.MAM not in session.server_features or (resumed and known.is_caught_up):
            session.hub.publish(CaughtUp(session.profile.id))
            return
        session.set_syncing(True)
        try:
            await self._begin(known)
        except ServerError as error:
            log.warning("%s: the archive can't be read: %s", session.profile.name, error)
            self._finish()

    # -- catching up

    async def _begin(self, known: Known) -> None:
        """Ask the first page, and the others in the background."""
        session = self._session
        newest = await session.store.read(pages.newest_id)
        uncertain = await session.store.read(
            lambda db: outbox.oldest_uncertain(db, session.profile.id, session.sm_id)
        )
        if not known.cursor and not known.time:
            await self._first_look(uncertain)
            return
        if uncertain is not None:
            # Our own messages in flight may lie below the cursor.
            cursor, time = uncertain
            known = replace(known, cursor=cursor, time=min(known.time, time))
        placing = messages.place_above(newest)
        try:
            known, is_complete = await self._forward(known, placing)
        except ServerError as error:
            if getattr(error, "condition", "") != "item-not-found":
                raise
            # The archive has forgotten our cursor, and perhaps what came after it.
            known = Known("", known.time)
            known, is_complete = await self._forward(known, placing, is_gap=True)
        if is_complete:
            self._finish()
        else:
            session.tasks.start(self._go_on(known, placing), name="catch up with the archive")

    async def _go_on(self, known: Known, placing: Placing) -> None:
        try:
            is_complete = False
            while not is_complete:
                known, is_complete = await self._forward(known, placing)
        except NotConnected:
            return
        except BackendError as error:
            log.warning("the archive can't be read to its end: %s", error)
        self._finish()

    def _finish(self) -> None:
        self._session.set_syncing(False)
        self._session.hub.publish(CaughtUp(self._session.profile.id))

    async def _forward(
        self, known: Known, placing: Placing, *, is_gap: bool = False
    ) -> tuple[Known, bool]:
        """Store the page after `known`; return what is known then and whether that is all."""
        start = max(known.time - MARGIN_US, 1) if not known.cursor else 0
        results, fin = await self._ask(after=known.cursor, start=start)
        is_complete = fin.is_complete or not results
        if results:
            known = Known(results[-1].id, results[-1].time)
        known = replace(known, is_caught_up=is_complete)
        await self._store(results, "catch_up", placing, known, is_gap=is_gap)
        return known, is_complete

    async def _first_look(self, uncertain: tuple[str, int] | None) -> None:
        """Store the newest page of an archive of which nothing is known."""
        results, _ = await self._ask(before="")
        # An empty archive is known as well: what comes into it from now on is new.
        known = Known(results[-1].id, results[-1].time) if results else Known("", clock.now_us())
        oldest = results[0].time if results else 0
        await self._store(results, "past", None, replace(known, is_caught_up=True))
        if uncertain is not None and oldest > uncertain[1] - MARGIN_US:
            await self._go_on(Known("", uncertain[1]), messages.place_last)
            return
        self._finish()

    # -- scrolling back

    def _on_history_wanted(self, event: HistoryWanted) -> None:
        session = self._session
        if event.profile_id != session.profile.id or event.peer in self._scrolling:
            return
        self._scrolling.add(event.peer)
        session.tasks.start(self._scroll_back(event.peer), name="scroll back in the archive")

    async def _scroll_back(self, peer: str) -> None:
        try:
            while not await self._backward(peer):
                pass
        except NotConnected:
            return
        except BackendError as error:
            log.warning("the archive can't be read further back: %s", error)
        finally:
            self._scrolling.discard(peer)

    async def _backward(self, peer: str) -> bool:
        """Store the page before what is known of `peer`; return whether that brought anything."""
        session = self._session
        oldest, time = await session.store.read(
            lambda db: store.oldest_known(db, session.profile.id, session.own, peer)
        )
        try:
            results, fin = await self._ask(peer=peer, before=oldest)
        except ServerError as error:
            if getattr(error, "condition", "") != "item-not-found" or not oldest:
                raise
            results, fin = await self._ask(peer=peer, before="", end=time)
        await self._store(results[::-1], "past", messages.place_first, None)
        if fin.is_complete or not results:
            await session.store.write(lambda ledger: store.end(ledger, peer))
            return True
        newer, _ = await session.store.read(
            lambda db: store.oldest_known(db, session.profile.id, session.own, peer)
        )
        return newer != oldest

    # -- one page

    async def _ask(
        self,
        *,
        peer: str = "",
        after: str = "",
        before: str | None = None,
        start: int = 0,
        end: int = 0,
    ) -> tuple[list[Result], Fin]:
        query = Query(
            uuid.uuid4().hex, self._session.config.history.archive_page, peer, start, end,
            after, before,
        )  # fmt: skip
        page = self._pages[query.id] = _Page()
        try:
            answer = await self._session.request("set", None, stanza.encode(query), timeout=60)
            fin = stanza.decode_fin(answer)
            await asyncio.wait_for(self._all_came(query.id, page, fin), RESULTS_TIMEOUT)
        except TimeoutError as error:
            raise Timeout("the archive announced messages that did not come") from error
        finally:
            self._pages.pop(query.id, None)
        return page.results, fin

    async def _all_came(self, query_id: str, page: _Page, fin: Fin) -> None:
        while fin.last and not any(result.id == fin.last for result in page.results):
            if query_id not in self._pages:
                raise NotConnected("the connection was lost")
            page.came.clear()
            await page.came.wait()

    async def _store(
        self,
        results: list[Result],
        way: Way,
        placing: Placing | None,
        known: Known | None,
        *,
        is_gap: bool = False,
    ) -> None:
        """Store `results`, and with them how far the archive is known now."""
        session = self._session
        works: list[Work] = []
        for result in results:
            taken: list[Work] = []
            try:
                envelope = self._envelope(result, way, placing, is_gap=is_gap)
                is_gap = False
                batch.pass_on(envelope, session.parts, taken)
            except Exception:
                log.exception("dropped an archived message that a part can't take")
            else:
                works += taken

        def work(ledger: Ledger) -> None:
            batch.do(works, ledger)
            if known is not None:
                store.save(ledger, session.own, known)

        await session.store.write(work)

    def _envelope(
        self, result: Result, way: Way, placing: Placing | None, *, is_gap: bool
    ) -> Envelope:
        own = self._session.own
        sender, recipient = inbound.address(result.message, self._session.account_jid)
        return Envelope(
            stanza=result.message,
            own=own,
            sender=sender,
            recipient=recipient,
            way=way,
            time=result.time,
            archive_ids=((own, result.id),),
            placing=placing,
            is_gap=is_gap,
        )
