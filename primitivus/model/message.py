"""What a message says, and of who wrote it."""

from backendd.api.records import Message
from primitivus.model.address import occupant
from primitivus.model.spoilers import is_spoiler

RETRACTED, SPOILER = "(retracted)", "(spoiler)"


def nick_of(message: Message) -> str:
    """Return the nick of who said something in a room; elsewhere only one that the record tells."""
    if message.nick or message.kind != "room":
        return message.nick
    _, nick = occupant(message.sender)
    return nick


def colour_of(message: Message) -> str:
    """Return what the colour of who wrote a message goes by: the nick of an occupant of a room.

    All there know them by it, so it is the same for all.
    """
    if message.kind in ("room", "private"):
        return occupant(message.sender)[1] or message.sender
    return message.sender


def is_retracted(message: Message) -> bool:
    """Return whether a message was taken back: it says nothing any more."""
    return bool(message.more.get("retracted", False))


def beginning(message: Message, characters: int) -> str:
    """Return how a message begins, as one tells which it is; of what isn't told, what it is."""
    if is_retracted(message):
        return RETRACTED
    return SPOILER if is_spoiler(message) else message.body[:characters]
