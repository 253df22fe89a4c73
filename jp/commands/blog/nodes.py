"""`jp blog nodes`, `create`, `delete` and `access`: blogs themselves, and whom they are for."""

from collections.abc import Sequence

from backendd.api.words import AccessModel
from jp.command import command, prints
from jp.commands.blog.columns import blog as named
from jp.commands.blog.pages import gather
from jp.failures import Failure, UsageError
from jp.kinds.addresses import Peer
from jp.kinds.entries import OWN, BlogAddress, blog_name
from jp.kinds.numbers import Count
from jp.session import Session


@command
@prints("BlogNode.*")
async def nodes(
    session: Session, service: Peer | None = None, *, limit: Count = Count(500)
) -> None:
    """Print the blogs that an account or a service has; your own where none is named.

    limit: how many at most
    """
    found = await gather(
        session,
        lambda most, after: session.blog.nodes(service or "", limit=most, after=after),
        limit,
    )
    session.out.records(found, (("blog", named), "access", "title", "description"), none="no blogs")


@command
@prints("BlogNode.*")
async def info(session: Session, blog: BlogAddress = OWN) -> None:
    """Print what its service says of a blog."""
    session.out.record(await session.blog.node(*blog))


@command
@prints("service")
async def group_service(session: Session) -> None:
    """Print the service of your server where groups have their blogs."""
    service = await session.blog.group_service()
    if not service:
        raise Failure("your server has no service for blogs of groups")
    session.out.value("service", service)


@command
async def create(
    session: Session,
    blog: BlogAddress,
    *,
    access: AccessModel = "open",
    member: list[str] | None = None,
    title: str = "",
    description: str = "",
    gallery: bool = False,
) -> None:
    """Make a blog of your own (/NODE), or of a group at a service that lets one.

    access: for whom it is: everybody; those who see your presence; groups of contacts; those who
        are named; those who are let in one by one
    member: for whitelist somebody who may see it, as WHO is elsewhere; for roster a group of
        contacts
    title: what it is called, in a line
    description: what it is about, in a line
    gallery: all that is posted in it has a picture

    $ jp blog create /photos --title Photos --access presence --gallery
    """
    await session.blog.create_node(
        *blog,
        access=access,
        members=await _members(session, access, member or ()),
        title=title,
        description=description,
        gallery=gallery,
    )


@command
async def delete(session: Session, blog: BlogAddress, *, yes: bool = False) -> None:
    """Delete a blog with all that was written in it; it can't be had back.

    yes: don't ask
    """
    if not yes:
        called = blog_name(*blog)
        session.confirm(f"Delete the blog {called} with all that is in it?")
    await session.blog.delete_node(*blog)


@command
@prints("model members")
async def access(
    session: Session,
    blog: BlogAddress = OWN,
    model: AccessModel | None = None,
    *,
    member: list[str] | None = None,
) -> None:
    """Print whom a blog is for, or have it be for others from now on.

    It is a matter of a blog as a whole, never of one entry.

    model: for whom it is to be: everybody; those who see your presence; groups of contacts; those
        who are named; those who are let in one by one
    member: for whitelist somebody who may see it, as WHO is elsewhere; for roster a group of
        contacts; all of them

    $ jp blog access /photos whitelist --member bob@example.org
    """
    if model is not None:
        await session.blog.set_access(*blog, model, await _members(session, model, member or ()))
        return
    if member is not None:
        raise UsageError("--member goes with a model", "blog access")
    found, members = await session.blog.access(*blog)
    session.out.record({"model": found, "members": [*members]})


async def _members(session: Session, access: AccessModel, named: Sequence[str]) -> Sequence[str]:
    """Return for whom a blog is to be: people by their addresses, groups as they are named."""
    if access != "whitelist":
        return named
    if not all(named):
        raise UsageError("--member: '' is nobody's address or name")
    try:
        return [await Peer.resolve(Peer.read(each), session) for each in named]
    except ValueError as error:
        raise UsageError(f"--member: {error}") from None
