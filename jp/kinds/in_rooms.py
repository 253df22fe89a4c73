"""What there is in rooms: nicks."""

from jp.kinds.kind import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class Nick(Kind, str):
    """The nick of somebody in a room."""

    metavar = "NICK"
    doc = "the nick of somebody there"

    @classmethod
    def read(cls, text: str) -> "Self":
        if not text:
            raise ValueError("is no nick")
        return cls(text)
