"""What a message answers: what its record says of that."""

from backendd.api.records import Message
from backendd.api.values import Value


class Quote(Value):
    """The message that another one answers, as far as it is known: `target` is its id, or 0.

    An empty `text` of one that is known: it says nothing any more.
    """

    target: int
    text: str
    sender: str
    is_ours: bool


def quote(message: Message) -> Quote | None:
    """Return what a message answers, None where that is nothing."""
    more = message.more
    found = Quote(
        int(more.get("reply_to", 0)),
        str(more.get("quote", "")),
        str(more.get("quote_sender", "")),
        bool(more.get("quote_own")),
    )
    return found if found.target or found.text else None
