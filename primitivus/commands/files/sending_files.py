"""Sending files: those that are named, or one that is chosen by keyboard alone."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from primitivus.client.apart import apart
from primitivus.commands.arguments.types import Paths
from primitivus.commands.asking.forms import confirm
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.files.files import (
    Named,
    absolute,
    files_of,
    listing,
    size_of,
    unreadable,
    without_dots,
)
from primitivus.commands.files.handing_files import How, send_all, send_one
from primitivus.model.area import Area
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.place import Place
from primitivus.model.popups.chooser import FileChooser
from primitivus.model.wording.written import as_size
from primitivus.sentences import ntr, tr

# More of them are asked for first, and so many are named then.
MOST_UNASKED = 10
_NAMED = 5


@command("send-file")
async def send_file(ctx: Context, file: Paths | None = None) -> None:
    """Send files to whom you talk with, by default one that you choose from a list.

    Of a folder those in it are sent, and those below, without hidden ones. A pattern stands for
    the files that it fits: `*.jpg`. Before more than ten go you are asked. :transfers shows how far
    they are.
    """
    place = with_whom(ctx)
    if file is None:
        await choose_file(ctx)
        return
    await _send_meant(ctx, place, file, How())


@command("send-encrypted")
async def send_encrypted(ctx: Context, file: Paths) -> None:
    """Send files so that the web server which keeps them can't read them, nor see their names.

    The message has the key, and is not encrypted itself: whoever reads it can read the file, your
    server and theirs as well. Files go by the server then, never directly, as by :send-file.
    """
    await _send_meant(ctx, with_whom(ctx), file, How(is_encrypted=True))


@command("send-described")
async def send_described(ctx: Context, description: str, file: Path) -> None:
    """Send a file with a line that describes it, which whoever gets it reads with it.

    A description with blanks needs quotes: `:send-described "From the top" summit.jpg`.
    """
    place, path = with_whom(ctx), absolute(file)
    if not await apart(path.exists):
        raise CommandError(
            tr('"{file}" is not there; a description with blanks needs quotes', file=file)
        )
    await send_one(ctx, place, path, How(description))


@command("choose-file")
async def choose_file(ctx: Context, directory: Path | None = None) -> None:
    """Choose a file to send to whom you talk with, by default where one was chosen last.

    Type some letters of its name. Enter sends it, or goes into a folder, whose keys are shown.
    Hidden ones are there after a dot.
    """
    place = with_whom(ctx)
    wanted = directory if directory is not None else Path(ctx.folders.chosen)
    path = without_dots(absolute(wanted))
    title = tr("Send a file to {name}", name=ctx.state.at(place).name(place.peer))
    shown = FileChooser(title, (), _hint(ctx), directory=path, folders=ctx.folders)
    ctx.state.open_popup(shown)
    with ctx.waiting.keys():
        await _read(ctx, shown)


@command("folder-in", context="chooser")
async def folder_in(ctx: Context) -> None:
    """Go into the chosen folder."""
    if folder := chooser(ctx).folder:
        await choose_file(ctx, Path(folder))


@command("folder-out", context="chooser")
async def folder_out(ctx: Context) -> None:
    """Go to the folder above."""
    await choose_file(ctx, Path(chooser(ctx).parent))


async def _read(ctx: Context, shown: FileChooser) -> None:
    """Have a chooser show what is in its directory; without that it closes. CommandError."""
    try:
        entries = await apart(partial(listing, shown.directory))
    except OSError as error:
        if ctx.state.view.popup is shown:
            ctx.state.close_popup()
        ctx.folders.forget(shown.directory)
        raise unreadable(shown.directory, error) from None
    shown.fill(entries)
    ctx.state.changed(Area.VIEW)


async def meant_files(
    ctx: Context, place: Place, named: Named, *, quoted: str = ""
) -> Sequence[Path]:
    """Return the files to send, none where the user decides against so many; CommandError."""
    files = await apart(partial(files_of, named, quoted))
    is_meant = len(files) <= MOST_UNASKED or await _is_sure(ctx, place, files)
    return files if is_meant else ()


async def _is_sure(ctx: Context, place: Place, files: Sequence[Path]) -> bool:
    size = as_size(await apart(partial(size_of, files)))
    names = ", ".join(each.name for each in files[:_NAMED])
    whom = ctx.state.at(place).name(place.peer)
    text = ntr(
        "{n} files ({size}) go to {whom}: {names} and others.",
        "{n} files ({size}) go to {whom}: {names} and others.",
        len(files),
        size=size,
        whom=whom,
        names=names,
    )
    return await confirm(ctx, tr("Send files"), text)


async def _send_meant(ctx: Context, place: Place, named: Named, how: How) -> None:
    files = await meant_files(ctx, place, named)
    if len(files) == 1:
        await send_one(ctx, place, files[0], how)
    elif files:
        await send_all(ctx, place, files, how)


def with_whom(ctx: Context) -> Place:
    """Return the conversation that files go to: where one is; CommandError without any."""
    pane = ctx.state.conversation
    if not isinstance(pane, ConversationPane) or not pane.place.peer:
        raise ctx.no_conversation()
    return pane.place


def chooser(ctx: Context) -> FileChooser:
    """Return the list of files that is shown; CommandError where none is."""
    popup = ctx.state.view.shown_popup
    if not isinstance(popup, FileChooser):
        raise CommandError(tr("no files to choose from are shown: :choose-file shows some"))
    return popup


def _hint(ctx: Context) -> str:
    bound = [each for each in ctx.screen.bindings() if each.context == FileChooser.context]
    keys = {each.line: each.keys for each in bound}
    purposes = (
        ("attach-chosen", tr("attaches it to what you write")),
        ("folder-in", tr("goes into a folder")),
        ("folder-out", tr("out of it")),
    )
    said = [f"{keys[line]} {purpose}" for line, purpose in purposes if line in keys]
    return "; ".join((tr("type to search"), tr("Enter sends it"), *said))
