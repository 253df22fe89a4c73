"""The account's archive: from the cursor to now after connecting, backwards on demand."""

import asyncio
import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from backendd.api.errors import BackendError, InvalidJid, NotConnected, ServerError, Timeout
from backendd.core import clock, inbound, xml
from backendd.core.inbound import Envelope, Way
from backendd.core.messages import CaughtUp, HistoryWanted, Placing
from backendd.core.profiles import Announced
from backendd.features.archive import stanza, store
from backendd.features.archive.stanza import Fin, Query, Result
from backendd.features.archive.store import Known
from backendd.session import batch
from backendd.session.part import Part, Work
from backendd.session.session import Session
from backendd.store import outbox, pages
from backendd.store.ledger import Ledger
from backendd.store.places import Above, ByTime, First

log = logging.getLogger(__name__)

# Clocks differ, and stamps may be whole seconds.
MARGIN_US = 600 * 1_000_000
AGAIN_S = 30.0


@dataclass(slots=True)
class _CatchUp:
    """One run from the cursor to now. `gap_above`: ids above it came after what is lost."""

    placing: Placing
    way: Way = "catch_up"
    gap_above: int | None = None
    seen: set[str] = field(default_factory=set)


class Archive(Part):
    """Asks the account's own archive. Only answers to a question of ours are believed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._results: dict[str, list[Result]] = {}
        self._scrolling: dict[str, asyncio.Task[None]] = {}
        self._following: asyncio.Task[None] | None = None
        self._announced = asyncio.Event()
        session.subscribe(HistoryWanted, self._on_history_wanted)
        session.subscribe(Announced, self._on_announced)

    def message(self, envelope: Envelope, works: list[Work]) -> Envelope | None:
        query_id = stanza.query_id(envelope.stanza)
        if query_id is None:
            self._follow(envelope, works)
            return envelope
        results = self._results.get(query_id)
        if results is None or envelope.way != "live" or envelope.sender.full != self._session.own:
            log.warning("dropped an archived message nobody asked for")
            return None
        result = stanza.decode(envelope.stanza)
        if result is not None:
            results.append(result)
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
        self._results.clear()
        for task in (self._following, *self._scrolling.values()):
            if task is not None:
                task.cancel()
        self._following = None
        self._scrolling.clear()

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
        run = _CatchUp(Above(known.began))
        if not known.cursor and not known.time:
            known, oldest = await self._first_look()
            if uncertain is not None and oldest > uncertain[1] - MARGIN_US:
                # Our own messages in flight lie below that page; what is there is history.
                below = Known(time=uncertain[1], began=known.began)
                known = await self._read_on(below, _CatchUp(ByTime(), way="past"), first_page)
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
        self, known: Known, run: _CatchUp, first_page: asyncio.Event, *, is_last: bool = False
    ) -> Known:
        """Store all pages after `known`; after the last time live messages move the cursor."""
        is_complete = False
        while not is_complete:
            known, is_complete = await self._forward(known, run, is_last=is_last)
            if known.cursor:
                first_page.set()
        return known

    async def _forward(self, known: Known, run: _CatchUp, *, is_last: bool) -> tuple[Known, bool]:
        """Store the page after `known`; return what is known then and whether that is all."""
        start = max(known.time - MARGIN_US, 1) if not known.cursor else 0
        try:
            results, fin = await self._ask(after=known.cursor, start=start)
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
        await self._store(results, run, known)
        return known, is_complete

    async def _first_look(self) -> tuple[Known, int]:
        """Store the newest page of an archive of which nothing is known.

        Returns what is known then, and when the oldest of it was; 0 if that is all there is.
        """
        results, fin = await self._ask(before="")
        # An empty archive is known as well: what comes into it from now on is new.
        time = results[-1].time if results else clock.now_us()
        known = Known(fin.last, time)
        await self._store(results, _CatchUp(ByTime(), way="past"), known)
        return known, 0 if fin.is_complete or not results else results[0].time

    # -- scrolling back

    def _on_history_wanted(self, event: HistoryWanted) -> None:
        session, peer = self._session, event.peer
        if event.profile_id != session.profile.id or peer in self._scrolling:
            return
        task = session.tasks.start(self._scroll_back(peer), name="scroll back in the archive")
        self._scrolling[peer] = task
        task.add_done_callback(lambda ended: self._scrolled(peer, ended))

    def _scrolled(self, peer: str, task: asyncio.Task[None]) -> None:
        if self._scrolling.get(peer) is task:
            del self._scrolling[peer]

    async def _scroll_back(self, peer: str) -> None:
        session = self._session
        try:
            oldest, time = await session.store.read(
                lambda db: store.oldest_known(db, session.profile.id, session.own, peer)
            )
            has_news = False
            # A page may hold nothing to show: receipts, or what is here already.
            while not has_news:
                results, fin = await self._ask_before(peer, oldest, time)
                has_news = await self._store(results[::-1], _CatchUp(First(), way="past"), None)
                if fin.is_complete or not fin.first:
                    await session.store.write(lambda ledger: store.end(ledger, peer))
                    return
                oldest = fin.first
        except NotConnected:
            return
        except BackendError as error:
            log.warning("the archive can't be read further back: %s", error)

    async def _ask_before(self, peer: str, oldest: str, time: int) -> tuple[list[Result], Fin]:
        try:
            return await self._ask(peer=peer, before=oldest)
        except ServerError as error:
            if getattr(error, "condition", "") != "item-not-found" or not oldest:
                raise
            return await self._ask(peer=peer, before="", end=time)

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
        """Return a page. Its answer comes after the last of its results."""
        query = Query(
            uuid.uuid4().hex, self._session.config.history.archive_page, peer, start, end,
            after, before,
        )  # fmt: skip
        results = self._results[query.id] = []
        try:
            answer = await self._session.request("set", None, stanza.encode(query), timeout=60)
        finally:
            self._results.pop(query.id, None)
        return results, stanza.decode_fin(answer)

    async def _store(self, results: Sequence[Result], run: _CatchUp, known: Known | None) -> bool:
        """Store a page, and how far the archive is known then; return whether it brought news."""
        session = self._session
        works, peers = self._open(results, run)
        first_here = [peer for peer in peers if peer not in run.seen]
        run.seen.update(peers)
        ids = [result.id for result in results]

        def work(ledger: Ledger) -> bool:
            newest = pages.newest_id(ledger.db)
            ledger.do(works)
            if run.gap_above is not None:
                if store.knows_any(ledger, session.own, ids, run.gap_above):
                    run.gap_above = None  # both ends meet
                else:
                    store.mark_gaps(ledger, run.gap_above, first_here)
            if known is not None:
                store.save(ledger, session.own, known)
            return pages.newest_id(ledger.db) > newest

        return await session.store.write(work)

    def _open(self, results: Sequence[Result], run: _CatchUp) -> tuple[list[Work], list[str]]:
        """Return what is to be done about `results`, and whose conversations they belong to."""
        works: list[Work] = []
        peers: dict[str, None] = {}
        for result in results:
            taken: list[Work] = []
            try:
                envelope = self._envelope(result, run)
                batch.pass_on(envelope, self._session.parts, taken)
            except InvalidJid as error:
                log.warning("dropped an archived message from an impossible address: %s", error)
            except Exception:
                log.exception("dropped an archived message that a part can't take")
            else:
                works += taken
                peers[envelope.peer] = None
        return works, list(peers)

    def _envelope(self, result: Result, run: _CatchUp) -> Envelope:
        own = self._session.own
        sender, recipient = inbound.address(result.message, self._session.account_jid)
        return Envelope(
            stanza=result.message,
            own=own,
            sender=sender,
            recipient=recipient,
            way=run.way,
            time=result.time,
            archive_ids=((own, result.id),),
            placing=run.placing,
        )
