"""Showing where the files are that came, or went out."""

from pathlib import Path

from primitivus.commands.asking.desktop import show_in_directory
from primitivus.commands.blogs import post_files
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.files.files import absolute
from primitivus.commands.files.transfers import require_here
from primitivus.commands.messages.linked import Lack, files_here, here
from primitivus.commands.messages.links import choose_one_of
from primitivus.model.panes.post import PostPane
from primitivus.model.panes.transfers import TransfersPane
from primitivus.sentences import tr

_NO_FILE = Lack(
    tr("this message has no file that is here"), tr("no message here has a file that is here")
)


@command("show-file")
async def show_file(ctx: Context, file: Path | None = None) -> None:
    """Show a file in its directory: that of the selected message, else the newest that is here.

    In the list of files it is the marked one, of a post one that is here. Where no desktop is, as
    over ssh, the command is copied that brings it to where you sit.
    """
    if file is not None:
        await show_in_directory(ctx, str(absolute(file)))
        return
    if isinstance(ctx.pane, TransfersPane):
        await show_in_directory(ctx, require_here(ctx, "shown"))
        return
    is_post = isinstance(ctx.pane, PostPane)
    found = post_files.here(ctx) if is_post else here(ctx, files_here, _NO_FILE)
    if len(found) == 1:
        await show_in_directory(ctx, next(iter(found)))
    else:
        choose_one_of(ctx, found, show_file, tr("Show in its directory"))
