"""Files that something brings: fetched one by one, or all that are not here."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from backendd.api.attachments import short
from backendd.api.errors import BackendError
from backendd.api.records import Attachment, Transfer
from backendd.api.tuples import NamedTuple
from primitivus.client.apart import apart
from primitivus.client.transfers import TransfersPart
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.files.file_offers import take
from primitivus.commands.files.files import absolute
from primitivus.commands.files.placing import into
from primitivus.failures import reason
from primitivus.model.accounts.account import Account
from primitivus.model.files.transfers import (
    GOING,
    OVER,
    Transfers,
    about,
    can_be_asked_for,
    is_here,
    is_offer,
)
from primitivus.model.panes.transfers import Listed
from primitivus.model.popups.listing import Entry, Listing, Part
from primitivus.model.wording.quoting import quote
from primitivus.sentences import ntr, tr

# The word for all files of what brings them.
ALL = "all"
# Those that go on where they were.
_HELD_UP = ("paused", "failed", "cancelled")


class Bringing(NamedTuple):
    """What brings files: a message, or an entry of a blog.

    `whom` is who brings them, `moved` what goes on with them, or has. `words` is the command that
    fetches one of them, but for its number; `receive` begins that, into a directory. `is_ours`: it
    went out from here.
    """

    is_post: bool
    account: Account
    whom: str
    files: Sequence[Attachment]
    moved: Mapping[int, Transfer]
    words: tuple[str, ...]
    receive: Callable[[int, str], Awaitable[int]]
    is_ours: bool = False


async def fetch_meant(ctx: Context, bringing: Bringing, directory: Path | None) -> None:
    """Fetch the file that something brings; of several the user chooses one, or all."""
    files = bringing.files
    if not files:
        raise CommandError(
            tr("this post brings no file")
            if bringing.is_post
            else tr("this message brings no file")
        )
    if len(files) == 1:
        await fetch(ctx, bringing, files[0], directory)
        return
    where = (str(absolute(directory)),) if directory is not None else ()
    entries = tuple(
        Entry(
            (("popup", short(each)), ("hint", _standing(bringing.moved.get(each.index)))),
            _line(bringing, str(each.index), *where),
        )
        for each in files
    )
    title = tr("In this post") if bringing.is_post else tr("In this message")
    parts = [Part(title, entries)]
    if (left := sum(_can_come(bringing, each) for each in files)) > 1:
        all_of_them = Entry(
            (
                (
                    "popup",
                    ntr("the {n} that was not fetched", "all {n} that were not fetched", left),
                ),
            ),
            _line(bringing, ALL, *where),
        )
        parts.append(Part(tr("Together"), (all_of_them,)))
    ctx.state.open_popup(Listing(tr("Download"), tuple(parts), tr("Enter fetches what is chosen")))


async def fetch_one(
    ctx: Context, bringing: Bringing, which: int | None, directory: Path | None
) -> None:
    """Fetch a file by its number, None for all that are not here; CommandError."""
    if which is None:
        await _fetch_all(ctx, bringing, directory)
        return
    for each in bringing.files:
        if each.index == which:
            await fetch(ctx, bringing, each, directory)
            return
    raise CommandError(tr("there is no such file here"))


async def _fetch_all(ctx: Context, bringing: Bringing, directory: Path | None) -> None:
    """Fetch those files that are not here; of what can't come, say why."""
    files = [each for each in bringing.files if _can_come(bringing, each)]
    refused: list[tuple[Attachment, Exception]] = []
    for each in files:
        try:
            await fetch(ctx, bringing, each, directory)
        except (BackendError, CommandError) as error:
            refused.append((each, error))
    if refused:
        first, why = refused[0]
        said = ntr(
            "{some} of {n} file can't be fetched",
            "{some} of {n} files can't be fetched",
            len(files),
            some=len(refused),
        )
        raise CommandError(f'{said}; "{first.name or tr("file")}": {why}')
    if not files:
        raise CommandError(
            tr("nothing of this post is left to fetch")
            if bringing.is_post
            else tr("nothing of this message is left to fetch")
        )
    ctx.state.say(
        ntr(
            "{n} file comes; :transfers shows how far",
            "{n} files come; :transfers shows how far",
            len(files),
        )
    )


async def fetch(ctx: Context, bringing: Bringing, file: Attachment, directory: Path | None) -> None:
    """Fetch a file, into a directory or to where downloads belong, and say so."""
    account = bringing.account
    known = account.of(Transfers)
    part = ctx.at(account.place("")).part(TransfersPart)
    moved = bringing.moved.get(file.index)
    name = file.name or tr("file")
    if moved is not None and is_offer(moved):
        await take(ctx, Listed(account.place(moved.peer), moved), directory)
        return
    if moved is not None and is_here(moved) and directory is None:
        if await apart(Path(moved.path).exists):
            ctx.state.say(
                tr('"{name}" is here: {path}; :open opens it', name=name, path=moved.path)
            )
            return
        _require_elsewhere(file, moved, bringing.whom)
    _require_theirs(bringing, file, moved)
    if moved is not None and file.direct and moved.state in GOING:
        id = moved.id
    elif moved is not None and moved.state in _HELD_UP and directory is None:
        id = moved.id
        with ctx.waiting.keys():
            await part.calls.resume(id)
    else:
        # What is typed behind it goes by which files come already.
        with ctx.waiting.keys():
            id, place = await into(partial(bringing.receive, file.index), directory, file.size)
            await ctx.until(lambda: known.get(id) is not None)
        if place is not None:
            part.at_end(id, place)
    begun = known.get(id)
    if begun is None or begun.state not in OVER or begun == moved:
        ctx.state.say(
            tr('"{name}" comes; :transfers shows how far', name=name),
            about=about(id),
            account=account,
        )


def _line(bringing: Bringing, *words: str) -> str:
    return " ".join(map(quote, (*bringing.words, *words)))


def _standing(transfer: Transfer | None) -> str:
    """Return what is said in a list of a file beside its name."""
    if transfer is None:
        return ""
    if is_here(transfer):
        return "  " + tr("is here")
    return "  " + tr("comes") if transfer.direction == "in" and transfer.state in GOING else ""


def _require_elsewhere(file: Attachment, moved: Transfer, whom: str) -> None:
    """Raise CommandError where a file that is no longer where it was can be had nowhere else."""
    if file.url:
        return
    gone = tr('"{path}" is no longer there', path=moved.path)
    if moved.direction == "out":
        raise CommandError(gone)
    raise CommandError(f"{gone}: {tr('ask {whom} to send it once more', whom=whom)}")


def _require_theirs(bringing: Bringing, file: Attachment, moved: Transfer | None) -> None:
    """Raise CommandError with why a file can't come from who offered it directly."""
    if not file.direct:
        return
    name = file.name or tr("file")
    if bringing.is_ours:
        raise CommandError(tr('"{name}" is a file of yours that goes to them', name=name))
    if moved is not None and moved.state == "failed" and not can_be_asked_for(moved):
        raise CommandError(
            tr('"{name}" can\'t be fetched: {why}', name=name, why=reason(moved.error))
        )


def _can_come(bringing: Bringing, file: Attachment) -> bool:
    moved = bringing.moved.get(file.index)
    if file.direct:
        is_held = moved is not None and moved.state in ("offered", "paused")
        return is_held or (moved is not None and can_be_asked_for(moved))
    return moved is None or not (is_here(moved) or moved.state in GOING)
