"""`jp blog discussions` and `notify-comments`: what others say to the user about posts."""

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


@command
@prints("Discussion.*")
async def discussions(session: Session) -> None:
    """Print the posts where something was said to you that you have not seen, or that are mute.

    `jp blog mark-read` of the place of their comments ends that, which --json tells.
    """
    columns = (("entry", name), ("unread", count("unread")), "notify", "title", ("last", _last))
    found = await session.blog.discussions()
    session.out.records(found, columns, none="nobody has said anything new to you about a post")


@command
async def notify_comments(session: Session, entry: EntryAddress, notify: DiscussionNotify) -> None:
    """Change whether it is worth a notice what is said to an entry."""
    await session.blog.set_discussion(*entry, notify=notify)
