"""What speaks to the user: what records say of it."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from backendd.api.records import Conversation, Message


def mentions(conversation: Conversation) -> int:
    """Return how many of the unread messages of a conversation speak to the user."""
    return min(conversation.unread, int(conversation.more.get("mentions", 0)))


def speaks_to_us(more: Mapping[str, Any]) -> bool:
    """Return whether what is added to a message says that it speaks to the user."""
    return bool(more.get("mention"))


def calls_us(more: Mapping[str, Any]) -> bool:
    """Return whether what is added to a message says that it asks for our attention."""
    return bool(more.get("attention"))


def names(message: Message) -> tuple[str, ...]:
    """Return the words of a message by which it speaks to the user."""
    return tuple(cast("Sequence[str]", message.more.get("mentioned", ())))
