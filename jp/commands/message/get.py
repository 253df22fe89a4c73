"""`jp message get`."""

from jp.command import command, prints
from jp.kinds.numbers import MessageId
from jp.session import Session


@command
@prints("Message.*")
async def get(session: Session, messages: list[MessageId]) -> None:
    """Print all that is known of messages.

    Long texts are whole here, which lists cut.

    messages: their ids

    $ jp message get 42 --fields body
    """
    session.out.records([await session.messages.get(each) for each in messages], (), none="")
