"""Posts of blogs: reading one, going on to others, and telling people of it."""

from collections.abc import Mapping
from typing import Annotated

from backendd.api.records import Entry
from primitivus.client.posts import PostsPart
from primitivus.commands import post_files
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.conversations import chat
from primitivus.commands.errors import CommandError
from primitivus.commands.panes import show
from primitivus.commands.people import PeerJid, ProfileName, find_here
from primitivus.commands.types import Kind, Rest
from primitivus.commands.which_entry import meant_entry
from primitivus.model import links
from primitivus.model.area import Area
from primitivus.model.discussion import commented
from primitivus.model.panes.post import PostPane, document, other_links, title, web_address


def _post_link(text: str) -> str:
    try:
        link = links.read(text)
    except ValueError:
        raise ValueError("isn't the link to a post: xmpp:name@server?;node=NODE;item=ID") from None
    if not links.is_of_item(link):
        raise ValueError("isn't the link to a post: it names no item of a node")
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
    show(ctx, pane)
    await ctx.at(place).part(PostsPart).open(pane)


@command("next-post", context="post")
async def next_post(ctx: Context) -> None:
    """Go on to the next post of the blog, which is older."""
    await _go(ctx, 1, "this is the first post of the blog")


@command("previous-post", context="post")
async def previous_post(ctx: Context) -> None:
    """Go back to the post of the blog that came after this one."""
    await _go(ctx, -1, "this is the newest post of the blog")


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
        raise CommandError("no post is shown: :post LINK shows one")
    return pane


def opened(ctx: Context) -> dict[str, str]:
    """Return what the post or the marked comment leads to, and how each is told; CommandError."""
    entry = meant_entry(ctx).entry
    if not (leads := _leads(entry, post_files.opened(ctx))):
        raise CommandError("no link is in it")
    return leads


def copied(ctx: Context) -> dict[str, str]:
    """Return the links that can be copied: to the post or the marked comment, and what it has."""
    entry = meant_entry(ctx).entry
    what = "comment" if commented(entry) is not None else "post"
    files = {each.url: each.title or each.url for each in entry.attachments if each.url}
    return {entry.uri: f"this {what}: {entry.uri}"} | _leads(entry, files)


def _leads(entry: Entry, files: Mapping[str, str]) -> dict[str, str]:
    links = enumerate(document(entry).links(), 1)
    found = {each.url: f"[{number}] {each.text}  {each.url}" for number, each in links}
    others = {href: f"{rel or 'related'}: {href}" for rel, href in other_links(entry)}
    return {**found, **files, **others}


async def _go(ctx: Context, by: int, none: str) -> None:
    pane = shown(ctx)
    with ctx.waiting.keys():
        found = await ctx.at(pane.place).part(PostsPart).beside(pane, by)
    if found is None:
        raise CommandError(none)
    if ctx.state.layout.main is pane:
        ctx.state.layout.trail.replace(found)
        ctx.state.changed(Area.VIEW)
