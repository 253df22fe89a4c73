"""Whether what is written to an address gets there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Something can't be written to where it goes.

    `what` names it and ends with a preposition: "a message to"; `why` is a sentence. `time` is when
    it came back.
    """

    peer: str
    what: str
    why: str
    time: int


@dataclass(frozen=True, slots=True)
class Reached:
    """Something came from an address, or was taken there, at this time."""

    peer: str
    time: int
