"""`jp blog list`, `timeline` and `unpublished`."""

from backendd.api.records import Entry
from jp.command import command, prints
from jp.commands.blog.columns import columns
from jp.commands.blog.pages import gather
from jp.kinds.dates import Moment
from jp.kinds.entries import OWN, BlogAddress
from jp.kinds.numbers import Count
from jp.session import Session


@command
@prints("Entry.*")
async def list_(
    session: Session,
    blog: BlogAddress = OWN,
    *,
    limit: Count = Count(50),
    since: Moment | None = None,
) -> None:
    """Print what is in a blog, the newest first; your own where none is named.

    limit: how many at most
    since: only from this moment on

    $ jp blog list bob@example.org --since "1 week ago"
    """
    service, node = blog
    markup = not session.out.is_for_people
    found = await gather(
        session,
        lambda most, after: session.blog.list(
            service, node, limit=most, after=after, markup=markup
        ),
        limit,
        lambda entry: _is_since(entry, since),
    )
    session.out.records(found, await columns(session), none="no entries")


@command
@prints("Entry.*")
async def timeline(
    session: Session,
    *,
    limit: Count = Count(50),
    since: Moment | None = None,
    unread: bool = False,
) -> None:
    """Print what is in your blog and in those that you follow, the newest first.

    limit: how many at most
    since: only from this moment on
    unread: only what was not read yet

    $ jp blog timeline --unread
    """
    markup = not session.out.is_for_people
    found = await gather(
        session,
        lambda most, after: session.blog.timeline(
            limit=most, after=after, unread=unread, markup=markup
        ),
        limit,
        lambda entry: _is_since(entry, since),
    )
    session.out.records(found, await columns(session), none="no entries")


@command
@prints("Entry.*")
async def unpublished(session: Session, *, limit: Count = Count(200)) -> None:
    """Print what you wrote and is not published: it waits, has failed, or is to go away.

    limit: how many at most
    """
    markup = not session.out.is_for_people
    found = await gather(
        session,
        lambda most, after: session.blog.unpublished(limit=most, after=after, markup=markup),
        limit,
    )
    session.out.records(
        found, await columns(session), none="nothing waits to be published, or has failed"
    )


def _is_since(entry: Entry, since: int | None) -> bool:
    return since is None or entry.order >= since
