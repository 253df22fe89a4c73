"""`jp message search`."""

from jp.command import command, prints
from jp.commands.message.told import sender
from jp.failures import UsageError
from jp.kinds.addresses import Peer
from jp.kinds.dates import Moment
from jp.kinds.numbers import Count, MessageId
from jp.session import Session


@command
@prints("Message.* Hit.*")
async def search(
    session: Session,
    words: list[str],
    *,
    peer: Peer | None = None,
    sender_: Peer | None = None,
    since: Moment | None = None,
    until: Moment | None = None,
    in_order: bool = False,
    before: MessageId | None = None,
    limit: Count = Count(50),
) -> None:
    """Print the messages that have all of some words, the newest first.

    All that is stored here is looked at. In quotes (within those of the shell) words stand next to
    each other, and * ends a beginning.

    words: what is looked for
    peer: only in the conversation with them
    sender_: only what they wrote
    since: only from this moment on
    until: only before this moment
    in_order: sort by when they were written
    before: only those stored before this message
    limit: how many at most

    $ jp message search kettle --peer bob@example.org --since 2026-01-01
    """
    text = " ".join(words).strip()
    if not text:
        raise UsageError("which words?", "message search")
    found = await session.messages.search(
        text,
        peer=peer or "",
        sender=sender_ or "",
        since=since or 0,
        until=until or 0,
        in_order=in_order,
        before=before or 0,
        limit=min(limit, 500),
    )
    session.out.records(
        found, ("id", "time", "peer", ("from", sender), "snippet"), none="nothing was found"
    )
