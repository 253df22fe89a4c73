"""Which of two things somebody said later, where no clocks can be compared."""

from typing import Literal

from backendd.api.tuples import NamedTuple

Source = Literal["live", "archive", "past"]


class Moment(NamedTuple):
    """When something was said, as far as that can be told; `time` is when it came.

    `source`: whether it came (or was made) just now, on the stream `sm_id`, out of an archive above
    what was known, or out of its past; `is_backwards`: that was read from its end.
    """

    time: int
    source: Source = "live"
    sm_id: str = ""
    is_backwards: bool = False

    def follows(self, old: "Moment") -> bool:
        """Return whether this is the later one.

        Clocks of servers and of this machine differ, so times are compared only where both are
        the archive's. What the stream has brought is later than what the archive has had by then.
        """
        if self.source == "live":
            return True
        if old.source == "live":
            return self.source == "archive" and old.sm_id != self.sm_id
        if self.source != old.source:
            return self.source == "archive"
        return self.time > old.time or (self.time == old.time and not self.is_backwards)
