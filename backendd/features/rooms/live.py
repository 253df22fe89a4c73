"""The record of a room with what is so just now, which is stored nowhere or a moment later."""

from dataclasses import replace

from backendd.api import records
from backendd.features.rooms.attendance import Attendance
from backendd.features.rooms.model import Gone


def with_live(record: records.Room, attendance: Attendance | None) -> records.Room:
    """Return the record of a room as we are there, which we are not if `attendance` is None."""
    if attendance is None:
        return replace(record, state="out")
    error, has_none = attendance.error, attendance.state in ("in", "joining")
    told = ("", "") if has_none else record.error
    return replace(
        record,
        state=attendance.state,
        error=(error.name, str(error)) if error is not None else told,
        moved_to=error.venue if isinstance(error, Gone) else record.moved_to,
        subject_time=attendance.answers.subject_time,
        occupants=len(attendance.occupants),
        created=attendance.state == "in" and attendance.has_made,
    )
