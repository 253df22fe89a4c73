"""Which transfer is meant, and how long one waits for it."""

from collections.abc import Iterable

from jp.kinds.kind import Asked, Kind, Number
from jp.kinds.numbers import LONGEST_S, Duration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class TransferId(Kind, int):
    """The id of a transfer, as `send` and `list` print it."""

    metavar = "ID"
    doc = "a transfer, by its id"

    @classmethod
    def read(cls, text: str) -> "Self":
        number = Number.read(text)
        if not 0 < number < 1 << 63:
            raise ValueError("is no id of a transfer")
        return cls(number)

    @staticmethod
    def named(id: int) -> str:
        """Return it as a sentence has it."""
        return f"transfer {id}"

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        found = await asked.backend.files.list()
        return [(str(each.id), f"{each.state} {each.name}") for each in found]


class Patience(Duration):
    """How long to wait for files: an option that may stand without a value."""

    doc = "wait until it is over, at most so long (as long as it takes where nothing is said)"


Patience.bare = Patience(LONGEST_S)
