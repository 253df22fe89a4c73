"""`jp blog subscribe`, `unsubscribe`, `subscriptions`, `notify` and `mark-read`."""

from backendd.api.words import BlogNotify
from jp.command import command, prints
from jp.commands.blog.columns import blog as named
from jp.commands.blog.columns import count, why_not
from jp.commands.blog.pages import gather
from jp.kinds.addresses import Peer
from jp.kinds.entries import BlogAddress
from jp.kinds.numbers import Count
from jp.session import Session


@command
async def subscribe(session: Session, blog: BlogAddress) -> None:
    """Follow a blog: what is new there comes to you.

    $ jp blog subscribe bob@example.org
    """
    await session.blog.subscribe(*blog)


@command
async def unsubscribe(session: Session, blog: BlogAddress) -> None:
    """Follow a blog no more; what was read of it can still be searched."""
    await session.blog.unsubscribe(*blog)


@command
@prints("Subscription.* BlogNode.*")
async def subscriptions(
    session: Session, peer: Peer | None = None, *, limit: Count = Count(500)
) -> None:
    """Print the blogs that you follow, or that somebody lets others see that they follow.

    limit: of somebody else, how many at most
    """
    if peer is not None:
        found = await gather(
            session,
            lambda most, after: session.blog.followed_by(peer, limit=most, after=after),
            limit,
        )
        session.out.records(found, (("blog", named), "title"), none="no blogs")
        return
    followed = await session.blog.subscriptions()
    columns = (
        ("blog", named),
        ("unread", count("unread")),
        "pending",
        "notify",
        "name",
        ("trouble", why_not),
    )
    session.out.records(followed, columns, none="no blogs")


@command
async def notify(session: Session, blog: BlogAddress, notify: BlogNotify) -> None:
    """Change whether it is worth a notice what is new in a blog that you follow.

    $ jp blog notify bob@example.org none
    """
    await session.blog.set_subscription(*blog, notify=notify)


@command
async def mark_read(session: Session, blog: BlogAddress) -> None:
    """Have all of a blog be read."""
    await session.blog.mark_read(*blog, [])
