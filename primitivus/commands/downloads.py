"""Fetching the files that messages bring."""

from functools import partial
from pathlib import Path
from typing import Annotated

from backendd.api import attachments
from backendd.api.attachments import short
from backendd.api.errors import BackendError
from backendd.api.records import Attachment, Message, Transfer
from primitivus.client.transfers import TransfersPart
from primitivus.commands.apart import apart
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.file_offers import take
from primitivus.commands.files import absolute
from primitivus.commands.placing import into
from primitivus.commands.sending import conversation, meant_in_view, selected
from primitivus.commands.types import Kind
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
from primitivus.model.urls import is_link

# The word for all files of a message.
_ALL = "all"
# Those that go on where they were.
_HELD_UP = ("paused", "failed", "cancelled")


def _which(text: str) -> int | None:
    if text == _ALL:
        return None
    if not text.isdecimal():
        raise ValueError(f"is neither {_ALL} nor the number of a file")
    return int(text)


# The number of a file among those of its message, or all of these.
Which = Annotated[int | None, Kind("file", _which, choices=lambda: (_ALL,))]


@command("download", aliases=("save-file",))
async def download(ctx: Context, directory: Path | None = None) -> None:
    """Fetch the file of the selected message, else of the newest in view that brings one.

    It goes where downloads belong, or into a DIRECTORY; nothing is ever overwritten. Of several
    files you choose one, or all not fetched yet; one that is offered is taken, as by
    :accept-file. :open opens it when it is here; what was deleted since is fetched again. What is
    older than the newest has to be selected.
    """
    message = _meant(ctx)
    files = attachments.of(message)
    if not files:
        raise CommandError("this message brings no file")
    if len(files) == 1:
        await _fetch(ctx, message, files[0], directory)
        return
    where = (str(absolute(directory)),) if directory is not None else ()
    moved = ctx.state.account.of(Transfers).of_attachments(message)
    entries = tuple(
        Entry(
            (("popup", short(each)), ("hint", _standing(moved.get(each.index)))),
            _line(message, str(each.index), *where),
        )
        for each in files
    )
    parts = [Part("In this message", entries)]
    if (left := sum(_can_come(each, moved.get(each.index)) for each in files)) > 1:
        all_of_them = Entry(
            (("popup", f"all {left} that were not fetched"),), _line(message, _ALL, *where)
        )
        parts.append(Part("Together", (all_of_them,)))
    ctx.state.open_popup(Listing("Download", tuple(parts), "Enter fetches what is chosen"))


@command("download-from")
async def download_from(
    ctx: Context, message: int, which: Which, directory: Path | None = None
) -> None:
    """Fetch one of the files of a message that is shown, by the numbers of both, or `all`."""
    shown = conversation(ctx).window.get(message)
    found = attachments.of(shown) if shown is not None else []
    if shown is not None and which is None:
        await _fetch_all(ctx, shown, directory)
        return
    for each in found:
        if shown is not None and each.index == which:
            await _fetch(ctx, shown, each, directory)
            return
    raise CommandError("there is no such file here")


def _meant(ctx: Context) -> Message:
    """Return the selected message, else the newest in view that brings something; CommandError.

    What stands above it is never meant, whether or not there is anything left to fetch of it.
    """
    known = ctx.state.account.of(Transfers)
    message = meant_in_view(ctx, lambda each: _brings(each, known), "no file to fetch is in view")
    if selected(ctx) is None and not attachments.of(message):
        raise CommandError(
            "the newest here is a link: :open opens it; :select goes to the files above it"
        )
    return message


async def _fetch_all(ctx: Context, message: Message, directory: Path | None) -> None:
    """Fetch those of the files of a message that are not here; of what can't come, say why."""
    moved = ctx.state.account.of(Transfers).of_attachments(message)
    files = [each for each in attachments.of(message) if _can_come(each, moved.get(each.index))]
    refused: list[tuple[Attachment, Exception]] = []
    for each in files:
        try:
            await _fetch(ctx, message, each, directory)
        except (BackendError, CommandError) as error:
            refused.append((each, error))
    if refused:
        first, why = refused[0]
        said = f"{len(refused)} of {len(files)} files can't be fetched"
        raise CommandError(f'{said}; "{first.name or "file"}": {why}')
    if not files:
        raise CommandError("nothing of this message is left to fetch")
    ctx.state.say(f"{len(files)} files come; :transfers shows how far")


def _line(message: Message, *words: str) -> str:
    return " ".join(map(quote, ("download-from", str(message.id), *words)))


def _standing(transfer: Transfer | None) -> str:
    """Return what is said in a list of a file beside its name."""
    if transfer is None:
        return ""
    if is_here(transfer):
        return "  is here"
    return "  comes" if transfer.direction == "in" and transfer.state in GOING else ""


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
        if await apart(Path(moved.path).exists):
            ctx.state.say(f'"{name}" is here: {moved.path}; :open opens it')
            return
        _require_elsewhere(file, moved, account.name(message.peer))
    _require_theirs(message, file, moved)
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


def _require_elsewhere(file: Attachment, moved: Transfer, whom: str) -> None:
    """Raise CommandError where a file that is no longer where it was can be had nowhere else."""
    if file.url:
        return
    gone = f'"{moved.path}" is no longer there'
    helps = "" if moved.direction == "out" else f": ask {whom} to send it once more"
    raise CommandError(gone + helps)


def _require_theirs(message: Message, file: Attachment, moved: Transfer | None) -> None:
    """Raise CommandError with why a file can't come from who offered it directly."""
    if not file.direct:
        return
    name = file.name or "file"
    if message.direction == "out":
        raise CommandError(f'"{name}" is a file of yours that goes to them')
    if moved is not None and moved.state == "failed" and not can_be_asked_for(moved):
        raise CommandError(f'"{name}" can\'t be fetched: {moved.error[1]}')


def _brings(message: Message, known: Transfers) -> bool:
    """Return whether a message brings a file of others, or is nothing but a link to something."""
    files = attachments.of(message)
    if not files:
        return message.direction == "in" and is_link(message.body)
    moved = known.of_attachments(message)
    return any(_is_theirs(message, each, moved.get(each.index)) for each in files)


def _is_theirs(message: Message, file: Attachment, moved: Transfer | None) -> bool:
    """Return whether a file is to come, or has: it didn't go out from here."""
    is_from_here = moved is not None and moved.direction == "out"
    return not is_from_here and not (file.direct and message.direction == "out")


def _can_come(file: Attachment, moved: Transfer | None) -> bool:
    if file.direct:
        is_held = moved is not None and moved.state in ("offered", "paused")
        return is_held or (moved is not None and can_be_asked_for(moved))
    return moved is None or not (is_here(moved) or moved.state in GOING)
