"""What is covered until one wants to see it, and what asks for no styles."""

from backendd.api.records import Message


def is_spoiler(message: Message) -> bool:
    """Return whether a message is covered until somebody wants to see it."""
    return bool(message.more.get("spoiler"))


def about(message: Message) -> str:
    """Return what a spoiler is about, as its author says."""
    return str(message.more.get("spoiler_about", ""))


def is_unstyled(message: Message) -> bool:
    """Return whether no sign in a message is meant to style it."""
    return bool(message.more.get("unstyled"))
