"""`jp message unsent`, `retry` and `discard`: what could not be sent, or not yet."""

from jp.command import command, prints
from jp.commands.message.columns import text
from jp.kinds.numbers import Count, MessageId
from jp.session import Session


@command
@prints("Message.*")
async def unsent(session: Session, *, limit: Count = Count(200)) -> None:
    """List the messages that wait to be sent, and those that could not be.

    limit: how many at most
    """
    found = await session.messages.unsent(limit=min(limit, 500))
    session.out.records(
        found, ("id", "time", "peer", "state", ("text", text)), none="nothing is unsent"
    )


@command
async def retry(session: Session, messages: list[MessageId]) -> None:
    """Send messages again that failed.

    messages: their ids
    """
    for each in messages:
        await session.messages.retry(each)


@command
async def discard(session: Session, messages: list[MessageId]) -> None:
    """Give up messages that failed, or that wait to be sent.

    messages: their ids
    """
    for each in messages:
        await session.messages.discard(each)
