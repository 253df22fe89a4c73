"""`jp blog discussions`, `notify-comments`, `see-likes`: what others say to the user, and like."""

from collections.abc import Mapping

from backendd.api.signature import Plain
from backendd.api.words import DiscussionNotify
from jp.command import command, prints
from jp.commands.blog.columns import author, count, name
from jp.kinds.entries import EntryAddress
from jp.session import Session


def _last(discussion: Mapping[str, Plain]) -> str:
    """Return what was said last, and by whom."""
    said = discussion.get("last") or {}
    text = str(said.get("body") or said.get("title") or "").strip().partition("\n")[0]
    return ": ".join(filter(None, (author(said), text)))


def _liker(discussion: Mapping[str, Plain]) -> str:
    """Return who has come last to like it."""
    likers = discussion.get("new_likers") or ()
    return str(likers[-1]) if likers else ""


@command
@prints("Discussion.*")
async def discussions(session: Session) -> None:
    """Print the posts where something was said to you that you have not seen, or that are mute.

    `jp blog mark-read` of the place of their comments ends that, which --json tells. What you wrote
    that others have come to like is there as well, with how many they are and who was the last;
    `jp blog see-likes` ends that.
    """
    columns = (
        ("entry", name),
        ("unread", count("unread")),
        ("likes", count("new_likes")),
        "notify",
        "title",
        ("last", _last),
        ("liker", _liker),
    )
    found = await session.blog.discussions()
    session.out.records(found, columns, none="nobody has said anything new to you about a post")


@command
async def notify_comments(session: Session, entry: EntryAddress, notify: DiscussionNotify) -> None:
    """Change whether it is worth a notice what is said to an entry."""
    await session.blog.set_discussion(*entry, notify=notify)


@command
async def see_likes(session: Session, entry: EntryAddress) -> None:
    """Have it be seen who has come to like a post or comment of yours.

    $ jp blog see-likes a1b2
    """
    service, node, id = entry
    await session.blog.see_likes(service, node, [id])
