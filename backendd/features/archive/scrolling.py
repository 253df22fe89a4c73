"""Scrolling back: what an archive has before the oldest message that is stored here."""

import asyncio
import logging

from backendd.api.errors import BackendError, NotConnected, ServerError, StorageError, Timeout
from backendd.api.words import Older
from backendd.core.conversations import Peer
from backendd.core.messages import HistoryAnswered
from backendd.features.archive import store
from backendd.features.archive.fetching import Fetch, Fetcher
from backendd.features.archive.filling import Filling
from backendd.features.archive.follower import Follower, FollowerOf
from backendd.features.archive.stanza import Fin, Result
from backendd.session.home import Home
from backendd.store.places import PlaceFirst

log = logging.getLogger(__name__)


class Scrolling:
    """Fetches the page before, one at a time in each conversation, when a frontend wants it."""

    def __init__(self, home: Home, follower: FollowerOf, filling: Filling) -> None:
        self._home = home
        self._follower = follower
        self._filling = filling
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def stop(self) -> None:
        """Give up what is being fetched."""
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()

    def fetch(self, whom: Peer) -> Older:
        """Begin to fetch what is before the oldest message; say if that is asked for now."""
        peer, follower = whom.jid, self._follower(whom)
        older = follower.older() if follower is not None else "offline"
        if follower is None or older != "server" or peer in self._tasks:
            return older
        work = self._scroll_back(whom, follower)
        task = self._home.tasks.start(work, name="scroll back in the archive")
        self._tasks[peer] = task
        task.add_done_callback(lambda ended: self._scrolled(peer, ended))
        return older

    def _scrolled(self, peer: str, task: asyncio.Task[None]) -> None:
        if self._tasks.get(peer) is task:
            del self._tasks[peer]

    async def _scroll_back(self, whom: Peer, follower: Follower) -> None:
        home, peer = self._home, whom.jid
        try:
            older = await self._fetch(whom, follower)
        except NotConnected:
            return  # whoever asked sees that there is no connection
        except StorageError as error:
            await home.storage_failed(error)
            return
        except BackendError as error:
            log.warning("the archive can't be read further back: %s", error)
            older = "offline"
        except Exception:
            log.exception("scrolling back in the archive failed")
            older = "offline"
        # Who wants more from here on is answered anew.
        self._tasks.pop(peer, None)
        home.events.publish(HistoryAnswered(peer, older))

    async def _fetch(self, whom: Peer, follower: Follower) -> Older:
        """Store what is before the oldest message; return what lies before it then."""
        home, peer, fetcher = self._home, whom.jid, follower.fetcher
        try:
            # What is caught up stands above what is here already, and this below it.
            async with asyncio.timeout(home.missing.patience.again_s):
                await follower.caught_up.wait()
        except TimeoutError as error:
            raise Timeout("the archive doesn't answer") from error
        # What is missing there is no older than the oldest message.
        await self._filling.settle(whom)
        if (older := follower.older()) != "server":
            return older
        oldest, time = await home.store.read(
            lambda view: store.oldest_known(view, fetcher.archive, peer)
        )
        asked: set[str] = set()
        has_news = False
        # A page may hold nothing to show: receipts, or what is here already.
        while not has_news:
            asked.add(oldest)
            results, fin = await _ask_before(fetcher, peer, oldest, time)
            fetch = Fetch(PlaceFirst(), way="past")
            has_news = await fetcher.store(results[::-1], fetch, None)
            if fin.is_complete or not fin.first:
                await home.store.write(lambda ledger: store.end(ledger, whom))
                return "end"
            if not fin.leads_to(fin.first, asked):
                log.warning("the archive repeats itself: it can't be read further back")
                await home.store.write(lambda ledger: store.mark_gap_below(ledger, peer))
                return "offline"
            oldest = fin.first
        return "server"


async def _ask_before(
    fetcher: Fetcher, peer: str, oldest: str, time: int
) -> tuple[list[Result], Fin]:
    # The archive of a room has nothing but what belongs to it.
    peer = "" if peer == fetcher.address else peer
    try:
        return await fetcher.ask(peer=peer, before=oldest)
    except ServerError as error:
        if error.condition != "item-not-found" or not oldest:
            raise
        return await fetcher.ask(peer=peer, before="", end=time)
