"""Sending a picture that is nowhere on the disk: of the clipboard, or what a command writes."""

import shlex
import shutil
import time

from backendd.api import pictures
from backendd.api.sealed import sealed
from primitivus.client.transfers import TransfersPart
from primitivus.commands.arguments.types import NOTHING, Rest
from primitivus.commands.asking.endable import endable
from primitivus.commands.asking.programs import output, words_of
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.files.handing_files import say_it_goes
from primitivus.commands.files.sending_files import with_whom
from primitivus.model.wording.written import as_size
from primitivus.sentences import tr

# What has the clipboard on Wayland, and on X.
_CLIPBOARDS = (
    ("wl-paste", "-t", "image/png"),
    ("xclip", "-selection", "clipboard", "-t", "image/png", "-o"),
)
_CLIPBOARD_PATIENCE_S = 10.0
# Some programs have the user mark a part of the screen.
_PATIENCE_S = 60.0
MOST = 50_000_000
"""Bytes of a picture that are taken: they are held in memory."""

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


@command("paste-image")
async def paste_image(ctx: Context, program: Rest = NOTHING) -> None:
    """Send the picture of the clipboard, or the one that a program writes, to whom you talk with.

    The program runs on the machine of this terminal UI, without a shell, and writes a PNG, JPEG,
    GIF or WebP to its standard output: `:paste-image grim -`. Alone, it is the one that the setting
    `image_command` names, by default wl-paste or xclip.
    """
    place = with_whom(ctx)
    words = words_of(program, program) or words_of(ctx.settings.image_command, "image_command")
    if words:
        data = await endable(ctx, shlex.join(words), _written_by(words))
    else:
        data = await endable(ctx, tr("what reads the clipboard"), _copied())
    ending = _ENDINGS[pictures.media_type(data)]
    name = time.strftime(f"picture-%Y%m%d-%H%M%S.{ending}")
    with sealed("picture", data) as handle:
        calls = ctx.at(place).part(TransfersPart).calls
        id = await calls.send_handle(place.peer, handle, name)
    say_it_goes(ctx, place, id, f'"{name}" ({as_size(len(data))})')


async def _written_by(words: list[str]) -> bytes:
    """Return the picture that a program writes; CommandError."""
    data = await output(words, most=MOST, patience_s=_PATIENCE_S)
    if not data:
        raise CommandError(tr('"{words}" wrote nothing', words=words[0]))
    if not pictures.media_type(data):
        raise CommandError(
            tr('what "{words}" wrote is no picture: PNG, JPEG, GIF and WebP are', words=words[0])
        )
    return data


async def _copied() -> bytes:
    """Return the picture in the clipboard; CommandError."""
    here = [each for each in _CLIPBOARDS if shutil.which(each[0]) is not None]
    if not here:
        raise CommandError(
            tr(
                "neither wl-paste nor xclip is here to read the clipboard: install one, or name"
                " another program by :set image_command"
            )
        )
    refused = []
    for each in here:
        try:
            data = await output(each, most=MOST, patience_s=_CLIPBOARD_PATIENCE_S)
        except CommandError as error:
            refused.append(str(error))
            continue
        if pictures.media_type(data):
            return data
    why = f": {'; '.join(refused)}" if refused else ""
    raise CommandError(tr("no picture is in the clipboard{why}", why=why))
