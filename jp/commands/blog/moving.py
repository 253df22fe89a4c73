"""`jp blog export` and `import`."""

from collections.abc import Mapping

from backendd.api.regular import opened
from backendd.api.signature import Plain
from jp.command import command, prints
from jp.commands.blog.columns import heading
from jp.failures import Failure
from jp.kinds.entries import OWN, BlogAddress, blog_name
from jp.kinds.files import OpenedFile, Target
from jp.kinds.numbers import Wait
from jp.session import Session
from jp.written import received


@command
async def export(session: Session, file: Target, blog: BlogAddress = OWN) -> None:
    """Write all of a blog to a new file of Atom, without the comments on it.

    Nothing is overwritten. What is not here yet is read from its service before; what waits to be
    published, or has failed, is in it as well.

    $ jp blog export garden.atom
    """
    async with received(file) as target:
        not_there = "what was printed is not all of it" if file == "-" else f"{file} is not written"
        await session.begin(not_there, lasts=False)
        await session.blog.export(*blog, target)
    session.begun = ""


def _argument(blog: tuple[str, str]) -> str:
    """Return a blog as it is typed behind a command."""
    if blog == OWN:
        return ""
    from shlex import quote

    return f" {quote(blog_name(*blog))}"


def _doubt(entry: Mapping[str, Plain]) -> str:
    return _DOUBTS.get(str(entry.get("doubt") or ""), "")


_DOUBTS = {"missing": "has no date", "future": "is of the future", "early": "is of before 1970"}


@command
@prints("ImportedEntry.*")
async def import_(
    session: Session,
    file: OpenedFile,
    blog: BlogAddress = OWN,
    *,
    dry_run: bool = False,
    wait: Wait | None = None,
) -> None:
    """Publish the posts of a file of Atom or RSS with their dates, and print what becomes of each.

    What the blog has already stays as it is, so a file may be imported as often as one likes.
    Ctrl-C ends it; what was taken until then is published.

    dry_run: publish nothing, only print what would be
    wait: return when all that waits for the blog is published; at most so long (a minute where
        nothing is said)

    $ jp blog import garden.atom --dry-run
    """
    try:
        source = opened(file, file, "imported")
    except OSError as error:
        raise Failure(f"{file} can't be read: {error.strerror}") from None
    if not dry_run:
        ends = f"`jp blog discard-pending{_argument(blog)}` ends it"
        await session.begin(f"what was taken of the file is published; {ends}")
    with source:
        found = await session.blog.import_(*blog, source, dry_run=dry_run)
    columns = ("id", "published", "state", ("date", _doubt), ("title", heading))
    session.out.records(found, columns, none="no posts")
    if refused := sum(each.state == "refused" for each in found):
        raise Failure(f"{refused} of {len(found)} posts can't be published")
    if wait is not None and not dry_run:
        from jp.commands.blog.settling import settle_all

        await settle_all(session, blog, wait)
