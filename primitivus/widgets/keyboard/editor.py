"""Writing a text in the user's own editor."""

import asyncio
import os
import shutil
import signal
import stat
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from functools import partial
from pathlib import Path

from backendd.api import regular
from backendd.api.errors import FileError
from backendd.api.processes import begin
from primitivus.client.apart import apart
from primitivus.commands.arguments.paths import Told
from primitivus.commands.asking.programs import words_of
from primitivus.commands.errors import CommandError
from primitivus.model.wording.encoded import Decoded, decode
from primitivus.model.wording.enumerating import joined
from primitivus.model.wording.written import as_size
from primitivus.sentences import tr

# An editor that is told to has ended after this.
_LEAVE_S = 1.0
# Nobody writes so much: what is longer is not read.
_MOST = 16 << 20

Lent = Callable[[], AbstractContextManager[None]]


async def edit(
    text: str, name: str, lent: Lent, preferred: str = "", begun: Told = str, left: Told = str
) -> Decoded:
    """Return `text` as it comes out of the editor; CommandError if there is none or it fails.

    By the ending of its `name` the editor knows what it is, and `begun` is told where it is
    meanwhile. What is called: `preferred`, else $VISUAL, $EDITOR, or the one of Debian. Where that
    doesn't end well, what it has written stays there, and `left` is told of that.
    """
    from tempfile import mkdtemp  # late, with all that it needs

    named = (preferred, os.environ.get("VISUAL", ""), os.environ.get("EDITOR", ""))
    command = next((each for each in named if each.strip()), "editor")
    words = words_of(command, command)
    folder = Path(await apart(partial(mkdtemp, prefix="primitivus-")))
    path = folder / name
    is_kept = False
    try:
        await apart(partial(path.write_text, text, encoding="utf-8"))
        begun(path)
        with lent():
            is_kept = True  # until it has ended well
            status = await _run([*words, str(path)])
            is_kept = bool(status)
        if status:
            where = (
                tr("what it wrote is in {folder}", folder=folder) if _has_more(path, text) else ""
            )
            failed = tr(
                '"{command}" ended with {status}: the text is as it was',
                command=command,
                status=status,
            )
            raise CommandError(joined(failed, where))
        written = await apart(partial(_read, path))
        if written is None:
            raise CommandError(
                tr('nothing was written: "{command}" left no file behind', command=command)
            )
        if len(written) > _MOST:
            is_kept = True
            raise CommandError(
                tr(
                    '"{command}" left {size}, and {most} is the most that is read: the text is as'
                    " it was; what it wrote is in {folder}",
                    command=command,
                    size=as_size(path.stat().st_size),
                    most=as_size(_MOST),
                    folder=folder,
                )
            )
        said = decode(written)
        return said._replace(text=said.text.removesuffix("\n"))
    finally:
        if is_kept and _has_more(path, text):
            left(path)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _read(path: Path) -> bytes | None:
    """Return what an editor has written, or a beginning of what is too long; None: no file."""
    try:
        with open(regular.opened(str(path), str(path)).detach(), "rb") as file:
            return file.read(_MOST + 1)
    except (OSError, FileError):
        return None


def _has_more(path: Path, text: str) -> bool:
    """Return whether an editor has left something beside the text that it was given."""
    given = text.encode()
    try:
        if len(os.listdir(path.parent)) > 1:
            return True
        left = path.stat()
        if not stat.S_ISREG(left.st_mode):
            return False
        return left.st_size != len(given) or path.read_bytes() != given
    except OSError:
        return False


async def _run(command: list[str]) -> int:
    try:
        program = begin(*command)
    except OSError as error:
        raise CommandError(
            tr(
                '"{command}" can\'t be run ({why}): :set editor names another',
                command=command[0],
                why=error.strerror,
            )
        ) from None
    try:
        return await program.wait()
    except BaseException:
        # It keeps what was written, as it does when its terminal goes.
        program.signal(signal.SIGHUP)
        with suppress(TimeoutError):
            async with asyncio.timeout(_LEAVE_S):
                await program.wait()
        raise
    finally:
        program.let_go()
