"""What can be done with one's own posts and comments that are out, or failed to get there."""

from collections.abc import Iterable

from backendd.api.errors import EntryChanged, UnknownItem
from backendd.api.records import Entry
from primitivus.client.blogs import BlogsPart
from primitivus.commands.arguments.which_entry import Meant, is_told, meant_entry
from primitivus.commands.asking.forms import confirm
from primitivus.commands.blogs.meanwhile import settle
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.model.blogs.blogs import is_comments, is_going, writer
from primitivus.model.blogs.post_titles import title
from primitivus.model.panes.post import PostPane
from primitivus.model.panes.timeline import TimelinePane
from primitivus.model.wording.dates import order
from primitivus.sentences import tr

# The states of what is out and could not be taken back, and of what is to be.
_KEPT, _GOING = "kept", "going"


async def retry_entry(ctx: Context) -> None:
    """Publish what has failed once more, or take it back: what is meant, else a comment.

    A change of what was changed elsewhere meanwhile goes out only where that is wanted.
    """
    meant = _unpublished(ctx, "failed", _KEPT)
    entry, calls = meant.entry, meant.part.calls
    if entry.error[0] == EntryChanged.name:
        await settle(ctx, meant)
        return
    again = calls.retract if _state(entry) == _KEPT else calls.retry
    await ctx.told(again(entry.service, entry.node, entry.id), is_told(meant))


async def discard_entry(ctx: Context) -> None:
    """Give up what has failed or waits, after asking; what was published before is so again.

    What was to be taken back, and isn't yet, stays.
    """
    meant = _unpublished(ctx, "failed", "pending", _KEPT, _GOING)
    entry, is_comment = meant.entry, _is_comment(meant.entry)
    if (state := _state(entry)) in (_KEPT, _GOING):
        # Nothing of it is lost: it stays, and says no more why.
        await ctx.told(
            meant.part.calls.discard(entry.service, entry.node, entry.id), is_told(meant)
        )
        if state == _GOING:
            ctx.state.say(
                tr("the comment is not taken back: it stays")
                if is_comment
                else tr("the post is not taken back: it stays")
            )
        return
    text = tr(
        "{title}\nWhat you wrote won't be published, and will be gone for good.", title=title(entry)
    )
    if await _is_out(ctx, meant):
        text += " " + (
            tr("The comment stays as it is published.")
            if is_comment
            else tr("The post stays as it is published.")
        )
    if await confirm(ctx, tr("Discard a comment") if is_comment else tr("Discard a post"), text):
        call = meant.part.calls.discard(entry.service, entry.node, entry.id)
        await ctx.told(call, is_told(meant))
        ctx.state.say(tr("the comment is discarded") if is_comment else tr("the post is discarded"))


async def retract_entry(ctx: Context) -> None:
    """Take back what one wrote, or what others said where one may do that, after asking."""
    meant = meant_entry(ctx)
    entry, account = meant.entry, ctx.state.at(meant.pane.place)
    is_comment = _is_comment(entry)
    is_ours = account.profile.jid in (entry.author, entry.publisher, entry.service)
    if not is_ours and "@" in entry.service:
        raise CommandError(
            tr("only your own comments can be taken back")
            if is_comment
            else tr("only your own posts can be taken back")
        )
    said = tr("It is gone as soon as its service knows, but others may have read it.")
    if entry.state != "published":
        said = tr("It was not published: it is gone for good.")
    elif not is_ours:
        # Nothing tells who owns the blog of a group.
        who = account.name(writer(entry))
        said = tr(
            "It is of {who}: {service} decides whether you may take it back.\n{said}",
            who=who,
            service=entry.service,
            said=said,
        )
    asked = tr("Take a comment back") if is_comment else tr("Take a post back")
    if await confirm(ctx, asked, f"{title(entry)}\n{said}"):
        call = meant.part.calls.retract(entry.service, entry.node, entry.id)
        await ctx.told(call, is_told(meant))


def shows_entries(ctx: Context) -> bool:
    """Return whether what is meant where one is is an entry of a blog, and no message."""
    return isinstance(ctx.state.layout.main, PostPane | TimelinePane)


def _unpublished(ctx: Context, *states: str) -> Meant:
    """Return what is in one of these states: what is meant, else the newest comment here."""
    meant = meant_entry(ctx)
    # Who has marked a comment means none of the others.
    is_marked = is_comments(meant.entry.node)
    others = () if is_marked else _newest(_comments(meant))
    for state in states:
        for entry in (meant.entry, *others):
            if _state(entry) == state:
                return Meant(meant.pane, entry, ctx.at(meant.pane.place).part(BlogsPart))
    if not is_marked:
        raise CommandError(
            tr("nothing here has failed or waits to be published")
            if "pending" in states
            else tr("nothing here has failed")
        )
    raise CommandError(
        tr("this comment is published")
        if meant.entry.state == "published"
        else tr("this comment has not failed")
    )


async def _is_out(ctx: Context, meant: Meant) -> bool:
    """Return whether what waits or has failed is a change of what is published."""
    entry = meant.entry
    try:
        with ctx.waiting.keys():
            await meant.part.calls.get(entry.service, entry.node, entry.id, published=True)
    except UnknownItem:
        return False
    return True


def _state(entry: Entry) -> str:
    if is_going(entry):
        return _GOING
    return _KEPT if entry.state == "published" and entry.error[0] else entry.state


def _comments(meant: Meant) -> Iterable[Entry]:
    pane = meant.pane
    if not isinstance(pane, PostPane):
        return ()
    return (each.entry for each in pane.talk.comments.listed())


def _newest(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=order, reverse=True)


def _is_comment(entry: Entry) -> bool:
    return "commented" in entry.more
