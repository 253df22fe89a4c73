"""Having the desktop open what this program doesn't."""

import asyncio
import os
import re
import shlex
import shutil
import socket

from backendd.api.processes import DEVNULL, begin
from primitivus.commands.asking.programs import words_of
from primitivus.commands.errors import CommandError
from primitivus.model.wording.enumerating import joined
from primitivus.model.wording.urls import is_foreign
from primitivus.sentences import tr

PROGRAM = "xdg-open"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")
# A file that brings its key along.
_FILE = "aesgcm"
# To any shell the same as to a person.
_PLAIN_PATH = re.compile(r"[\w/.,+@%-]+")
_DISPLAYS = ("WAYLAND_DISPLAY", "DISPLAY")
_PATIENCE_S = 10.0


def require_link(text: str) -> None:
    """Return if this is a link that may be opened; CommandError."""
    if not is_foreign(text):
        scheme, colon, _ = text.partition(":")
        if not colon or not _SCHEME.fullmatch(scheme):
            raise CommandError(tr('"{text}" isn\'t a link', text=text))
        instead = tr(":download fetches the file") if scheme.lower() == _FILE else ""
        said = tr('links of the form "{scheme}:" are not opened from here', scheme=scheme)
        raise CommandError(joined(said, instead))


def is_desktop() -> bool:
    """Return whether there is one."""
    return any(map(os.environ.get, _DISPLAYS))


async def open_outside(what: str, opener: str = "") -> None:
    """Have a link or a file opened by a program, by default what the desktop has; CommandError."""
    words = words_of(opener, "opener") or [PROGRAM]
    if shutil.which(words[0]) is None:
        raise CommandError(
            tr(
                '{words}, which is to open it, is not installed: "{what}"',
                words=words[0],
                what=what,
            )
        )
    quiet = {"stdin": DEVNULL, "stdout": DEVNULL, "stderr": DEVNULL}
    try:
        program = begin(*words, what, **quiet, start_new_session=True)
    except OSError as error:
        raise CommandError(
            tr("{words} can't be run: {why}", words=words[0], why=error.strerror)
        ) from None
    try:
        async with asyncio.timeout(_PATIENCE_S):
            status = await program.wait()
    except TimeoutError:
        # Where there is no desktop environment it is the program itself that it waits for.
        return
    finally:
        program.let_go()
    if status:
        raise CommandError(
            tr(
                '{words} ended with {status}, so nothing here opens "{what}"',
                words=words[0],
                status=status,
                what=what,
            )
        )


def fetching(path: str) -> str:
    """Return the command with which who is here by ssh copies a file to where they sit.

    Before OpenSSH 9 scp has a shell here read the path once more, which may be named by anybody:
    what that could take for more than a name goes another way.
    """
    host = socket.gethostname()
    if _PLAIN_PATH.fullmatch(path):
        return f"scp {host}:{path} ."
    brought = shlex.quote(f"cat -- {shlex.quote(path)}")
    return f"ssh {host} {brought} > {shlex.quote(os.path.basename(path))}"


def is_remote() -> bool:
    """Return whether one is here by ssh."""
    return bool(os.environ.get("SSH_CONNECTION"))
