"""Blogs as files: one's own taken elsewhere, and what stands in a file published here."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from backendd.api import sizes
from backendd.api.contract import Blog as Calls
from backendd.api.new_files import NewFile
from backendd.api.records import ImportedEntry
from primitivus.client.apart import apart
from primitivus.client.blogs import BlogsPart
from primitivus.client.unfinished import unfinished
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.files import absolute, opened
from primitivus.commands.forms import confirm
from primitivus.commands.which_blog import Blog, BlogAddress, BlogNode, the_blog
from primitivus.model.blogs import Feed, blog_name
from primitivus.model.listing import Markup
from primitivus.model.outgoing import OutgoingPosts
from primitivus.model.popup import Overlay
from primitivus.model.quoting import quote
from primitivus.model.times import moment
from primitivus.sentences import ntr

# So many posts of a kind are listed.
_MOST = 200
_WORK = "blog-files"
_STATES = ("new", "refused", "known")
_DATE = len("2026-11-26 12:00:00")
_DOUBTS = {
    "missing": "  is of now",
    "future": "  lies in the future: is of now",
    "early": "  before 1970",
}
_ALL_DOUBTS = {
    "missing": "without a date, published as of now",
    "future": "dated in the future, published as of now",
    "early": "dated before 1970, published as of then",
}


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
        raise CommandError(f'"{path}" is a folder: say what to call the file in it')
    with _explained(path):
        new = await apart(partial(NewFile.at, path, unfinished()))
    try:
        with _saying(ctx, f"reading all of {_called(meant)}"):
            await calls.export(*meant.feed, new.file)
        with _explained(path):
            size, name = new.size, await apart(new.finish)
    finally:
        await apart(new.close)
    said = f'{_called(meant)} is in "{path.with_name(name)}" ({sizes.shown(size)})'
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
    with _saying(ctx, f'reading "{path.name}"'), ctx.waiting.keys():
        found = await _import(ctx, meant, path, dry_run=True)
    counts = _counts(found)
    if not counts["new"]:
        raise CommandError(f'nothing in "{path.name}" would be published: {_summary(counts)}')
    words = (str(path), *(meant.feed if address else ()))
    run = " ".join(map(quote, ("blog-import-now", *words)))
    title = f'"{path.name}" into {_called(meant)}: {_summary(counts)}'
    ctx.state.open_popup(Overlay(title, tuple(_lines(found)), run))


@command("blog-import-now", aliases=("blog import-now",))
async def blog_import_now(
    ctx: Context, file: Path, address: BlogAddress | None = None, node: BlogNode | None = None
) -> None:
    """Publish the posts of a FILE in a blog, by default your own; :blog-import shows them first."""
    meant, path = _meant(ctx, address, node), absolute(file)
    text = (
        f'What is new in "{path.name}" is published in {_called(meant)}, the oldest first. '
        "Whoever follows it is told of each post."
    )
    if not await confirm(ctx, "Publish the posts of a file", text):
        return
    with _saying(ctx, f'taking the posts of "{path.name}"'):
        found = await _import(ctx, meant, path, dry_run=False)
    counts = _counts(found)
    ends = "; :discard-pending gives up those that wait still" if counts["new"] else ""
    said = f"{_called(meant)} gets them: {_summary(counts)}{ends}"
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
        raise CommandError(f"nothing waits to be published in {_called(meant)}")
    text = ntr(
        "{n} post waits for {blog}: none of those goes out.",
        "{n} posts wait for {blog}: none of those goes out.",
        many,
        blog=_called(meant),
    )
    if await confirm(ctx, "Discard what waits", text):
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
        raise CommandError(f'"{path}" can\'t be written: {error.strerror}') from None


def _meant(ctx: Context, address: str | None, node: str | None) -> Blog:
    if address is not None:
        return the_blog(ctx, address, node)
    return Blog(ctx.account.known, Feed(ctx.account.known.profile.jid))


def _called(meant: Blog) -> str:
    is_own = meant.feed == Feed(meant.account.profile.jid)
    return "your blog" if is_own else f"the blog {blog_name(meant.account, meant.feed)}"


def _calls(ctx: Context, meant: Blog) -> Calls:
    return ctx.at(meant.account.place("")).part(BlogsPart).calls


async def _import(
    ctx: Context, meant: Blog, path: Path, *, dry_run: bool
) -> Sequence[ImportedEntry]:
    calls = _calls(ctx, meant)
    with await apart(partial(opened, path, "imported")) as file:
        return await calls.import_(*meant.feed, file, dry_run=dry_run)


def _counts(found: Sequence[ImportedEntry]) -> dict[str, int]:
    return {state: sum(each.state == state for each in found) for state in _STATES}


def _summary(counts: dict[str, int]) -> str:
    said = (
        (counts["new"], "new"), (counts["known"], "there already"), (counts["refused"], "left out"),
    )  # fmt: skip
    return ", ".join(f"{number} {what}" for number, what in said if number) or "it has no posts"


def _lines(found: Sequence[ImportedEntry]) -> Iterator[Markup]:
    """Yield what becomes of each post: those to be published, then what is left out and why."""
    yield (("hint", "Enter goes on to publish what is new; Esc leaves it."),)
    yield from _doubts(found)
    for state in _STATES[:2]:
        those = [each for each in found if each.state == state]
        yield from map(_line, those[:_MOST])
        if len(those) > _MOST:
            yield (("hint", f"and {len(those) - _MOST} more"),)


def _line(post: ImportedEntry) -> Markup:
    said = (("popup.key", f"{_date(post):<{_DATE}}  "), ("popup", post.title))
    if post.state == "refused":
        return (*said, ("message.error", f"  left out: {post.error[1]}"))
    tags = ("hint", "".join(f"  #{tag}" for tag in post.tags))
    return (*said, ("message.error", _DOUBTS.get(post.doubt, "")), tags)


def _date(post: ImportedEntry) -> str:
    """Return when a post was written, as it says."""
    try:
        return "no date" if post.doubt == "missing" else moment(post.published)
    except (OverflowError, OSError, ValueError):  # of a year that no calendar has
        return "?"


def _doubts(found: Sequence[ImportedEntry]) -> Iterator[Markup]:
    """Yield how many have dates that can't be, of those that would be published."""
    for doubt, said in _ALL_DOUBTS.items():
        if many := sum(each.doubt == doubt and each.state == "new" for each in found):
            what = ntr("{n} post", "{n} posts", many)
            yield (("message.error", f"{what}: {said}"),)
