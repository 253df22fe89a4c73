"""Our being in one room: entered, followed, entered again until the user leaves it."""

import asyncio
import contextlib
import logging
from dataclasses import replace

from backendd.api import records
from backendd.api.errors import BackendError, NotConnected, ServerError, StorageError, UnknownRoom
from backendd.api.words import RoomState, WarningWord
from backendd.core import clock, jid
from backendd.core.authors import Occupancy
from backendd.core.messages import RoomEntered, RoomLeft
from backendd.features.rooms import reasons, standing, stanza
from backendd.features.rooms.answers import Answers
from backendd.features.rooms.entering import Entered, Entering
from backendd.features.rooms.model import Refused, Seen
from backendd.features.rooms.occupants import Occupants
from backendd.session.home import Home
from backendd.store.rooms import Wish

log = logging.getLogger(__name__)

WARNING: WarningWord = "nick"


class Attendance:
    """One room that is known; one attempt at a time is made to enter it."""

    def __init__(self, home: Home, wish: Wish) -> None:
        self.room = wish.room
        self.wish = wish
        self.state: RoomState = "waiting" if wish.is_wanted else "out"
        self.error: BackendError | None = None
        self.occupants = Occupants()
        self.is_there = wish.room in home.rooms.joined  # on the stream that is, or may be resumed
        self.is_whole = False  # all occupants are known
        self.has_made = False  # it wasn't there before
        self._home = home
        self.answers = Answers()
        self.entering = Entering(home, wish.room, self.answers)
        self._task: asyncio.Task[None] | None = None
        self._moved = asyncio.Event()
        self._since = 0.0  # when we came in
        self._wait_s = home.missing.patience.short_s

    @property
    def nick(self) -> str:
        """The nick that we have; empty while we have none."""
        us = self._home.rooms.joined.get(self.room)
        return us.nick if us is not None and self.state == "in" else ""

    # -- in

    def begin(
        self, *, is_back: bool = False, is_first: bool = False, is_public: bool = False
    ) -> None:
        """Have the room entered, if that isn't tried already.

        `is_back`: the stream has us there already. `is_first`: nothing goes on where it fails.
        """
        if self.state == "waiting":
            self._stop()
        if self._task is None or self._task.done():
            self.entering.is_public = is_public
            self._know_nobody(is_there=is_back)
            self._become("joining")
            work = self._run(is_back=is_back, is_first=is_first)
            self._task = self._home.tasks.start(work, name="enter a room")

    async def entered(self) -> None:
        """Return when we are in; raises why that isn't so."""
        while self.state != "in":
            if self.state == "out" or self.error is not None:
                raise self.error or UnknownRoom(f"you are not in {jid.shown(self.room)}; join it")
            if self.state == "waiting":
                raise NotConnected(f"{jid.shown(self.room)} is entered when there is a connection")
            await self._moved.wait()

    async def admitted(self) -> None:
        """Return when we are in, however long that takes; raises why that won't be."""
        while self.state != "in":
            if self.state == "out":
                raise self.error or UnknownRoom(f"you are not in {jid.shown(self.room)}; join it")
            await self._moved.wait()

    async def _run(self, *, is_back: bool, is_first: bool) -> None:
        try:
            while not await self._attempt(is_back=is_back, is_first=is_first):
                await self._pause()
        except NotConnected:
            self._become("waiting")
        except StorageError as error:
            await self._home.storage_failed(error)

    async def _pause(self) -> None:
        """Let some time pass before the next attempt, each time more."""
        await asyncio.sleep(self._wait_s)
        self._wait_s = min(2 * self._wait_s, self._home.missing.patience.again_max_s)
        self._become("joining")

    async def _attempt(self, *, is_back: bool, is_first: bool) -> bool:
        """Return whether there is no more to try."""
        try:
            entered = await self.entering.run(self.wish, is_back=is_back)
        except (NotConnected, StorageError):
            raise
        except BackendError as error:
            self._vacate()
            error = reasons.barred(error, self.entering.ban)
            is_over = is_first or not reasons.is_passing(error)
            self._become("out" if is_over else "waiting", error)
            return is_over
        except Exception:
            log.exception("a room can't be entered")
            self._vacate()
            self._become("out", BackendError("it can't be entered, for an internal reason"))
            return True
        self._settle(entered, is_back=is_back)
        return True

    def _settle(self, entered: Entered, *, is_back: bool) -> None:
        home, wanted = self._home, self.wish.nick
        if entered.us.nick == wanted:
            home.warnings.settle(WARNING, self.room)
        else:
            home.warnings.add(
                WARNING,
                self.room,
                f"{jid.shown(wanted)} can't be had in {jid.shown(self.room)}: there you are "
                f"{jid.shown(entered.us.nick)}",
            )
        self._since = asyncio.get_running_loop().time()
        self.is_there = self.is_whole = True
        self.has_made = entered.us.has_made or (is_back and self.has_made)
        self._become("in")
        home.events.publish(RoomEntered(self.room, resumed=is_back))

    def resume(self) -> None:
        """Take note that the connection is there again, on which we are still in."""
        self._become("in")
        self._home.events.publish(RoomEntered(self.room, resumed=True))

    # -- while we are in

    def see(self, seen: Seen | Refused) -> records.Occupant | records.Left | None:
        """Take what the room says of somebody; return who is different, if that is told."""
        if isinstance(seen, Refused):
            self.answers.see(seen)
            return None
        changed = self.occupants.see(seen)
        if seen.is_us:
            self._see_us(seen)
        self.answers.see(seen)
        return changed if self.state == "in" else None

    def _see_us(self, seen: Seen) -> None:
        us, is_in = self._home.rooms.joined.get(self.room), self.state == "in"
        if us is None or (is_in and seen.nick != us.nick):
            return  # whatever is said of somebody else
        if seen.occupant is not None:
            us = us.called(seen.nick, clock.now_us())
            self._be(replace(us, occupant_id=seen.occupant.occupant_id))
        elif seen.left is not None and seen.left.new_nick:
            self._be(us.called(seen.left.new_nick, clock.now_us()))
        elif is_in:
            self._ousted(reasons.ousted(seen))

    def asked(self, stanza_id: str) -> None:
        """Have what keeps us out told: the room wants something answered first."""
        if self.answers.await_user(stanza_id):
            self._become(self.state, reasons.asks(self.room))

    def lost(self) -> None:
        """Enter the room anew: it doesn't have us any more, and never said so."""
        if self.state == "in":
            self._ousted(ServerError(f"{jid.shown(self.room)} has lost you", type="wait"))

    def _be(self, us: Occupancy) -> None:
        rooms_now = self._home.rooms
        self._home.rooms = rooms_now.entered(self.room, us, has_ids=self.room in rooms_now.archives)

    def _ousted(self, error: BackendError) -> None:
        self._vacate()
        if reasons.is_passing(error):
            self._become("waiting", error)
            self._task = self._home.tasks.start(self._again(), name="enter a room again")
        else:
            self._become("out", error)

    async def _again(self) -> None:
        """Enter the room again after a while: a short one, if we were in for long."""
        patience = self._home.missing.patience
        if asyncio.get_running_loop().time() - self._since > patience.again_s:
            self._wait_s = patience.short_s
        await self._pause()
        await self._run(is_back=False, is_first=False)

    # -- out

    def offline(self) -> None:
        """Take note that the stream is gone; where it is resumed we are in still."""
        self._stop()
        if self.state in ("joining", "in"):
            self._become("waiting")

    def leave(self) -> None:
        """Leave the room, and don't try to enter it."""
        self._stop()
        us = self._home.rooms.joined.get(self.room)
        if us is not None and self._home.stream.is_online:
            with contextlib.suppress(BackendError):
                self._home.stream.send(stanza.encode_leave(f"{self.room}/{us.nick}"))
            self._vacate()  # or else it is left with the next connection
        self.state, self.error = "out", None
        self._home.warnings.settle(WARNING, self.room)
        self._move()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _vacate(self) -> None:
        """Have nothing held for the room's that comes from it."""
        home = self._home
        self._know_nobody(is_there=False)
        if self.room in home.rooms.joined:
            home.rooms = home.rooms.left(self.room)
            home.events.publish(RoomLeft(self.room))

    def _know_nobody(self, *, is_there: bool) -> None:
        self.occupants.clear()
        self.answers.begin(is_there=is_there)
        self.is_there, self.is_whole = is_there, False

    def _become(self, state: RoomState, error: BackendError | None = None) -> None:
        self.state, self.error = state, error
        is_wanted, room = state != "out", self.room
        self.wish = self.wish._replace(is_wanted=is_wanted)
        self._home.write_soon(
            lambda ledger: standing.note(ledger, room, error, is_wanted=is_wanted),
            name="how it stands with a room",
        )
        self._move()

    def _move(self) -> None:
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
