"""`jp blog retract`."""

from jp.command import command
from jp.kinds.entries import EntryAddress
from jp.kinds.numbers import Wait
from jp.session import Session
from jp.several import each_of


@command
async def retract(
    session: Session, entries: list[EntryAddress], *, wait: Wait | None = None
) -> None:
    """Take back what was published: entries, comments, or what others wrote in a blog of yours.

    entries: which ones
    wait: return when they are gone; at most so long each (a minute where nothing is said)
    """
    await each_of(session, entries, EntryAddress.named, lambda each: session.blog.retract(*each))
    if wait is not None:
        from jp.commands.blog.settling import settle_gone

        for each in entries:
            await settle_gone(session, each, wait)
