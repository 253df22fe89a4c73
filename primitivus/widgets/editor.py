"""Writing a text in the user's own editor."""

import asyncio
import os
import shlex
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from primitivus.commands.apart import apart
from primitivus.commands.errors import CommandError

Lent = Callable[[], AbstractContextManager[None]]


async def edit(text: str, name: str, lent: Lent, preferred: str = "") -> str:
    """Return `text` as it comes out of the editor; CommandError if there is none or it fails.

    By the ending of its `name` the editor knows what it is. What is called: `preferred`, else
    $VISUAL, $EDITOR, or the one of Debian.
    """
    from tempfile import TemporaryDirectory  # late, with all that it needs

    command = preferred or os.environ.get("VISUAL") or os.environ.get("EDITOR") or "editor"
    with TemporaryDirectory(prefix="primitivus-") as folder:
        path = Path(folder, name)
        await apart(partial(path.write_text, text))
        with lent():
            status = await _run([*shlex.split(command), str(path)])
        if status:
            raise CommandError(f'"{command}" ended with {status}: the text is as it was')
        written = await apart(partial(path.read_text, errors="replace"))
        return written.removesuffix("\n")


async def _run(command: list[str]) -> int:
    try:
        process = await asyncio.create_subprocess_exec(*command)
    except OSError as error:
        raise CommandError(
            f'"{command[0]}" can\'t be run ({error.strerror}): :set editor names another'
        ) from None
    return await process.wait()
