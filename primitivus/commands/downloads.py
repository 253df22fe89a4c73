"""Fetching the files that messages bring."""

from functools import partial
from pathlib import Path

from backendd.api import attachments
from backendd.api.attachments import short
from backendd.api.records import Attachment, Message, Transfer
from primitivus.client.transfers import TransfersPart
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.file_offers import take
from primitivus.commands.files import absolute
from primitivus.commands.placing import into
from primitivus.commands.sending import conversation, meant_in_view
from primitivus.model.listing import Entry, Listing, Part
from primitivus.model.panes.transfers import Listed
from primitivus.model.quoting import quote
from primitivus.model.transfers import (
    GOING,
    OVER,
    Transfers,
    about,
    can_be_asked_for,
    is_here,
    is_offer,
)

# Those that go on where they were.
_HELD_UP = ("paused", "failed", "cancelled")


@command("download", aliases=("save-file",))
async def download(ctx: Context, directory: Path | None = None) -> None:
    """Fetch the file of the selected message, else of the newest in view that brings one.

    It goes where downloads belong, or into a DIRECTORY; nothing is ever overwritten. Of several
    files you choose one; one that is offered is taken, as by :accept-file. :open opens it when it
    is here.
    """
    known = ctx.state.account.of(Transfers)
    message = meant_in_view(ctx, lambda each: _brings(each, known), "no file to fetch is in view")
    files = attachments.of(message)
    if not files:
        raise CommandError("this message brings no file")
    if len(files) == 1:
        await _fetch(ctx, message, files[0], directory)
        return
    where = (str(absolute(directory)),) if directory is not None else ()
    entries = tuple(
        Entry(
            (("popup", short(each)),),
            " ".join(map(quote, ("download-from", str(message.id), str(each.index), *where))),
        )
        for each in files
    )
    part = Part("In this message", entries)
    ctx.state.open_popup(Listing("Download", (part,), "Enter fetches one"))


@command("download-from")
async def download_from(
    ctx: Context, message: int, index: int, directory: Path | None = None
) -> None:
    """Fetch one of the files of a message that is shown, by the numbers of both."""
    shown = conversation(ctx).window.get(message)
    found = attachments.of(shown) if shown is not None else []
    for each in found:
        if shown is not None and each.index == index:
            await _fetch(ctx, shown, each, directory)
            return
    raise CommandError("there is no such file here")


async def _fetch(ctx: Context, message: Message, file: Attachment, directory: Path | None) -> None:
    account = ctx.state.account
    known = account.of(Transfers)
    part = ctx.account.part(TransfersPart)
    moved = known.of_attachments(message).get(file.index)
    name = file.name or "file"
    if moved is not None and is_offer(moved):
        await take(ctx, Listed(account.place(moved.peer), moved), directory)
        return
    if moved is not None and is_here(moved) and directory is None:
        ctx.state.say(f'"{name}" is here: {moved.path}; :open opens it')
        return
    if file.direct and message.direction == "out":
        raise CommandError(f'"{name}" is a file of yours that goes to them')
    if moved is not None and file.direct and moved.state in GOING:
        id = moved.id
    elif moved is not None and moved.state in _HELD_UP and directory is None:
        id = moved.id
        await part.calls.resume(id)
    else:
        fetch = partial(part.calls.download, message.id, file.index)
        id, place = await into(fetch, directory)
        if place is not None:
            part.at_end(id, place)
    begun = known.get(id)
    if begun is None or begun.state not in OVER or begun == moved:
        ctx.state.say(f'"{name}" comes; :transfers shows how far', about=about(id), account=account)


def _brings(message: Message, known: Transfers) -> bool:
    """Return whether a message brings a file that can come and is not here yet."""
    moved = known.of_attachments(message)
    return any(_can_come(each, moved.get(each.index)) for each in attachments.of(message))


def _can_come(file: Attachment, moved: Transfer | None) -> bool:
    if file.direct:
        is_held = moved is not None and moved.state in ("offered", "paused")
        return is_held or (moved is not None and can_be_asked_for(moved))
    return moved is None or not is_here(moved)
