"""What speaks of a message, and the message spoken of."""

from typing import NamedTuple

from backendd.api.words import Direction


class Reference(NamedTuple):
    """What somebody says of a message: a receipt, a marker, a reaction.

    `target` is the id by which they name it, `payload` what they say as the owner of this `kind`
    writes it; `time` is when it came.
    """

    kind: str
    target: str
    author: str
    payload: str
    time: int


class Target(NamedTuple):
    """A message that is spoken of, and its place in its conversation."""

    id: int
    conversation: int
    place: int
    direction: Direction
    state: str
