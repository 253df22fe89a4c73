"""Messages that were not sent: tried once more, and given up, one of them or all."""

from collections.abc import Callable, Sequence

from backendd.api.attachments import told
from backendd.api.records import Message
from primitivus.commands.arguments.people import PeerJid, find
from primitivus.commands.arguments.which_message import conversation, reached, selected
from primitivus.commands.asking.forms import confirm
from primitivus.commands.blogs.own_entries import discard_entry, retry_entry, shows_entries
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.messages.sending import is_changed
from primitivus.commands.panes.marked_row import marked_message, marked_row
from primitivus.model.messages.unsent import Failed
from primitivus.model.panes.listed_row import ListedRow
from primitivus.model.place import Place
from primitivus.sentences import ntr, tr

# So much of a message says which one is meant.
_QUOTED = 200
# So many are asked for at once, which is as many as can be.
_MOST = 500


@command("retry")
async def retry(ctx: Context) -> None:
    """Send the selected message, else the newest that failed here, once more.

    In a list it is what the row has: several, where it says so. So it is with a post, and with
    comments on it; one that could not be taken back is taken back.
    """
    if shows_entries(ctx):
        await retry_entry(ctx)
    elif (row := _row_of_several(ctx)) is not None:
        await _retry_all(ctx, row.place)
    else:
        account, message = ctx.account, _unsent(ctx, "failed")
        await ctx.told(account.messages.retry(message.id), is_changed(ctx, message))


@command("retry-all")
async def retry_all(ctx: Context, peer: PeerJid | None = None) -> None:
    """Send all messages once more that failed here; where no conversation is, of all of them.

    What can't be sent again stays as it is, and is told.
    """
    await _retry_all(ctx, _place(ctx, peer))


@command("discard")
async def discard(ctx: Context) -> None:
    """Remove the selected message that failed or waits to be sent, else the newest of them here.

    In a list it is what the row has, as `retry` says. So it is with a post, and with comments on
    it; where one was changed it is as it was before, and of one that could not be taken back it is
    told no more.
    """
    if shows_entries(ctx):
        await discard_entry(ctx)
        return
    if (row := _row_of_several(ctx)) is not None:
        await _discard_all(ctx, row.place)
        return
    account, message = ctx.account, _unsent(ctx, "failed", "pending")
    text = tr("{text}\nIt won't be sent, and will be gone for good.", text=told(message)[:_QUOTED])
    if await confirm(ctx, tr("Discard a message"), text):
        await ctx.told(account.messages.discard(message.id), is_changed(ctx, message))
        ctx.state.say(tr("the message is discarded"))


@command("discard-all")
async def discard_all(ctx: Context, peer: PeerJid | None = None) -> None:
    """Remove all messages that failed here, after a question; what waits to be sent stays.

    Where no conversation is they are those of all of them.
    """
    await _discard_all(ctx, _place(ctx, peer))


async def _retry_all(ctx: Context, place: Place) -> None:
    account = ctx.at(place)
    failed = await account.messages.unsent(peer=place.peer, state="failed", limit=_MOST)
    if not failed:
        raise CommandError(_none(place))
    call = account.messages.retry_failed(place.peer)
    many, refused = await ctx.told(call, _are_changed(ctx, failed))
    said = ntr("{n} message goes out once more", "{n} messages go out once more", many)
    if not refused:
        ctx.state.say(said, account=account.known)
        return
    left = ntr(
        "{n} message can't: {why}", "{n} messages can't: {why}", len(refused), why=refused[0][2]
    )
    ctx.state.complain(f"{said}; {left}" if many else left, account=account.known)


async def _discard_all(ctx: Context, place: Place) -> None:
    account = ctx.at(place)
    failed = await account.messages.unsent(peer=place.peer, state="failed", limit=_MOST)
    if not failed:
        raise CommandError(_none(place))
    if not await confirm(ctx, tr("Discard messages"), _question(ctx, place, failed)):
        return
    # Those alone that the question was about: more may have failed meanwhile.
    call = account.messages.discard_failed(place.peer, ids=[each.id for each in failed])
    many = await ctx.told(call, _are_changed(ctx, failed))
    said = ntr("{n} message is discarded", "{n} messages are discarded", many)
    ctx.state.say(said, account=account.known)


def _question(ctx: Context, place: Place, failed: Sequence[Message]) -> str:
    """Return what is given up, and whose."""
    known, peers = ctx.at(place).known, dict.fromkeys(each.peer for each in failed)
    whom = ", ".join(map(known.name, peers))
    what = ntr(
        "{n} message to {whom} was not sent.",
        "{n} messages to {whom} were not sent.",
        len(failed),
        whom=whom[:_QUOTED],
    )
    last = told(failed[-1])[:_QUOTED]
    gone = ntr("It will be gone for good.", "All of them will be gone for good.", len(failed))
    told_last = tr('The last one: "{text}"', text=last)
    return f"{what} {told_last}\n{gone}"


def _none(place: Place) -> str:
    return tr("no message here has failed") if place.peer else tr("no message has failed")


def _place(ctx: Context, peer: str | None) -> Place:
    """Return the conversation that is meant; without a peer: all of its profile."""
    if peer:
        return find(ctx.state, peer)
    row = marked_row(ctx)
    if row is not None and isinstance(row.item, Failed | Message):
        return row.place
    if ctx.state.focus == "conversations":
        return ctx.state.layout.conversations.marked
    return ctx.state.layout.place


def _row_of_several(ctx: Context) -> ListedRow | None:
    row = marked_row(ctx)
    return row if row is not None and isinstance(row.item, Failed) else None


def _are_changed(ctx: Context, messages: Sequence[Message]) -> Callable[[], bool]:
    """Return what tells whether those are others than they were, or gone, that are here."""
    changed = [is_changed(ctx, each) for each in messages]
    return lambda: all(each() for each in changed)


def _unsent(ctx: Context, *states: str) -> Message:
    """Return the message that is meant: the selected one, else the last; of `states` the first."""
    if (marked := marked_message(ctx, states)) is not None:
        return marked
    pane = conversation(ctx)
    window, chosen = pane.window, selected(ctx)
    found = [chosen] if chosen is not None else [window[i] for i in range(len(window))]
    for state in states:
        for message in reversed(found):
            if message.state == state:
                return reached(ctx, pane, message)
    raise CommandError(
        tr("no message here has failed or waits to be sent")
        if "pending" in states
        else tr("no message here has failed")
    )
