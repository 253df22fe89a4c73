"""The clipboard, as far as one can be reached from a terminal."""

import asyncio
import base64
from collections.abc import Mapping
from contextlib import suppress

from primitivus.commands.errors import CommandError
from primitivus.widgets.terminal.multiplexers import past_screen
from primitivus.widgets.terminal.questions import can_be_asked

_PATIENCE_S = 2.0


async def into_tmux(text: str) -> bool:
    """Return whether tmux has put `text` into its buffer, and sent it on to its own terminal."""
    # Sending it on is of tmux 3.2.
    for options in (("-w",), ()):
        if await _run(("tmux", "load-buffer", *options, "-"), text.encode("utf-8", "replace")):
            return True
    return False


def sequence(text: str, term: str, environ: Mapping[str, str]) -> str:
    """Return what gives `text` to the terminal for its clipboard (OSC 52).

    CommandError if this terminal would print it.
    """
    if not can_be_asked(term):
        raise CommandError("this terminal has no clipboard")
    data = base64.b64encode(text.encode("utf-8", "replace")).decode()
    # tmux takes it, and hands it on by itself.
    return past_screen(f"\x1b]52;c;{data}\x07", environ)


async def _run(command: tuple[str, ...], data: bytes) -> bool:
    with suppress(OSError):
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await process.communicate(data)
        except TimeoutError:
            process.kill()
            await process.wait()
        return process.returncode == 0
    return False
