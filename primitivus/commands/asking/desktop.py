"""What the desktop does with files and links: opening them, showing where they are.

Where there is none, as over ssh, what brings them to where one sits is copied.
"""

import os
from functools import partial

from primitivus.client.apart import apart
from primitivus.commands.asking.outside import (
    fetching,
    is_desktop,
    is_remote,
    open_outside,
    require_link,
)
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.sentences import tr


async def open_file(ctx: Context, path: str) -> None:
    """Have a file of this machine opened, or say how it comes to where one sits; CommandError."""
    await _require(path)
    if ctx.settings.opener or is_desktop():
        await open_outside(path, ctx.settings.opener)
        ctx.state.say(tr("opened {path}", path=path))
    else:
        await _bring(ctx, path, "open")


async def show_in_directory(ctx: Context, path: str) -> None:
    """Have a file shown where it is, or say how it comes to where one sits; CommandError."""
    await _require(path)
    if not is_desktop():
        await _bring(ctx, path, "show")
        return
    if not await ctx.accounts.file_manager.show(path):
        await open_outside(os.path.dirname(path))
    ctx.state.say(tr("shown in its directory: {path}", path=path))


async def open_elsewhere(ctx: Context, address: str) -> None:
    """Have a link opened; CommandError where that is none to open."""
    require_link(address)
    if is_desktop():
        await open_outside(address)
        ctx.state.say(tr("opened {address}", address=address))
    else:
        copied = await ctx.screen.copy(address)
        ctx.state.say(
            tr("no desktop is here to open it; {copied}: {line}", copied=copied, line=address)
        )


def whereabouts(path: str) -> str:
    """Return where a file is, for who sits here: over ssh the command that brings it."""
    return fetching(path) if is_remote() else path


async def _bring(ctx: Context, path: str, verb: str) -> None:
    line = whereabouts(path)
    copied = await ctx.screen.copy(line)
    ctx.state.say(
        tr("no desktop is here to open it; {copied}: {line}", copied=copied, line=line)
        if verb == "open"
        else tr("no desktop is here to show it; {copied}: {line}", copied=copied, line=line)
    )


async def _require(path: str) -> None:
    if not await apart(partial(os.path.exists, path)):
        raise CommandError(tr('"{path}" is no longer there', path=path))
