"""Blogs of one's own: making and deleting them, and whom they are for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from backendd.api.errors import BackendError, UnknownItem
from backendd.api.words import AccessModel
from primitivus.client.blog_access import BlogAccessPart
from primitivus.commands.arguments.people import accounts, find_here
from primitivus.commands.arguments.types import SAME, Kind, Text, between_commas
from primitivus.commands.arguments.which_blog import Blog, BlogAddress, NewNode, the_blog
from primitivus.commands.asking.forms import confirm
from primitivus.commands.blogs.blogs import open_blog
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.model.blogs.blogs import MICROBLOG, Blogs, Feed, blog_name
from primitivus.model.blogs.post_sources import OneBlog
from primitivus.model.panes.post import PostPane
from primitivus.model.panes.timeline import TimelinePane
from primitivus.model.popups.readers import whom
from primitivus.model.wording.enumerating import joined
from primitivus.model.wording.quoting import commas
from primitivus.sentences import tr

_MEANT = {
    "open": tr("everybody"), "presence": tr("who sees your presence"),
    "roster": tr("groups of your contacts"), "whitelist": tr("those alone whom you name"),
    "authorize": tr("those whom you let in one by one"),
}  # fmt: skip


def one_of(meant: Mapping[str, str]) -> Kind:
    """Return how one of these words is read, and completed with what it means."""

    def parse(text: str) -> str:
        if text not in meant:
            raise ValueError(
                tr('"{text}" isn\'t one of {words}', text=text, words=", ".join(meant.keys()))
            )
        return text

    def complete(asked: Asked) -> Iterable[Candidate]:
        return [Candidate(*each) for each in meant.items() if each[0].startswith(asked.word)]

    return Kind("model", parse, complete, choices=lambda: (*meant,))


def _complete_readers(asked: Asked) -> Iterable[Candidate]:
    before, _, begun = asked.word.rpartition(",")
    kept = f"{before}, " if before else ""
    for account in accounts(asked.known.state):
        contacts = account.roster.listed()
        groups = dict.fromkeys(group for each in contacts for group in each.groups)
        people = {each.jid: each.name for each in contacts}
        found = dict.fromkeys(groups, "") if asked.earlier == "roster" else people
        for word, name in found.items():
            if word.startswith(begun.lstrip()):
                yield Candidate(kept + commas([word]), name)


Model = Annotated[AccessModel, one_of(_MEANT)]
# People by address or name, or groups of them, with commas between.
Readers = Annotated[
    list[str], Kind("readers", between_commas, complete=_complete_readers, takes_rest=True)
]


@command("blog-access", aliases=("blog access",))
async def blog_access(
    ctx: Context, model: Model | None = None, readers: Readers | None = None
) -> None:
    """Say whom your blog is for, or the one that is shown; alone, tell whom it is for now.

    `open` is everybody, `presence` those who see your presence, `roster` the groups of your
    contacts that follow it, `whitelist` those alone who do, with commas between; without any of
    them they stay as they are. With `authorize` you are asked to let in each who follows the blog,
    which not all servers can. Comments and likes are for the same people, some time
    after it where there are many posts. Where you have no blog
    yet it is made.
    """
    meant = own_blog(ctx)
    part = ctx.at(meant.account.place("")).part(BlogAccessPart)
    name = blog_name(meant.account, meant.feed)
    try:
        before, members = await part.access(meant.feed)
    except UnknownItem:
        before, members = "", ()
    if model is None:
        ctx.state.say(_told(meant, before, members))
        return
    named = _named(ctx, model, readers, members if before == model else ())
    if before not in ("", "open") and model == "open":
        text = tr("{name}\nEverybody can read then all that was ever written there.", name=name)
        if not await confirm(ctx, tr("Open a blog to everybody"), text):
            return
    if before:
        await part.calls.set_access(*meant.feed, model, named)
    else:
        await part.calls.create_node(*meant.feed, access=model, members=named)
    part.ask_again(meant.feed)
    # Each place for comments is one more to be changed, behind it.
    more = (
        tr("comments and likes there follow one by one") if before else await _follow(meant, part)
    )
    said = tr("{name}: {whom}", name=name, whom=whom(meant.account, model, named))
    ctx.state.say(joined(said, more))


@command("blog-create", aliases=("blog create",))
async def blog_create(
    ctx: Context,
    address: BlogAddress | None = None,
    node: NewNode = "",
    title: Text = SAME,
) -> None:
    """Make a blog: your own, another of yours, or one of a group at the ADDRESS of a service.

    Those of a service need a NODE, which is what it is called there in links. It is open to
    everybody until `:blog-access` says something else, and followed, for others may write there.
    One of pictures is made by `:blog-create-gallery`.
    """
    await _create(ctx, address, node, title, is_gallery=False)


@command("blog-create-gallery", aliases=("blog create-gallery",))
async def blog_create_gallery(
    ctx: Context, address: BlogAddress, node: str, title: Text = SAME
) -> None:
    """Make a blog of pictures, as `:blog-create` does: each post has one (XEP-0472).

    The ADDRESS is your own, or that of a service; your own blog itself can be none.
    """
    await _create(ctx, address, node, title, is_gallery=True)


async def _create(
    ctx: Context, address: str | None, node: str, title: str, *, is_gallery: bool
) -> None:
    account = ctx.account.known
    own = account.profile.jid
    service = (address or own).partition("/")[0]
    if service != own and "@" in service:
        raise CommandError(
            tr("a blog is made in your own account, or at a service, which has no @")
        )
    if service != own and not node:
        raise CommandError(tr("a blog of a service needs a NODE: :blog-create ADDRESS NODE TITLE"))
    feed = Feed(service, node or MICROBLOG)
    part = ctx.at(account.place("")).part(BlogAccessPart)
    await part.calls.create_node(*feed, title=title, gallery=is_gallery)
    if title:
        account.of(Blogs).titles[feed.key] = title
    blog = Blog(account, feed)
    more = await _follow(blog, part)
    said = (
        tr("the gallery is made, for everybody")
        if is_gallery
        else tr("the blog is made, for everybody")
    )
    ctx.state.say(joined(said, more or tr(":blog-access says whom it is for")))
    await open_blog(ctx, blog)


async def _follow(made: Blog, part: BlogAccessPart) -> str:
    """Follow what was made: others may write there. Return why it could not be, if so."""
    if made.feed == Feed(made.account.profile.jid, MICROBLOG):
        return ""  # it is listed with those that are followed
    try:
        await part.calls.subscribe(*made.feed)
    except BackendError as error:
        return tr("it could not be followed: {why}", why=error)
    return ""


@command("blog-delete", aliases=("blog delete",))
async def blog_delete(ctx: Context) -> None:
    """Delete your blog, or the one that is shown, with all that was written in it; it is asked."""
    meant = own_blog(ctx)
    name = blog_name(meant.account, meant.feed)
    text = tr(
        "{name}\n{address}\nAll that was written there is gone, here and for everybody, with the"
        " comments on it.",
        name=name,
        address=meant.feed.address,
    )
    if not await confirm(ctx, tr("Delete a blog"), text):
        return
    part = ctx.at(meant.account.place("")).part(BlogAccessPart)
    await part.calls.delete_node(*meant.feed)
    part.reload(meant.feed)
    ctx.state.say(tr('"{name}" is deleted', name=name))


def own_blog(ctx: Context) -> Blog:
    """Return the blog that is shown alone, else one's own."""
    pane = ctx.pane
    if isinstance(pane, PostPane) or (
        isinstance(pane, TimelinePane) and isinstance(pane.source, OneBlog)
    ):
        return the_blog(ctx, None, None)
    account = ctx.account.known
    return Blog(account, Feed(account.profile.jid))


def _told(meant: Blog, model: str, members: Sequence[str]) -> str:
    name = blog_name(meant.account, meant.feed)
    if not model:
        return tr("{name}: there is no such blog yet; :blog-access MODEL makes it", name=name)
    said = whom(meant.account, model, members)
    if members and commas(members) not in said:
        said = tr("{said}: {members}", said=said, members=commas(members))
    return tr("{name}: {said}; :blog-access MODEL WHO changes it", name=name, said=said)


def _named(
    ctx: Context, model: AccessModel, readers: list[str] | None, before: Sequence[str]
) -> list[str]:
    """Return who is named: people by their address, also where it is their name that was typed."""
    if readers is None:
        return list(before) if model != "authorize" else []
    if model != "whitelist":
        return readers
    return [person(ctx, each) for each in readers]


def person(ctx: Context, written: str) -> str:
    """Return the address of somebody who may have been named by another name; CommandError."""
    address = find_here(ctx.state, written, is_listed=True).peer
    if "@" not in address:
        raise CommandError(
            tr('nobody whom you know is called "{value}": give an address', value=written)
        )
    return address
