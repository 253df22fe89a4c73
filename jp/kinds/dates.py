"""Moments, in the words that `date` takes."""

from collections.abc import Iterable

from jp.failures import Failure
from jp.kinds.kind import Asked, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


_PATIENCE_S = 10.0


class Moment(Kind, int):
    """A moment, in microseconds since the epoch."""

    metavar = "DATE"
    doc = "a moment, in the words that date(1) takes: yesterday, 2026-01-31 14:00, -2 hours"

    @classmethod
    def read(cls, text: str) -> "Self":
        """Have `date` read it, whose words they are; ValueError."""
        import subprocess

        # It takes nothing at all for midnight.
        if not text.strip():
            raise ValueError("is no date")
        try:
            done = subprocess.run(
                ["date", f"--date={text}", "+%s %N"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=_PATIENCE_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Failure(f"date(1), which reads dates, can't be run: {error}") from None
        except ValueError:
            raise ValueError("is no date") from None  # there is a NUL in it
        if done.returncode:
            raise ValueError("is no date that date(1) knows")
        seconds, nanoseconds = done.stdout.split()
        moment = int(seconds) * 1_000_000 + int(nanoseconds) // 1000
        if not -(1 << 63) <= moment < 1 << 63:
            raise ValueError("is a date that no clock here knows")
        return cls(moment)

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable[str]:
        return ("now", "today", "yesterday", "tomorrow", "last-week")
