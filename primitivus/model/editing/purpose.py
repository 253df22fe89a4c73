"""What a text is written for, where that is more than to be said: an answer, another wording."""

from typing import Protocol

from backendd.api.contract import Messages
from backendd.api.tuples import NamedTuple


class HandOver(Protocol):
    """Gives a text for `peer` to the backend; with the same `token` it is stored only once.

    `draft` is the id of that which it was made of, which is no more then.
    """

    async def __call__(
        self, messages: Messages, peer: str, body: str, token: str, draft: str
    ) -> object: ...


class Purpose(NamedTuple):
    """`said` stands above what is typed, until it is handed over by `hand_over`, or given up.

    `is_change`: it changes what was said already, and is no draft of what is to be said. With
    `files`, by their paths, there need not be a text.
    """

    said: str
    hand_over: HandOver
    is_change: bool = False
    files: tuple[str, ...] = ()


async def _say(messages: Messages, peer: str, body: str, token: str, draft: str) -> object:
    return await messages.send(peer, body, token=token, draft=draft)


SAYING = Purpose("", _say)
"""A text that is only said."""
