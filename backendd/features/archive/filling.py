"""Filling gaps: what an archive has between two messages that are stored here."""

import asyncio
import logging

from backendd.api.errors import BackendError, NotConnected, StorageError
from backendd.core.conversations import Peer
from backendd.core.messages import CaughtUp
from backendd.features.archive import store
from backendd.features.archive.catching_up import MARGIN_US
from backendd.features.archive.fetching import Fetch, Fetcher
from backendd.features.archive.follower import FollowerOf
from backendd.features.archive.store import Gap
from backendd.session.home import Home
from backendd.store import pages
from backendd.store.places import PlaceInGap

log = logging.getLogger(__name__)


class Filling:
    """Fetches what is missing before a message that somebody looks at, as soon as that can be.

    It is asked for once on a stream, and never again once the archive has brought all that it has.
    """

    def __init__(self, home: Home, follower: FollowerOf) -> None:
        self._home = home
        self._follower = follower
        self._wanted: dict[int, Peer] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}  # of this stream, also those that ended
        home.events.subscribe(CaughtUp, self._on_caught_up)

    def stop(self) -> None:
        """Give up what is being fetched; it is wanted still."""
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()

    def fill(self, whom: Peer, message_id: int) -> None:
        """Have the gap before a message filled."""
        self._wanted[message_id] = whom
        self._begin()

    async def settle(self, whom: Peer) -> None:
        """Return once no gap of a conversation is being filled."""
        tasks = [
            task
            for message_id, task in self._tasks.items()
            if not task.done() and self._wanted.get(message_id) == whom
        ]
        if tasks:
            await asyncio.wait(tasks)

    def _on_caught_up(self, event: CaughtUp) -> None:
        self._begin()

    def _begin(self) -> None:
        for message_id, whom in self._wanted.items():
            follower = self._follower(whom)
            if follower is None or message_id in self._tasks:
                continue
            # What is caught up comes first: it may be what is missing.
            if follower.caught_up.is_set() and follower.older() == "server":
                work = self._fill(follower.fetcher, whom, message_id)
                task = self._home.tasks.start(work, name="fill a gap from the archive")
                self._tasks[message_id] = task

    async def _fill(self, fetcher: Fetcher, whom: Peer, message_id: int) -> None:
        home = self._home
        try:
            gap = await home.store.read(lambda view: store.gap_before(view, message_id))
            if gap is not None:
                await self._read(fetcher, whom, message_id, gap)
        except NotConnected:
            return  # it is wanted on the next stream
        except StorageError as error:
            await home.storage_failed(error)
            return
        except BackendError as error:
            log.warning("a gap can't be filled from the archive: %s", error)
        except Exception:
            log.exception("filling a gap from the archive failed")
        self._wanted.pop(message_id, None)

    async def _read(self, fetcher: Fetcher, whom: Peer, message_id: int, gap: Gap) -> None:
        """Store what the archive has of that time, upwards; then it is known what is missing."""
        home, after, asked = self._home, "", set[str]()
        has_below = False
        # The archive of a room has nothing but what belongs to it.
        peer = "" if whom.jid == fetcher.address else whom.jid
        start, end = max(gap.below - MARGIN_US, 1), gap.above + MARGIN_US
        fetch = Fetch(PlaceInGap(message_id, await home.store.read(pages.newest_id)), way="past")
        while True:
            asked.add(after)
            results, fin = await fetcher.ask(peer=peer, after=after, start=start, end=end)
            ids = [each.id for each in results]
            ends = await home.store.read(
                lambda view, ids=ids: store.ends_of(  # type: ignore[misc]
                    view, fetcher.archive, message_id, ids
                )
            )
            has_below = has_below or ends.has_below
            await fetcher.store(results, fetch, None)
            if ends.has_above or fin.is_complete or not fin.last:
                break
            if not fin.leads_to(fin.last, asked):
                log.warning("the archive repeats itself: a gap stays")
                return
            after = fin.last
        await home.store.write(
            lambda ledger: store.settle_gap(ledger, message_id, is_filled=has_below)
        )
