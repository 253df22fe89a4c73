"""What a message says of who wrote it."""

from backendd.api.records import Message
from primitivus.model.address import occupant


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
