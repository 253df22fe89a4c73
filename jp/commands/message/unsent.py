"""`jp message unsent`, `retry`, `discard` and the like: what could not be sent, or not yet."""

from jp.command import command, prints
from jp.commands.message.told import text
from jp.failures import Failure
from jp.kinds.addresses import Peer
from jp.kinds.numbers import Count, MessageId
from jp.session import Session
from jp.several import each_of


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
    await each_of(session, messages, MessageId.named, session.messages.retry)


@command
async def discard(session: Session, messages: list[MessageId]) -> None:
    """Give up messages that failed, or that wait to be sent.

    messages: their ids
    """
    await each_of(session, messages, MessageId.named, session.messages.discard)


@command
@prints("retried")
async def retry_all(session: Session, peer: Peer | None = None) -> None:
    """Send again all messages that failed, of one conversation or of all; print how many.

    peer: only those to them
    """
    retried, refused = await session.messages.retry_failed(peer or "")
    session.begun = f"sent again: {retried}"
    session.out.value("retried", retried)
    for id, name, sentence in refused:
        session.out.note(f"message {id} can't be sent again: {sentence or name}")
    if refused:
        raise Failure(f"{len(refused)} of {retried + len(refused)} messages can't be sent again")


@command
@prints("discarded")
async def discard_all(session: Session, peer: Peer | None = None, *, yes: bool = False) -> None:
    """Give up all messages that failed, of one conversation or of all; print how many.

    What waits to be sent stays.

    peer: only those to them
    yes: don't ask
    """
    if not yes:
        session.confirm(f"Give up all messages that failed{f' to {peer}' if peer else ''}?")
    discarded = await session.messages.discard_failed(peer or "")
    session.begun = f"given up: {discarded}"
    session.out.value("discarded", discarded)
