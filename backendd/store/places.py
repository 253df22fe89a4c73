"""Where in its conversation a message belongs: the ways to find its `place`."""

import json

from backendd.store import changes
from backendd.store.copies import IN_ARCHIVE
from backendd.store.ledger import Ledger

_LOWEST = -(2**63)
# What is in the way is moved once for so many.
_ROOM = 1000


class PlaceLast:
    """After all others."""

    is_backwards = False

    def place(self, ledger: Ledger, conversation_id: int, time: int) -> int:
        """Return the place of a new message."""
        (last,) = ledger.db.execute(
            "SELECT max(place) FROM message WHERE conversation = ?", (conversation_id,)
        ).fetchone()
        return time if last is None else max(time, last + 1)

    def passed(self, ledger: Ledger, conversation_id: int, message_id: int) -> None:
        """Take note that a message is here already."""


class PlaceFirst:
    """Before all others: for messages that come newest first."""

    is_backwards = True

    def place(self, ledger: Ledger, conversation_id: int, time: int) -> int:
        """Return the place of a new message."""
        (first,) = ledger.db.execute(
            "SELECT min(place) FROM message WHERE conversation = ?", (conversation_id,)
        ).fetchone()
        return time if first is None else min(time, first - 1)

    def passed(self, ledger: Ledger, conversation_id: int, message_id: int) -> None:
        """Take note that a message is here already."""


class _Upwards:
    """As an archive has them, read upwards: each after the one before, in its conversation.

    What the stream brought since `began` was the newest message comes after them, whatever the
    clocks say, until the archive has it as well. What we wrote and nobody has yet is in no
    archive: there the clock decides. Where that was behind what was here already, it stands
    above its time and says nothing: then what we wrote comes last, even if it is sent meanwhile.
    """

    is_backwards = False

    def __init__(self, began: int) -> None:
        self._began = began
        self._floors: dict[int, int] = {}
        self._written: set[int] = set()

    def place(self, ledger: Ledger, conversation_id: int, time: int) -> int:
        """Return the place of a new message; those that come after it make room."""
        floor = self._floor(ledger, conversation_id)
        at = time if floor is None else max(time, floor + 1)
        self._take(ledger, conversation_id, floor, at)
        return at

    def passed(self, ledger: Ledger, conversation_id: int, message_id: int) -> None:
        """Have a message that is here already stand after the one before it."""
        floor = self._floors.get(conversation_id)
        (at,) = ledger.db.execute(
            "SELECT place FROM message WHERE id = ?", (message_id,)
        ).fetchone()
        if floor is not None and at <= floor:
            at = floor + 1
            _move(ledger, conversation_id, message_id, at)
        self._take(ledger, conversation_id, floor, at)

    def _take(self, ledger: Ledger, conversation_id: int, floor: int | None, at: int) -> None:
        self._make_room(ledger, conversation_id, floor, at)
        self._floors[conversation_id] = at

    def _floor(self, ledger: Ledger, conversation_id: int) -> int | None:
        return self._floors.get(conversation_id)

    def _make_room(self, ledger: Ledger, conversation_id: int, floor: int | None, at: int) -> None:
        rows = ledger.db.execute(
            "SELECT id, place, state FROM message WHERE conversation = ? "
            "AND iif(state = 'pending', place > time, "
            "id > ? OR id IN (SELECT value FROM json_each(?))) "
            f"AND NOT {IN_ARCHIVE} AND place > ? ORDER BY place, id",
            (
                conversation_id, self._began, json.dumps([*self._written]),
                _LOWEST if floor is None else floor,
            ),
        ).fetchall()  # fmt: skip
        self._written.update(message_id for message_id, _, state in rows if state == "pending")
        lowest = min((place for _, place, _ in rows), default=at + 1)
        if lowest > at:
            return
        for message_id, place, _ in rows:
            _move(ledger, conversation_id, message_id, place + at - lowest + 1)


class PlaceByTime(_Upwards):
    """The first of them by its time among what is here: for a page that follows on nothing."""


class PlaceAbove(_Upwards):
    """After all that was here when `began` was the newest message, and what came from the archive.

    So they follow on its cursor.
    """

    def _floor(self, ledger: Ledger, conversation_id: int) -> int | None:
        if conversation_id in self._floors:
            return self._floors[conversation_id]
        row = ledger.db.execute(
            "SELECT place FROM message WHERE conversation = ? AND state <> 'pending' "
            f"AND (id <= ? OR {IN_ARCHIVE}) ORDER BY place DESC LIMIT 1",
            (conversation_id, self._began),
        ).fetchone()
        return int(row[0]) if row else None


class PlaceInGap(_Upwards):
    """Before the message `above`, after what an archive has before it; others as by their time."""

    def __init__(self, above: int, began: int) -> None:
        super().__init__(began)
        self._above = above

    def place(self, ledger: Ledger, conversation_id: int, time: int) -> int:
        """Return the place of a new message; where there is none `above` makes room."""
        end = self._end(ledger, conversation_id)
        if end is None:
            return super().place(ledger, conversation_id, time)
        floor = self._floor(ledger, conversation_id)
        at = min(time, end - 1)
        at = at if floor is None else max(at, floor + 1)
        if at >= end:
            _push(ledger, conversation_id, at)
        self._floors[conversation_id] = at
        return at

    def passed(self, ledger: Ledger, conversation_id: int, message_id: int) -> None:
        """Have what comes now stand after a message that is here already, below the gap."""
        end = self._end(ledger, conversation_id)
        if end is None:
            super().passed(ledger, conversation_id, message_id)
            return
        (at,) = ledger.db.execute(
            "SELECT place FROM message WHERE id = ?", (message_id,)
        ).fetchone()
        if at < end:
            floor = self._floor(ledger, conversation_id)
            self._floors[conversation_id] = at if floor is None else max(at, floor)

    def _end(self, ledger: Ledger, conversation_id: int) -> int | None:
        """Return where the gap ends, None in other conversations."""
        row = ledger.db.execute(
            "SELECT place FROM message WHERE id = ? AND conversation = ?",
            (self._above, conversation_id),
        ).fetchone()
        return int(row[0]) if row else None


def _push(ledger: Ledger, conversation_id: int, at: int) -> None:
    """Make room from a place on: what stands there moves up, with what is in its way."""
    moves, free = list[tuple[int, int]](), at + _ROOM
    for message_id, place in ledger.db.execute(
        "SELECT id, place FROM message WHERE conversation = ? AND place >= ? ORDER BY place, id",
        (conversation_id, at),
    ):
        if place >= free:
            break
        moves.append((message_id, free))
        free += 1
    for message_id, place in moves:
        _move(ledger, conversation_id, message_id, place)


def _move(ledger: Ledger, conversation_id: int, message_id: int, place: int) -> None:
    ledger.db.execute(
        "UPDATE message SET place = ?, revision = ? WHERE id = ?",
        (place, ledger.revise(), message_id),
    )
    changes.touch(ledger, message_id, conversation_id)
