"""Files that go out together with a text."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from backendd.api import folders
from backendd.api.contract import Messages
from backendd.api.errors import FileError
from primitivus.client.apart import apart
from primitivus.client.transfers import TransfersPart
from primitivus.commands.arguments.types import Paths
from primitivus.commands.arguments.which_message import conversation
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError, nothing_matches
from primitivus.commands.files.files import Named, files_of, require, size_of
from primitivus.commands.files.handing_files import send_together
from primitivus.commands.files.sending_files import chooser, meant_files, with_whom
from primitivus.commands.messages.sending import send_text
from primitivus.commands.panes.panes import go_to
from primitivus.model.area import Area
from primitivus.model.editing.purpose import SAYING, HandOver, Purpose
from primitivus.model.wording.written import as_size
from primitivus.sentences import ntr, tr


@command("attach")
async def attach(ctx: Context, file: Paths) -> None:
    """Attach files to what you write to whom you talk with, or more of them.

    They go out with it once you send that, with or without a text: in one message where all
    programs of a contact take that, else as messages of their own. Esc leaves them out.
    """
    with_whom(ctx)
    with ctx.waiting.keys():  # they are for the text
        await _attach(ctx, file)


@command("send-album")
async def send_album(ctx: Context, text: str, file: Paths) -> None:
    """Send files, with a text, to whom you talk with: in one message where their program takes it.

    Of a folder those in it are sent, as by :send-file.
    """
    place = with_whom(ctx)
    files = await meant_files(
        ctx, place, file, quoted=tr("a text or a name with blanks needs quotes")
    )
    if not files:
        return
    pane, paths = conversation(ctx), tuple(map(str, files))
    hand_over = _together(ctx.at(place).part(TransfersPart), paths)
    pane.chat.purpose = Purpose(_said(files, ""), hand_over, files=paths)
    await send_text(ctx, pane, text, typed=text)


@command("attach-chosen", context="chooser")
async def attach_chosen(ctx: Context) -> None:
    """Attach the chosen file to what you write."""
    shown = chooser(ctx)
    path = Path(shown.take())
    if shown.chosen is None:
        raise nothing_matches(shown.editor.text)
    if not path.name:
        raise CommandError(tr("only a file can be attached: go into the folder for those in it"))
    ctx.state.close_popup()
    with ctx.waiting.keys():
        await _attach(ctx, Named((path,), path))


async def _attach(ctx: Context, named: Named) -> None:
    pane = conversation(ctx)
    before = pane.chat.purpose
    if before is not SAYING and not before.files:
        raise CommandError(
            tr("nothing can be attached to this, {said}: Esc leaves it", said=before.said)
        )
    added = await apart(partial(files_of, named))
    files = tuple(dict.fromkeys((*before.files, *map(str, added))))
    if len(files) > folders.MOST:
        raise CommandError(tr("at most {most} files are sent at once", most=folders.MOST))
    await apart(partial(require, added))
    paths = [*map(Path, files)]
    said = _said(paths, f" ({as_size(await apart(partial(size_of, paths)))})")
    part = ctx.at(pane.place).part(TransfersPart)
    pane.chat.write(Purpose(said, _together(part, files), files=files))
    go_to(ctx, "input")
    ctx.state.show(mode="insert")
    ctx.state.changed(Area.INPUT)


def _said(files: Sequence[Path], size: str) -> str:
    return ntr(
        "with {n} file{size}: {names}",
        "with {n} files{size}: {names}",
        len(files),
        size=size,
        names=", ".join(each.name for each in files),
    )


def _together(part: TransfersPart, files: Sequence[str]) -> HandOver:
    """Return what hands files over with a text."""

    async def hand_over(messages: Messages, peer: str, body: str, token: str, draft: str) -> object:
        paths = [*map(Path, files)]
        try:
            ids = await send_together(part.calls, peer, paths, body, token=token, draft=draft)
        except CommandError as error:
            raise FileError(error.sentence) from None
        part.say_they_go(peer, ids)
        return ids

    return hand_over
