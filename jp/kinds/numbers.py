"""Numbers with a meaning: ids, limits, durations."""

from jp.kinds.kind import Kind, Number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "": 1.0}
LONGEST_S = 4_000_000.0  # seconds; in milliseconds it has to fit into 32 bits


class Count(Kind, int):
    """How many, at least one."""

    metavar = "N"
    doc = "how many"

    @classmethod
    def read(cls, text: str) -> "Self":
        number = Number.read(text)
        if not 0 < number < 1 << 32:
            raise ValueError("is no number from 1 to 4294967295")
        return cls(number)


class Port(Kind, int):
    """A port of TCP."""

    metavar = "PORT"
    doc = "a port, from 1 to 65535"

    @classmethod
    def read(cls, text: str) -> "Self":
        number = Number.read(text)
        if not 0 < number < 1 << 16:
            raise ValueError("is no port, from 1 to 65535")
        return cls(number)


class Hour(Kind, int):
    """An hour of the day."""

    metavar = "HOUR"
    doc = "an hour, from 0 to 23"

    @classmethod
    def read(cls, text: str) -> "Self":
        number = Number.read(text)
        if not 0 <= number < 24:
            raise ValueError("is no hour, from 0 to 23")
        return cls(number)


class AnyPort(Port):
    """A port of TCP, or 0 for the one that DNS or the protocol says."""

    doc = "a port, from 1 to 65535; 0: none in particular"

    @classmethod
    def read(cls, text: str) -> "Self":
        return cls(0) if text == "0" else super().read(text)


class MessageId(Kind, int):
    """The id of a message, as `send` and `list` print it."""

    metavar = "ID"
    doc = "a message, by its id"

    @classmethod
    def read(cls, text: str) -> "Self":
        number = Number.read(text)
        if not 0 < number < 1 << 63:
            raise ValueError("is no id of a message")
        return cls(number)

    @staticmethod
    def named(id: int) -> str:
        """Return it as a sentence has it."""
        return f"message {id}"


class Duration(Kind, float):
    """Seconds, or with a unit: `500ms`, `30s`, `5m`, `2h`, `1d`."""

    metavar = "TIME"
    doc = "a duration, as 30s, 5m or 2h; without a unit seconds"

    @classmethod
    def read(cls, text: str) -> "Self":
        digits = text.rstrip("dhms")
        try:
            seconds = float(digits) * _UNITS[text[len(digits) :]]
        except (KeyError, ValueError):
            raise ValueError("is no duration, as 30s, 5m or 2h") from None
        if not 0 <= seconds <= LONGEST_S:
            raise ValueError("is too long, or no time at all")
        return cls(seconds)

    @property
    def milliseconds(self) -> int:
        """Return it as the bus takes it."""
        return round(self * 1000)


class Wait(Duration):
    """How long to wait for what settles: an option that may stand without a value."""

    doc = "wait until it is settled, at most so long (a minute where nothing is said)"


Wait.bare = Wait(60)
