"""Posts of blogs: reading one, going on to others, and telling people of it."""

from collections.abc import Mapping
from typing import Annotated

from backendd.api.records import Entry
from primitivus.client.blogs import BlogsPart
from primitivus.client.posts import PostsPart
from primitivus.commands.arguments.people import PeerJid, ProfileName, find_here
from primitivus.commands.arguments.types import Kind, Rest
from primitivus.commands.arguments.which_entry import meant_entry
from primitivus.commands.blogs import post_files
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.messages.conversations import chat
from primitivus.commands.panes.panes import show
from primitivus.model.area import Area
from primitivus.model.blogs.discussion import commented
from primitivus.model.blogs.entry_links import other_links, web_address
from primitivus.model.blogs.post_sources import OneBlog
from primitivus.model.blogs.post_titles import title
from primitivus.model.panes.post import PostPane, document
from primitivus.model.panes.timeline import TimelinePane
from primitivus.model.wording import links
from primitivus.sentences import tr


def _post_link(text: str) -> str:
    try:
        link = links.read(text)
    except ValueError:
        raise ValueError(
            tr('"{text}" isn\'t the link to a post: xmpp:name@server?;node=NODE;item=ID', text=text)
        ) from None
    if not links.is_of_item(link):
        raise ValueError(
            tr('"{text}" isn\'t the link to a post: it names no item of a node', text=text)
        )
    return text


PostLink = Annotated[str, Kind("post", _post_link)]


@command("post")
async def post(ctx: Context, link: PostLink, profile: ProfileName | None = None) -> None:
    """Read a post of a blog, by its link: xmpp:juliet@example.org?;node=NODE;item=ID.

    Numbers in brackets stand for links, which are listed below what it says; `open` opens them.
    A `?` behind an author means that nothing shows that they wrote it.
    """
    found = links.read(link)
    place = ctx.named(profile).known.place("")
    service = found.jid.partition("/")[0]
    pane = PostPane(place, service, found.values["node"], found.values["item"])
    pane.come_from(ctx.state.layout.main)
    show(ctx, pane)
    await ctx.at(place).part(PostsPart).open(pane)


@command("next-post", context="post")
async def next_post(ctx: Context) -> None:
    """Go on to the next post below in the list that it is from, else to an older one of its blog.

    A list is what you follow, what is unread there, one blog, or what was found.
    """
    await _go(
        ctx, 1, tr("this is the first post of the blog"), tr("this is the last post of the list")
    )


@command("previous-post", context="post")
async def previous_post(ctx: Context) -> None:
    """Go back to the post above in the list that it is from, else to a newer one of its blog."""
    await _go(
        ctx, -1, tr("this is the newest post of the blog"), tr("this is the first post of the list")
    )


@command("share")
async def share(ctx: Context, peer: PeerJid, text: Rest = "") -> None:
    """Write the title of the post here and a link to it to somebody, behind a TEXT; you send it.

    It is the one that is shown, or marked. Of a comment that is marked it is how that begins. The
    link is to where it is on the web, if it is there, else the one that opens it here.
    """
    entry = meant_entry(ctx).entry
    said = "\n".join(filter(None, (text, title(entry), web_address(entry) or entry.uri)))
    whose = find_here(ctx.state, peer)
    await chat(ctx, whose.peer, whose.account)
    pane = ctx.state.conversation
    if pane is None:
        raise ctx.no_conversation()
    editor = pane.editor
    editor.text_end()
    editor.insert(f"\n{said}" if editor.text else said)
    ctx.state.show(mode="insert")
    ctx.edited()


def shown(ctx: Context) -> PostPane:
    """Return the post that is shown; CommandError."""
    pane = ctx.state.layout.main
    if not isinstance(pane, PostPane):
        raise CommandError(tr("no post is shown: :post LINK shows one"))
    return pane


def opened(ctx: Context) -> dict[str, str]:
    """Return what the post or the marked comment leads to, and how each is told; CommandError."""
    entry = meant_entry(ctx).entry
    if not (leads := _leads(entry, post_files.opened(ctx))):
        raise CommandError(tr("no link is in it"))
    return leads


def copied(ctx: Context) -> dict[str, str]:
    """Return the links that can be copied: to the post or the marked comment, and what it has."""
    entry = meant_entry(ctx).entry
    is_comment = commented(entry) is not None
    told = (
        tr("this comment: {uri}", uri=entry.uri)
        if is_comment
        else tr("this post: {uri}", uri=entry.uri)
    )
    files = {each.url: each.title or each.url for each in entry.attachments if each.url}
    return {entry.uri: told} | _leads(entry, files)


def _leads(entry: Entry, files: Mapping[str, str]) -> dict[str, str]:
    # In the order of the numbers that they have in the post (widgets/blogs/post.py).
    found = {each.url: f"{each.text}  {each.url}" for each in document(entry).links()}
    others = {href: f"{rel or 'related'}: {href}" for rel, href in other_links(entry)}
    return {**found, **{href: said for href, said in others.items() if href not in found}, **files}


def _list(pane: PostPane) -> TimelinePane | None:
    """Return the list that a post is from, if it still stands there."""
    listed = pane.listed_in
    return listed if listed is not None and pane.listed_as in listed.posts else None


def _is_one(listed: TimelinePane) -> bool:
    return isinstance(listed.source, OneBlog)


async def _go(ctx: Context, by: int, none: str, none_listed: str) -> None:
    pane = shown(ctx)
    listed, posts = _list(pane), ctx.at(pane.place).part(PostsPart)
    with ctx.waiting.keys():
        if listed is None:
            found = await posts.beside(pane, by)
        else:
            entry = await ctx.at(pane.place).part(BlogsPart).beside(listed, pane.listed_as, by)
            found = pane.beside_in(listed, entry) if entry is not None else None
        if found is not None:
            await posts.open(found)
    if found is None:
        if listed is not None and by > 0 and listed.paging.error:
            raise CommandError(listed.paging.error)
        raise CommandError(none if listed is None or _is_one(listed) else none_listed)
    if ctx.state.layout.main is pane:
        if listed is not None:
            listed.point(found.listed_as)  # whoever goes back to it goes on there
        ctx.state.layout.trail.replace(found)
        ctx.state.changed(Area.VIEW)
