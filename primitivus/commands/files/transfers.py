"""Files on their way, and what can be done with them."""

from backendd.api.records import Transfer
from primitivus.client.transfers import TransfersPart
from primitivus.commands.arguments.which_transfer import (
    OVER_ONES,
    PAUSABLE,
    RESUMABLE,
    UNFINISHED,
    OverFile,
    PausableFile,
    ResumableFile,
    UnfinishedFile,
    listed,
    marked,
    meant,
)
from primitivus.commands.asking.desktop import open_file, whereabouts
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.files.file_offers import take
from primitivus.commands.panes.panes import again, show
from primitivus.model.files.transfers import (
    OVER,
    Transfers,
    about,
    is_here,
    is_offer,
    is_theirs_to_resume,
    name_of,
)
from primitivus.model.panes.post import PostPane
from primitivus.model.panes.transfers import Listed, TransfersPane
from primitivus.model.place import Place
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr


@command("transfers", aliases=("files",))
async def transfers(ctx: Context) -> None:
    """Show the files on their way, and those that have been."""
    pane = TransfersPane(lambda: listed(ctx.state))
    show(ctx, again(ctx, pane))


@command("cancel-transfer")
async def cancel_transfer(ctx: Context, transfer: UnfinishedFile | None = None) -> None:
    """Give a transfer up: the marked one of the list, else the only one that isn't over.

    What came of it is removed; :resume-transfer begins it anew.
    """
    place, chosen = meant(ctx, transfer, UNFINISHED)
    await ctx.at(place).part(TransfersPart).calls.cancel(chosen.id)
    ctx.state.say(tr("{name} is cancelled", name=name_of(chosen)))


@command("pause-transfer")
async def pause_transfer(ctx: Context, transfer: PausableFile | None = None) -> None:
    """Hold a transfer up, or go on with one that is.

    It is the marked one of the list, else the only one.
    """
    place, chosen = meant(ctx, transfer, PAUSABLE)
    calls = ctx.at(place).part(TransfersPart).calls
    if chosen.state == "paused":
        await _resume(ctx, place, chosen)
    else:
        await calls.pause(chosen.id)
        ctx.state.say(tr("{name} is paused; :resume-transfer goes on", name=name_of(chosen)))


@command("resume-transfer", aliases=("retry-transfer",))
async def resume_transfer(ctx: Context, transfer: ResumableFile | None = None) -> None:
    """Go on with a transfer that is paused, or begin one anew that failed or was cancelled.

    It is the marked one of the list, else the only one that is paused, else the only one.
    """
    await _resume(ctx, *meant(ctx, transfer, RESUMABLE))


async def _resume(ctx: Context, place: Place, chosen: Transfer) -> None:
    if is_offer(chosen):
        await take(ctx, Listed(place, chosen), None)
        return
    await ctx.at(place).part(TransfersPart).calls.resume(chosen.id)
    account = ctx.state.at(place)
    now = account.of(Transfers).get(chosen.id)
    if now is not None and now != chosen and now.state in (*OVER, "paused"):
        return  # what has become of it is told already
    ctx.state.say(_resumed(chosen), about=about(chosen.id), account=account)


def _resumed(chosen: Transfer) -> str:
    """Return what is said of a file that is to go on."""
    name = name_of(chosen)
    if not is_theirs_to_resume(chosen):
        return tr("{name} goes on", name=name)
    if chosen.direction == "in":
        return tr("{name} is asked for: it comes unless they have it paused", name=name)
    return tr("{name} is offered: it goes once they take the rest", name=name)


@command("remove-transfer")
async def remove_transfer(ctx: Context, transfer: OverFile | None = None) -> None:
    """Take a transfer that is over off the list; the file stays, and the message."""
    place, chosen = meant(ctx, transfer, OVER_ONES)
    await ctx.at(place).part(TransfersPart).calls.remove(chosen.id)


@command("copy-transfer", context="transfers")
async def copy_transfer(ctx: Context) -> None:
    """Copy the address of the marked file; of one without, or that came, where it is on the disk.

    Over ssh that is the command that copies it to where you sit.
    """
    _, chosen = marked(ctx)
    path = chosen.path if is_here(chosen) else ""
    is_wanted = path and (chosen.direction == "in" or not chosen.url)
    text = whereabouts(path) if is_wanted else chosen.url
    if not text:
        raise CommandError(
            tr("{name} has no address: {why}", name=name_of(chosen), why=_why_not_here(chosen))
        )
    ctx.state.say(f"{await ctx.screen.copy(text)}: {text}")


@command("open-transfer", context="transfers")
async def open_transfer(ctx: Context) -> None:
    """Open the marked file, as :open does."""
    await open_file(ctx, require_here(ctx, "opened"))


@command("transfer-message", context="transfers")
async def transfer_message(ctx: Context) -> None:
    """Go to the message or the post that a file goes out with, or came by."""
    place, chosen = marked(ctx)
    if chosen.entry_id:
        service, node, id = chosen.entry_service, chosen.entry_node, chosen.entry_id
        show(ctx, PostPane(place._replace(peer=""), service, node, id))
        return
    if not chosen.message_id:
        raise CommandError(tr("{name} has no message and no post", name=name_of(chosen)))
    line = f"go-to {quote(place.peer)} {chosen.message_id} {quote(place.account)}"
    await ctx.screen.run_line(line)


def require_here(ctx: Context, what: str) -> str:
    """Return the path of the marked file; CommandError that it can't be so where it has none."""
    _, chosen = marked(ctx)
    if not is_here(chosen):
        raise CommandError(
            tr(
                "{name} can't be {what}: {why}",
                name=name_of(chosen),
                what=what,
                why=_why_not_here(chosen),
            )
        )
    return chosen.path


def _why_not_here(transfer: Transfer) -> str:
    return (
        tr("it is not here yet") if transfer.state not in OVER else tr("it is not on this machine")
    )
