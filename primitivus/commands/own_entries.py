"""What can be done with one's own posts and comments that are out, or failed to get there."""

from collections.abc import Iterable

from backendd.api.errors import EntryChanged, UnknownItem
from backendd.api.records import Entry
from primitivus.client.blogs import BlogsPart
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.forms import confirm
from primitivus.commands.meanwhile import settle
from primitivus.commands.which_entry import Meant, is_told, meant_entry
from primitivus.model.blogs import is_comments, is_going, writer
from primitivus.model.dates import order
from primitivus.model.panes.post import PostPane
from primitivus.model.panes.timeline import TimelinePane
from primitivus.model.post_titles import title

# What an entry does that is in a state; "kept": it is out, and could not be taken back; "going": it
# is to be.
_BEING = {"failed": "has failed", "pending": "waits to be published"}
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
    entry, what = meant.entry, _kind(meant.entry)
    if (state := _state(entry)) in (_KEPT, _GOING):
        # Nothing of it is lost: it stays, and says no more why.
        await ctx.told(
            meant.part.calls.discard(entry.service, entry.node, entry.id), is_told(meant)
        )
        if state == _GOING:
            ctx.state.say(f"the {what} is not taken back: it stays")
        return
    text = f"{title(entry)}\nWhat you wrote won't be published, and will be gone for good."
    if await _is_out(ctx, meant):
        text += f" The {what} stays as it is published."
    if await confirm(ctx, f"Discard a {what}", text):
        call = meant.part.calls.discard(entry.service, entry.node, entry.id)
        await ctx.told(call, is_told(meant))
        ctx.state.say(f"the {what} is discarded")


async def retract_entry(ctx: Context) -> None:
    """Take back what one wrote, or what others said where one may do that, after asking."""
    meant = meant_entry(ctx)
    entry, account, what = meant.entry, ctx.state.at(meant.pane.place), _kind(meant.entry)
    is_ours = account.profile.jid in (entry.author, entry.publisher, entry.service)
    if not is_ours and "@" in entry.service:
        raise CommandError(f"only your own {what}s can be taken back")
    said = "It is gone as soon as its service knows, but others may have read it."
    if entry.state != "published":
        said = "It was not published: it is gone for good."
    elif not is_ours:
        # Nothing tells who owns the blog of a group.
        who = account.name(writer(entry))
        said = f"It is of {who}: {entry.service} decides whether you may take it back.\n{said}"
    if await confirm(ctx, f"Take a {what} back", f"{title(entry)}\n{said}"):
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
    known = [_BEING[each] for each in states if each in _BEING]
    if is_marked:
        why = "is published" if meant.entry.state == "published" else "has not failed"
        raise CommandError(f"this comment {why}")
    raise CommandError(f"nothing here {' or '.join(known)}")


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


def _kind(entry: Entry) -> str:
    return "comment" if "commented" in entry.more else "post"
