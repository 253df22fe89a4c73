"""`jp message edit`, `retract`, `react` and `versions`: what becomes of messages that were sent."""

from jp.command import command, prints
from jp.kinds.numbers import MessageId
from jp.kinds.texts import Body
from jp.session import Session
from jp.several import each_of


@command
async def edit(session: Session, message: MessageId, body: Body) -> None:
    """Replace the text of a message of yours.

    $ jp message edit 42 "the kettle is off"
    """
    await session.messages.correct(message, body)


@command
async def retract(session: Session, messages: list[MessageId]) -> None:
    """Take messages of yours back, as far as programs of others do that.

    messages: their ids

    $ jp message retract 42
    """
    await each_of(session, messages, MessageId.named, session.messages.retract)


@command
async def react(
    session: Session,
    message: MessageId,
    emojis: list[str] = [],  # noqa: B006 - never changed
) -> None:
    """React to a message with emojis, in the place of those that you had there.

    Without any, yours are taken back.

    emojis: which ones

    $ jp message react 42 👍 🎉
    """
    await session.messages.react(message, emojis)


@command
@prints("Edit.*")
async def versions(session: Session, message: MessageId) -> None:
    """Print what a message said before it was edited, the oldest first."""
    session.out.records(
        await session.messages.edits(message), ("time", "body"), none="it was never edited"
    )
