"""Blogs as files: one's own taken elsewhere, and what stands in a file published here."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from backendd.api.contract import Blog as Calls
from backendd.api.new_files import NewFile
from backendd.api.records import ImportedEntry
from primitivus.client.apart import apart
from primitivus.client.blogs import BlogsPart
from primitivus.client.unfinished import unfinished
from primitivus.commands.arguments.which_blog import Blog, BlogAddress, BlogNode, the_blog
from primitivus.commands.asking.forms import confirm
from primitivus.commands.blogs.imported import counts_of, lines, summary
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.files.files import absolute, opened
from primitivus.model.blogs.blogs import Feed, blog_name
from primitivus.model.blogs.outgoing import OutgoingPosts
from primitivus.model.popups.popup import Overlay
from primitivus.model.wording.enumerating import joined
from primitivus.model.wording.quoting import quote
from primitivus.model.wording.written import as_size
from primitivus.sentences import ntr, tr

_WORK = "blog-files"


@command("blog-export", aliases=("blog export",))
async def blog_export(
    ctx: Context, file: Path, address: BlogAddress | None = None, node: BlogNode | None = None
) -> None:
    """Write all posts of a blog, by default your own, to a FILE of Atom, as feed readers read it.

    Comments on them are left out. Where there is such a FILE already this one gets a number.
    """
    meant, path = _meant(ctx, address, node), absolute(file)
    calls = _calls(ctx, meant)
    if await apart(path.is_dir):
        raise CommandError(tr('"{path}" is a folder: say what to call the file in it', path=path))
    with _explained(path):
        new = await apart(partial(NewFile.at, path, unfinished()))
    try:
        with _saying(ctx, tr('reading all of "{what}"', what=_called(meant))):
            await calls.export(*meant.feed, new.file)
        with _explained(path):
            size, name = new.size, await apart(new.finish)
    finally:
        await apart(new.close)
    said = tr(
        '"{what}" is in "{with_name}" ({size})',
        what=_called(meant),
        with_name=path.with_name(name),
        size=as_size(size),
    )
    ctx.state.say(said, account=meant.account)


@command("blog-import", aliases=("blog import",))
async def blog_import(
    ctx: Context, file: Path, address: BlogAddress | None = None, node: BlogNode | None = None
) -> None:
    """Show which posts of a FILE would be published in a blog, by default your own; Enter does it.

    It may be of Atom or RSS 2.0, or what WordPress or Blogger has exported. What the blog has
    already stays as it is. Drafts, private posts, pages and comments are left out.
    """
    meant, path = _meant(ctx, address, node), absolute(file)
    with _saying(ctx, tr('reading "{name}"', name=path.name)), ctx.waiting.keys():
        found = await _import(ctx, meant, path, dry_run=True)
    counts = counts_of(found)
    if not counts["new"]:
        raise CommandError(
            tr(
                'nothing in "{name}" would be published: {summary}',
                name=path.name,
                summary=summary(counts),
            )
        )
    words = (str(path), *(meant.feed if address else ()))
    run = " ".join(map(quote, ("blog-import-now", *words)))
    title = tr(
        '"{name}" into "{what}": {summary}',
        name=path.name,
        what=_called(meant),
        summary=summary(counts),
    )
    ctx.state.open_popup(Overlay(title, tuple(lines(found)), run))


@command("blog-import-now", aliases=("blog import-now",))
async def blog_import_now(
    ctx: Context, file: Path, address: BlogAddress | None = None, node: BlogNode | None = None
) -> None:
    """Publish the posts of a FILE in a blog, by default your own; :blog-import shows them first."""
    meant, path = _meant(ctx, address, node), absolute(file)
    text = tr(
        'What is new in "{name}" is published in "{what}", the oldest first. Whoever follows it is'
        " told of each post.",
        name=path.name,
        what=_called(meant),
    )
    if not await confirm(ctx, tr("Publish the posts of a file"), text):
        return
    with _saying(ctx, tr('taking the posts of "{name}"', name=path.name)):
        found = await _import(ctx, meant, path, dry_run=False)
    counts = counts_of(found)
    ends = tr(":discard-pending gives up those that wait still") if counts["new"] else ""
    said = tr('"{what}" gets them: {summary}', what=_called(meant), summary=summary(counts))
    said = joined(said, ends)
    ctx.state.say(said, account=meant.account)


@command("discard-pending")
async def discard_pending(
    ctx: Context, address: BlogAddress | None = None, node: BlogNode | None = None
) -> None:
    """Give up all posts that wait to be published in a blog, by default your own; it asks before.

    So an import ends where it is: what is out stays, and what isn't is new if you import it again.
    """
    meant = _meant(ctx, address, node)
    if not (many := meant.account.of(OutgoingPosts).pending(meant.feed)):
        raise CommandError(tr('nothing waits to be published in "{what}"', what=_called(meant)))
    text = ntr(
        '{n} post waits for "{blog}": none of those goes out.',
        '{n} posts wait for "{blog}": none of those goes out.',
        many,
        blog=_called(meant),
    )
    if await confirm(ctx, tr("Discard what waits"), text):
        count = await _calls(ctx, meant).discard_pending(*meant.feed)
        said = ntr("{n} post is discarded", "{n} posts are discarded", count)
        ctx.state.say(said, account=meant.account)


@contextmanager
def _saying(ctx: Context, what: str) -> Iterator[None]:
    """Say what is done, while it is."""
    ctx.state.say(what, about=_WORK)
    try:
        yield
    finally:
        ctx.state.settle(_WORK)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Raise what the system says of a file that is to be written as a CommandError."""
    try:
        yield
    except OSError as error:
        raise CommandError(
            tr('"{path}" can\'t be written: {why}', path=path, why=error.strerror)
        ) from None


def _meant(ctx: Context, address: str | None, node: str | None) -> Blog:
    if address is not None:
        return the_blog(ctx, address, node)
    return Blog(ctx.account.known, Feed(ctx.account.known.profile.jid))


def _called(meant: Blog) -> str:
    return blog_name(meant.account, meant.feed)


def _calls(ctx: Context, meant: Blog) -> Calls:
    return ctx.at(meant.account.place("")).part(BlogsPart).calls


async def _import(
    ctx: Context, meant: Blog, path: Path, *, dry_run: bool
) -> Sequence[ImportedEntry]:
    calls = _calls(ctx, meant)
    with await apart(partial(opened, path, "imported")) as file:
        return await calls.import_(*meant.feed, file, dry_run=dry_run)
