"""Writing posts: in one's editor, looked at as they will be, and published."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from backendd.api.errors import EntryChanged, FileError, UnknownItem
from backendd.api.records import Draft
from backendd.api.signature import Plain
from primitivus.client.apart import apart
from primitivus.client.post_drafts import FILE, PostDraftsPart
from primitivus.commands.arguments.types import NOTHING, Rest
from primitivus.commands.arguments.which_entry import Meant, meant_entry
from primitivus.commands.asking.forms import confirm
from primitivus.commands.blogs.draft_hints import hints
from primitivus.commands.blogs.files_of_posts import with_files
from primitivus.commands.blogs.meanwhile import is_published_anyway
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.files.files import opened
from primitivus.commands.files.handing_files import told
from primitivus.commands.panes.panes import show
from primitivus.model.area import Area
from primitivus.model.blogs.blogs import MICROBLOG, is_comments, writer
from primitivus.model.blogs.post_drafts import PostDrafts, name
from primitivus.model.blogs.post_sources import OneBlog
from primitivus.model.blogs.post_text import read, write
from primitivus.model.blogs.posts import is_whole
from primitivus.model.panes.draft import GONE, DraftPane
from primitivus.model.panes.post import PostPane
from primitivus.model.panes.timeline import TimelinePane
from primitivus.model.place import Place
from primitivus.model.telling.still import still_shows
from primitivus.model.wording.encoded import decode
from primitivus.model.wording.enumerating import joined
from primitivus.model.xhtml.lost import lost
from primitivus.sentences import tr

_PROBLEM = "head of a draft"


@command("publish")
async def publish(ctx: Context, title: Rest = NOTHING) -> None:
    """Write a post for your blog in your editor, and look at it before it is published.

    It begins with lines of its title, tags, whether there can be comments, its files, one a line,
    and in which blog it goes; behind a blank line it is Markdown. Where the blog of a group is
    shown it is for that. It is kept as a draft until you publish it, also where it is the TITLE
    alone: :drafts shows them.
    """
    place = ctx.account.known.place("")
    entry = {"title": title} if title else {}
    await compose(ctx, place, entry, *meant_blog(ctx), is_begun=bool(title))


@command("edit-post")
async def edit_post(ctx: Context) -> None:
    """Edit the post of yours that is shown or marked; it stays as it is until you publish that.

    It is in the Markdown that you wrote it in. What another program wrote is made Markdown; you are
    asked first where something of it is lost that way, and told what; a text that you leave as it
    is stays as that program wrote it. Each file that it has is a line
    `File: NAME <ADDRESS>`: without that line it is taken off the post. Others come behind those.
    """
    meant = meant_entry(ctx)
    entry, place, account = meant.entry, meant.pane.place, ctx.at(meant.pane.place).known
    if is_comments(entry.node):
        raise CommandError(tr("a comment can't be edited: take it back, and write another"))
    if account.profile.jid not in (entry.author, entry.publisher, entry.service):
        raise CommandError(
            tr("only who wrote a post can edit it: this one is by {who}", who=writer(entry))
        )
    if (draft := account.of(PostDrafts).of_post(entry)) is not None:
        show_draft(ctx, place, draft)
        ctx.state.say(tr("a draft of it is here already"), holds=still_shows(ctx.state.layout))
        return
    with ctx.waiting.keys():
        source, is_lossy = await meant.part.calls.source(entry.service, entry.node, entry.id)
        gone = await _lost(meant, str(source.get("markdown", ""))) if is_lossy else ""
    text = tr(
        "Another program wrote it, with markup that Markdown has no word for: {lost}. Where you"
        " change the text that is lost; where you change only its title, its tags or its files it"
        " stays.",
        lost=gone,
    )
    if is_lossy and not await confirm(ctx, tr("Edit a post"), text):
        return
    await compose(ctx, place, source, entry.service, entry.node)


@command("edit-draft", context="draft")
async def edit_draft(ctx: Context) -> None:
    """Write on in your editor at the post that is not published yet."""
    await _edit(ctx, draft_pane(ctx))


@command("publish-draft", context="draft")
async def publish_draft(ctx: Context) -> None:
    """Publish the post that is shown; without a connection it waits for that.

    Where it changes a post that was changed or taken back since you began, you are asked first.
    """
    draft = (pane := draft_pane(ctx)).draft
    if pane.problems:
        edits = tr("{key} edits it", key=key) if (key := ctx.key_for("edit-draft")) else ""
        ctx.state.complain(joined(pane.problems[0], edits), about=_PROBLEM)
        return
    if pane.error == GONE and not await confirm(ctx, tr("Publish it all the same"), f"{GONE}."):
        return
    account = ctx.at(pane.place)
    part = account.part(PostDraftsPart)
    try:
        with ctx.waiting.keys():
            id = await _publish(part, pane)
    except (EntryChanged, UnknownItem) as error:
        if not draft.entry.get("id"):
            raise
        if not await is_published_anyway(ctx, pane, error):
            return
        with ctx.waiting.keys():
            id = await _publish(part, pane)
    own = account.known.profile.jid
    post = PostPane(pane.place, draft.service or own, draft.node or MICROBLOG, id)
    if ctx.state.layout.main is pane:
        ctx.state.layout.trail.replace(post)
        ctx.state.changed(Area.VIEW)
    if account.known.profile.state != "online":
        said = tr('"{name}" is published as soon as there is a connection', name=name(draft))
        ctx.state.say(said)


def meant_blog(ctx: Context) -> tuple[str, str]:
    """Return the service and node of the blog that is shown, of a group or of one's own.

    Where it is none of those they are empty: those of one's own first blog.
    """
    pane = ctx.state.layout.main
    if isinstance(pane, TimelinePane) and isinstance(pane.source, OneBlog):
        feed, own = pane.source.feed, ctx.account.known.profile.jid
        if feed.service == own:
            return "", "" if feed.node == MICROBLOG else feed.node
        return ("", "") if "@" in feed.service else (feed.service, feed.node)
    return "", ""


async def begin(ctx: Context, entry: Mapping[str, Plain], service: str, node: str) -> None:
    """Keep a new draft with these keys of `NewEntry`, and show it as it will be read."""
    draft = Draft(service=service, node=node, entry=dict(entry))
    pane = DraftPane(ctx.account.known.place(""), draft, *hints(ctx))
    pane.write(draft, "", ())
    await ctx.account.part(PostDraftsPart).save(pane)
    show(ctx, pane)


async def compose(
    ctx: Context,
    place: Place,
    entry: Mapping[str, Plain] | None = None,
    service: str = "",
    node: str = "",
    *,
    is_begun: bool = False,
) -> None:
    """Have a post be written that begins as `entry` says, with keys of `NewEntry`, and show it.

    `is_begun`: the user has written that, and it is kept also where nothing is added to it.
    """
    draft = Draft(service=service, node=node, entry=dict(entry or {}))
    pane = DraftPane(place, draft, *hints(ctx))
    if await _edit(ctx, pane, is_begun=is_begun):
        show(ctx, pane)


def show_draft(ctx: Context, place: Place, draft: Draft) -> None:
    """Show a draft as it will be read."""
    show(ctx, DraftPane(place, draft, *hints(ctx)))


def draft_pane(ctx: Context) -> DraftPane:
    """Return the draft that is shown; CommandError."""
    pane = ctx.state.layout.main
    if not isinstance(pane, DraftPane):
        raise CommandError(tr("no draft is shown: :drafts lists them, :publish begins one"))
    return pane


async def _publish(part: PostDraftsPart, pane: DraftPane) -> str:
    """Return the id of the post; files are handed open where the backend can't see them."""
    files = list(map(Path, pane.draft.entry.get("files", ())))
    try:
        return await part.publish(pane)
    except FileError:
        await part.look(pane)
        if pane.files.problems:
            raise CommandError(pane.files.problems[0]) from None
        if not files:
            raise
    with ExitStack() as stack:
        handles = [
            stack.enter_context(await apart(partial(opened, each, "published"))) for each in files
        ]
        return await part.publish(pane, handles, [told(each.name) for each in files])


async def _edit(ctx: Context, pane: DraftPane, *, is_begun: bool = False) -> bool:
    """Have what a pane holds be edited and kept; False where nothing was written."""
    account, draft = ctx.at(pane.place), pane.draft
    own = account.known.profile.jid
    text = pane.text or write(draft, own)
    with account.part(PostDraftsPart).editing(draft, text, _read, is_begun=is_begun) as begun:
        edited = await ctx.screen.edit(text, FILE, begun)
    is_same = edited.rstrip() == text.rstrip()
    if is_same and not is_begun:
        is_there = draft.id or draft.entry.get("id")
        ctx.state.say(tr("nothing was changed") if is_there else tr("nothing was written"))
        return bool(draft.id)
    written = await apart(partial(with_files, read(edited, draft, own)))
    if written.is_empty:
        ctx.state.say(
            tr("nothing is written; what was there stays a draft")
            if draft.id
            else tr("nothing is written")
        )
        return False
    after = replace(draft, service=written.service, node=written.node, entry=dict(written.entry))
    ctx.state.settle(_PROBLEM)
    pane.write(after, edited, written.problems)
    await account.part(PostDraftsPart).save(pane)
    if is_same and pane.is_saved:
        ctx.state.say(
            tr("nothing was added to the quotation: it is kept as a draft")
            if "markdown" in after.entry
            else tr("nothing was written but its title: it is kept as a draft")
        )
    return True


async def _lost(meant: Meant, markdown: str) -> str:
    """Return what of the markup of a post the Markdown hasn't that was made of it."""
    entry, calls = meant.entry, meant.part.calls
    whole = entry if is_whole(entry) else await calls.get(entry.service, entry.node, entry.id)
    _, xhtml = await calls.preview(markdown)
    return await apart(partial(lost, whole.xhtml, xhtml))


async def _read(path: Path) -> str:
    return decode(await apart(path.read_bytes)).text
