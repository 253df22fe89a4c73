"""`jp blog writers`, `add-reader`, `requests` and the like: who takes part in a blog."""

from backendd.api.words import PublishModel
from jp.command import command, prints
from jp.commands.blog.columns import blog as named
from jp.failures import UsageError
from jp.kinds.addresses import Peer
from jp.kinds.entries import OWN, BlogAddress
from jp.kinds.requests import ReaderRequestId
from jp.session import Session


@command
@prints("model members")
async def writers(
    session: Session,
    blog: BlogAddress = OWN,
    model: PublishModel | None = None,
    *,
    member: list[Peer] | None = None,
) -> None:
    """Print who writes in a blog beside its owners, or have it be others from now on.

    model: who writes there: who is named; who follows it; everybody who sees it
    member: for publishers somebody who writes there; all of them
    """
    if model is not None:
        await session.blog.set_writers(*blog, model, member or ())
        return
    if member is not None:
        raise UsageError("--member goes with a model", "blog writers")
    found, members = await session.blog.writers(*blog)
    session.out.record({"model": found, "members": [*members]})


@command
async def add_reader(session: Session, peer: Peer, blog: BlogAddress = OWN) -> None:
    """Let somebody read a blog, beside those who do: one of whitelist, or of authorize."""
    await session.blog.set_reader(*blog, peer, True)


@command
async def remove_reader(session: Session, peer: Peer, blog: BlogAddress = OWN) -> None:
    """Let somebody read a blog no more that is for those who are named or let in."""
    await session.blog.set_reader(*blog, peer, False)


@command
@prints("ReaderRequest.*")
async def requests(session: Session) -> None:
    """Print who wants to be let in to a blog of yours, with the ids that `accept` takes."""
    columns = ("id", "jid", ("blog", named), "time")
    session.out.records(
        await session.blog.reader_requests(), columns, none="nobody asks to be let in"
    )


@command
async def accept(session: Session, request: ReaderRequestId) -> None:
    """Let somebody read a blog who asks for it, with the comments on it."""
    await session.blog.accept_reader(request)


@command
async def deny(session: Session, request: ReaderRequestId) -> None:
    """Don't let somebody read a blog who asks for it; they are told."""
    await session.blog.deny_reader(request)
