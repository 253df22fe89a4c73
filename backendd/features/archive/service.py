"""Archives, the account's and those of rooms: from the cursor to now, backwards on demand."""

import asyncio
import contextlib

from backendd.api.errors import NotConnected
from backendd.api.words import Older
from backendd.core.conversations import Peer
from backendd.core.messages import OutboxDoubted, RoomEntered, RoomLeft
from backendd.core.profiles import Announced
from backendd.features.archive import stanza, store
from backendd.features.archive.fetching import Fetcher
from backendd.features.archive.filling import Filling
from backendd.features.archive.follower import Follower
from backendd.features.archive.results import OpenQueries
from backendd.features.archive.scrolling import Scrolling
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store import doubts, lanes
from backendd.store.ledger import Ledger


class Archive(Part):
    """Has the archives followed, each from its cursor to what comes live."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._queries = OpenQueries(home)
        self._follower = Follower(home, Fetcher(home, self._queries))
        self._rooms: dict[str, Follower] = {}
        self._entering: dict[str, asyncio.Task[None]] = {}
        self._filling = Filling(home, self._follower_of)
        self._scrolling = Scrolling(home, self._follower_of, self._filling)
        home.stream.on_message(stanza.RESULT, self._queries.take)
        home.events.subscribe(Announced, self._on_announced)
        home.events.subscribe(OutboxDoubted, self._on_doubted)
        home.events.subscribe(RoomEntered, self._on_room_entered)
        home.events.subscribe(RoomLeft, self._on_room_left)

    def replaced(self, ledger: Ledger) -> None:
        home = self._home
        store.fall_behind(ledger, home.stream.bound or home.own)

    def offline(self) -> None:
        self._follower.stop()
        self._scrolling.stop()
        self._filling.stop()
        for room in list(self._rooms):
            self._stop(room)

    def fetch_older(self, whom: Peer) -> Older:
        return self._scrolling.fetch(whom)

    def fill_gap(self, whom: Peer, message_id: int) -> None:
        self._filling.fill(whom, message_id)

    def _follower_of(self, whom: Peer) -> Follower | None:
        """Return who follows the archive of a conversation; private ones are in our own.

        Nobody reads the archive of a room from outside.
        """
        return self._rooms.get(whom.jid) if whom.kind == "room" else self._follower

    async def set_up(self, *, resumed: bool) -> None:
        await self._follower.follow(resumed=resumed)

    def _on_announced(self, event: Announced) -> None:
        self._follower.announced.set()

    def _on_doubted(self, event: OutboxDoubted) -> None:
        for address in event.archives:
            # Nobody reads the archive of a room from outside: then it waits until we enter it.
            follower = self._rooms.get(address) if address else self._follower
            if follower is not None:
                follower.look_again()

    def _on_room_entered(self, event: RoomEntered) -> None:
        if event.room in self._rooms:
            return
        follower = Follower(self._home, Fetcher(self._home, self._queries, event.room))
        self._rooms[event.room] = follower
        follower.announced.set()
        self._entering[event.room] = self._home.do_soon(
            _follow(follower, resumed=event.resumed), name="follow the archive of a room"
        )

    def _on_room_left(self, event: RoomLeft) -> None:
        if event.room in self._rooms:
            self._stop(event.room)
        self._home.write_soon(
            lambda ledger: _leave(ledger, event.room), name="leave the archive of a room"
        )

    def _stop(self, room: str) -> None:
        self._entering.pop(room).cancel()
        self._rooms.pop(room).stop()


def _leave(ledger: Ledger, room: str) -> None:
    store.leave(ledger, room)
    doubts.leave_lane(ledger, lanes.conversation(room))  # what it says back comes no more


async def _follow(follower: Follower, *, resumed: bool) -> None:
    with contextlib.suppress(NotConnected):  # it is told again that we are there
        await follower.follow(resumed=resumed)
