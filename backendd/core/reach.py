"""Whether what is written to an address gets there."""

from backendd.api.tuples import NamedTuple


class Unreachable(NamedTuple):
    """Something can't be written to where it goes.

    `what` names it and ends with a preposition: "a message to"; `why` is a sentence. `time` is when
    it came back.
    """

    peer: str
    what: str
    why: str
    time: int


class Reached(NamedTuple):
    """Something came from an address, or was taken there, at this time."""

    peer: str
    time: int
