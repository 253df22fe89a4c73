"""`jp message get`."""

from backendd.api.records import Message
from jp.command import command, prints
from jp.kinds.numbers import MessageId
from jp.session import Session
from jp.several import each_of


@command
@prints("Message.*")
async def get(session: Session, messages: list[MessageId]) -> None:
    """Print all that is known of messages.

    Long texts are whole here, which lists cut.

    messages: their ids

    $ jp message get 42 --fields body
    """
    found: list[Message] = []

    async def fetch(id: int) -> None:
        found.append(await session.messages.get(id))

    try:
        await each_of(session, messages, MessageId.named, fetch)
    finally:
        session.out.records(found, (), none="")
