"""What speaks of a message, and the message spoken of."""

from typing import Literal

from backendd.api.tuples import NamedTuple
from backendd.api.words import Direction
from backendd.core.moments import Moment, Source

Speakers = Literal["anybody", "known", "author", "room"]
"""Who may say something of a message: anybody; who can be told from others, each one thing at a
time; only who wrote that message; only the room in which it was said."""

Names = Literal["room", "author", "either"]
"""Who has given the id by which a message in a room is named: the room (XEP-0359), or its author.

What an author alone may say can go by either: older programs name their own by the latter.

Outside of rooms it is the author always.
"""


class Reference(NamedTuple):
    """What somebody says of a message: a receipt, a marker, a reaction.

    `target` is the id by which they name it, `author` what tells them from others and `sender` who
    they are by name; `payload` is what they say as the owner of this `kind` writes it, and what
    follows is when. `message` is the message that says it, if it is stored as one.
    """

    kind: str
    target: str
    author: str
    sender: str
    payload: str
    time: int
    source: Source
    sm_id: str
    is_backwards: bool
    message: int | None = None

    @property
    def said(self) -> Moment:
        """When it was said."""
        return Moment(self.time, self.source, self.sm_id, self.is_backwards)


class Target(NamedTuple):
    """A message that is spoken of: its place in its conversation, and who wrote it."""

    id: int
    conversation: int
    place: int
    direction: Direction
    state: str
    author: str
