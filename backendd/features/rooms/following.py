"""What rooms say of those who are in them and of themselves, and if they have us still."""

import asyncio
import contextlib
from collections.abc import Iterable

from backendd.api import records
from backendd.api.errors import HostUnreachable, NotConnected
from backendd.core.challenges import Challenged, ChallengeDeclined
from backendd.core.messages import OutboxDoubted
from backendd.features.rooms import acting
from backendd.features.rooms.attendance import Attendance
from backendd.features.rooms.known import KnownRooms
from backendd.features.rooms.model import (
    Answered,
    FoundOutside,
    OccupantsChanged,
    Presences,
    RoomChanged,
)
from backendd.session.home import Home
from backendd.store import rooms
from backendd.store.ledger import Ledger


class Following:
    """Hands on what rooms say to who waits for it, and asks them where they say nothing."""

    def __init__(self, home: Home, known: KnownRooms) -> None:
        self._home = home
        self._known = known
        self._changed: dict[str, asyncio.Event] = {}
        self._pinged: set[str] = set()
        self._watch: asyncio.Task[None] | None = None
        home.events.subscribe(Presences, self._on_presences)
        home.events.subscribe(Answered, self._on_answered)
        home.events.subscribe(RoomChanged, self._on_room_changed)
        home.events.subscribe(FoundOutside, self._on_found_outside)
        home.events.subscribe(OutboxDoubted, self._on_doubted)
        home.events.subscribe(Challenged, self._on_challenged)
        home.events.subscribe(ChallengeDeclined, self._on_declined)

    def start(self) -> None:
        """Ask the rooms in which we are, now and then, if they have us still."""
        self.stop()
        self._watch = self._home.tasks.start(self._keep_asking(), name="ask rooms for us")

    def stop(self) -> None:
        """Ask no more: the stream is gone."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None

    def check(self, attendance: Attendance) -> None:
        """Have a room asked if it has us still, unless that is asked already."""
        if attendance.state == "in" and attendance.room not in self._pinged:
            self._pinged.add(attendance.room)
            self._home.do_soon(self._check(attendance), name="ask a room for us")

    async def _keep_asking(self) -> None:
        while True:
            await asyncio.sleep(self._home.missing.patience.room_s)
            for attendance in self._known:
                self.check(attendance)

    async def _check(self, attendance: Attendance) -> None:
        try:
            with contextlib.suppress(NotConnected):
                if not await acting.is_there(self._home, attendance):
                    attendance.lost()
        finally:
            self._pinged.discard(attendance.room)

    def _on_presences(self, event: Presences) -> None:
        found: dict[str, dict[str, records.Occupant | records.Left]] = {}
        counts = {each.room: len(each.occupants) for each in self._known}
        for seen in event.all:
            attendance = self._known.get(seen.room)
            changed = attendance.see(seen) if attendance is not None else None
            if changed is not None:
                found.setdefault(seen.room, {})[seen.nick] = changed
        for room, now in found.items():
            self._home.events.publish(OccupantsChanged(room, now))
        # Who only shows something else costs no record of the room.
        moved = [each.room for each in self._known if len(each.occupants) != counts.get(each.room)]
        if moved:
            self._home.write_soon(lambda ledger: _touch(ledger, moved), name="count occupants")

    def _on_answered(self, event: Answered) -> None:
        attendance = self._known.get(event.room)
        if attendance is not None:
            attendance.answers.hear(event)

    def _on_found_outside(self, event: FoundOutside) -> None:
        attendance = self._known.get(event.room)
        if attendance is not None:
            attendance.lost()

    def _on_challenged(self, event: Challenged) -> None:
        attendance = self._known.get(event.about)
        if attendance is not None:
            attendance.asked(event.stanza_id)

    def _on_declined(self, event: ChallengeDeclined) -> None:
        attendance = self._known.get(event.about)
        if attendance is not None:
            attendance.answers.give_up(event.about)

    def _on_doubted(self, event: OutboxDoubted) -> None:
        for archive in event.archives:
            attendance = self._known.get(archive)
            if attendance is not None:
                self.check(attendance)

    def _on_room_changed(self, event: RoomChanged) -> None:
        attendance, changed = self._known.get(event.room), self._changed.get(event.room)
        if changed is not None:
            changed.set()  # while it is being asked
        elif attendance is not None:
            self._changed[event.room] = asyncio.Event()
            self._home.do_soon(self._learn(attendance), name="learn what a room is")

    async def _learn(self, attendance: Attendance) -> None:
        changed = self._changed[attendance.room]
        changed.set()
        try:
            while changed.is_set():
                changed.clear()
                with contextlib.suppress(NotConnected, HostUnreachable):
                    await acting.learn(self._home, attendance)
        finally:
            del self._changed[attendance.room]


def _touch(ledger: Ledger, moved: Iterable[str]) -> None:
    for room in moved:
        rooms.touch(ledger, room)
