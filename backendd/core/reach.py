"""Whether what is written to an address gets there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Something can't be written to where it goes.

    `what` names it and ends with a preposition: "a message to"; `why` is a sentence.
    """

    peer: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Reached:
    """Something came from an address, or was taken there."""

    peer: str
