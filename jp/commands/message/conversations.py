"""`jp message conversations`, and what can be done with one."""

from collections.abc import Mapping

from backendd.api.contract.messages import ConversationChanges
from backendd.api.signature import Plain
from backendd.api.words import WantedNotify
from jp.command import command, prints
from jp.failures import UsageError
from jp.kinds.addresses import Peer
from jp.kinds.numbers import MessageId
from jp.output.words import moment
from jp.session import Session


def _last(conversation: Mapping[str, Plain]) -> str:
    return moment((conversation.get("last") or {}).get("time", 0))


@command
@prints("Conversation.*")
async def conversations(session: Session, *, unread: bool = False) -> None:
    """List the conversations.

    unread: only those with something that was not read

    $ jp message conversations --unread
    """
    found = await session.messages.conversations()
    columns = ("peer", "name", "kind", "unread", "mentions", ("last", _last))
    session.out.records(
        [each for each in found if each.unread or not unread],
        columns,
        none="nothing is unread" if unread else "no conversations",
    )


@command
async def read(session: Session, peer: Peer, *, up_to: MessageId | None = None) -> None:
    """Mark what somebody wrote as read.

    up_to: up to this message; else all of it
    """
    newest = up_to or await _newest(session, peer)
    if newest:
        await session.messages.mark_read(peer, newest)


@command
async def unread(session: Session, peer: Peer, from_: MessageId) -> None:
    """Mark messages as unread again.

    from_: from this one on

    $ jp message unread bob@example.org 42
    """
    await session.messages.mark_unread(peer, from_)


@command
async def open_(session: Session, peer: Peer) -> None:
    """Put a conversation on the list, though nothing was said in it."""
    await session.messages.open(peer)


@command
async def close(session: Session, peer: Peer) -> None:
    """Take a conversation off the list, until somebody writes in it; its messages stay."""
    await session.messages.close(peer)


@command
async def forget(session: Session, peer: Peer, *, yes: bool = False) -> None:
    """Delete the messages of a conversation here; others and servers keep theirs.

    yes: don't ask
    """
    if not yes:
        session.confirm(f"Delete all messages with {peer} here?")
    await session.messages.delete_local(peer)


@command
async def attention(session: Session, peer: Peer) -> None:
    """Call for somebody's attention: their program may ring."""
    await session.messages.attention(peer)


@command
async def behaviour(
    session: Session,
    peer: Peer,
    *,
    pinned: bool | None = None,
    notify: WantedNotify | None = None,
    markers: bool | None = None,
    typing: bool | None = None,
) -> None:
    """Change how a conversation behaves.

    pinned: whether it stands before the others
    notify: of what the desktop tells
    markers: whether they are told what was read
    typing: whether they are told that you write

    $ jp message behaviour bob@example.org --pinned yes --notify mentions
    """
    values = {"pinned": pinned, "notify": notify, "markers": markers, "typing_out": typing}
    changes: ConversationChanges = {}
    changes.update({k: v for k, v in values.items() if v is not None})  # type: ignore[typeddict-item]
    if not changes:
        raise UsageError("nothing to change was given", "message behaviour")
    await session.messages.set_conversation(peer, **changes)


async def _newest(session: Session, peer: str) -> int:
    page, _ = await session.messages.list(peer, limit=1)
    return page[-1].id if page else 0
