"""`jp blog outgoing`, `retry`, `discard` and `discard-pending`: what is not published yet."""

from jp.command import command, prints
from jp.commands.blog.columns import blog as named
from jp.kinds.entries import OWN, BlogAddress, EntryAddress
from jp.session import Session
from jp.several import each_of


@command
async def retry(session: Session, entries: list[EntryAddress], *, anyway: bool = False) -> None:
    """Publish entries once more that have failed.

    entries: which ones
    anyway: also over what somebody has changed in them meanwhile
    """
    await each_of(
        session,
        entries,
        EntryAddress.named,
        lambda each: session.blog.retry(*each, anyway=anyway),
    )


@command
async def discard(session: Session, entries: list[EntryAddress]) -> None:
    """Give up changes and entries that have failed, or wait to be published.

    An entry is as it was published before, or gone where it wasn't.

    entries: which ones
    """
    await each_of(session, entries, EntryAddress.named, lambda each: session.blog.discard(*each))


@command
@prints("discarded")
async def discard_pending(session: Session, blog: BlogAddress = OWN) -> None:
    """Give up all that waits to be published in a blog, such as an import; print how many."""
    discarded = await session.blog.discard_pending(*blog)
    session.begun = f"given up: {discarded}"
    session.out.value("discarded", discarded)


@command
@prints("Outgoing.*")
async def outgoing(session: Session) -> None:
    """Print how far posts are on their way out: each blog for which some wait or have failed."""
    columns = (("blog", named), "pending", "failed", "published")
    session.out.records(await session.blog.outgoing(), columns, none="nothing waits or has failed")
