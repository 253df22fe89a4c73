"""How much there is beyond what shows of something longer than its room."""

from backendd.api.tuples import NamedTuple


class Beyond(NamedTuple):
    """How much lies above what shows, and how much below."""

    above: int = 0
    below: int = 0

    @classmethod
    def of(cls, many: int, top: int, room: int) -> "Beyond":
        """Return what is left of `many` where as many as there is room for show from `top` on."""
        return cls(top, max(0, many - top - room))


ALL_SHOWS = Beyond()
