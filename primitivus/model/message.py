"""What a message says of who wrote it."""

from backendd.api.records import Message
from primitivus.model.address import occupant


def nick_of(message: Message) -> str:
    """Return the nick of who said something in a room; elsewhere only one that the record tells."""
    if message.nick or message.kind != "room":
        return message.nick
    _, nick = occupant(message.sender)
    return nick
