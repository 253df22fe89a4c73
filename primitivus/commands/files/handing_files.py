"""Files on their way to the backend: by their paths, or open where it can't read them itself."""

import os
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from backendd.api.contract import Files
from backendd.api.errors import BackendError, FileError
from backendd.api.failures import LinkError
from backendd.api.tuples import NamedTuple
from primitivus.client.apart import apart
from primitivus.client.transfers import TransfersPart
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError, PartlyDone
from primitivus.commands.files.files import as_typed, opened
from primitivus.model.files.transfers import OVER, Transfers, about
from primitivus.model.place import Place
from primitivus.sentences import ntr, tr


class How(NamedTuple):
    """How files are sent: with what is said of one, or encrypted, by which `command`."""

    description: str = ""
    is_encrypted: bool = False

    @property
    def command(self) -> str:
        return "send-encrypted" if self.is_encrypted else "send-file"


async def send_one(ctx: Context, place: Place, file: Path, how: How) -> None:
    """Send a file, and say so; BackendError, CommandError."""
    id = await _send(ctx, place, file, how)
    say_it_goes(ctx, place, id, f'"{file.name}"')


async def send_all(ctx: Context, place: Place, files: Sequence[Path], how: How) -> None:
    """Send all at once; where that can't be, what can be sent: the others stay to be mended."""
    part = ctx.at(place).part(TransfersPart)
    try:
        sending = send_together(part.calls, place.peer, files, "", encrypted=how.is_encrypted)
        part.say_they_go(place.peer, await sending)
    except (BackendError, CommandError):
        await _send_one_by_one(ctx, place, files, how)


async def _send_one_by_one(ctx: Context, place: Place, files: Sequence[Path], how: How) -> None:
    refused: list[tuple[Path, Exception]] = []
    part, ids = ctx.at(place).part(TransfersPart), []
    for file in files:
        try:
            ids.append(await _send(ctx, place, file, how))
        except (BackendError, LinkError, CommandError) as error:
            refused.append((file, error))
    if refused:
        part.follow(ids)
        whom, (first, why) = ctx.state.at(place).name(place.peer), refused[0]
        said = ntr(
            "{some} of {n} file can't be sent to {whom}",
            "{some} of {n} files can't be sent to {whom}",
            len(files),
            some=len(refused),
            whom=whom,
        )
        left = await apart(partial(as_typed, [each for each, _ in refused]))
        raise PartlyDone(f'{said}; "{first.name}": {why}', f"{how.command} {left}" if left else "")
    part.say_they_go(place.peer, ids)


async def send_together(
    calls: Files, peer: str, files: Sequence[Path], text: str, *, token: str = "",
    encrypted: bool = False, draft: str = "",
) -> Sequence[int]:  # fmt: skip
    """Hand files over at once; return their transfers. BackendError, CommandError."""
    paths = [str(each) for each in files]
    if all(told(each) == each for each in paths):
        try:
            return await calls.send_album(
                peer, paths, text, token=token, encrypted=encrypted, draft=draft
            )
        except FileError:
            pass  # the backend may see less of this machine than we do
    with ExitStack() as handles:
        given = [handles.enter_context(await apart(partial(opened, each))) for each in files]
        names = [told(each.name) for each in files]
        return await calls.send_album_handles(
            peer, given, names, text, token=token, encrypted=encrypted, draft=draft
        )


async def _send(ctx: Context, place: Place, file: Path, how: How) -> int:
    """Hand a file over, and return the number of its transfer; BackendError, CommandError."""
    calls, name = ctx.at(place).part(TransfersPart).calls, told(file.name)
    if name == file.name:
        try:
            return await calls.send(
                place.peer, str(file), description=how.description, encrypted=how.is_encrypted
            )
        except FileError:
            pass  # the backend may see less of this machine than we do
    with await apart(partial(opened, file)) as handle:
        return await calls.send_handle(
            place.peer, handle, name, description=how.description, encrypted=how.is_encrypted
        )


def told(name: str) -> str:
    """Return a name as it can be told to others: some are in no encoding."""
    return os.fsencode(name).decode(errors="replace")


def say_it_goes(ctx: Context, place: Place, id: int, what: str) -> None:
    """Say that a file is on its way, unless how that ended is said already."""
    account = ctx.state.at(place)
    known = account.of(Transfers).get(id)
    if known is None or known.state not in OVER:
        said = tr("{what} goes to {name}", what=what, name=account.name(place.peer))
        ctx.state.say(said, about=about(id), account=account)
