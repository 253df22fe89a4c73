"""The demo driven by itself: a message is typed, also in a room, and answered; the UI quits."""

import asyncio
import re
import shutil
import sys
from pathlib import Path

from tests.lab.backend import Backend
from tests.lab.terminal import Terminal
from tools.demo import script
from tools.demo.stage import GUIDE, YOU

_MESSAGE = "is anybody there"
_ROWS, _COLUMNS = 30, 100


async def check(backend: Backend, entrance: Path) -> int:
    """Return 0 when all went well; AssertionError, with the last screen, if not.

    `entrance` is the file by which another terminal is in the demo.
    """
    command = (sys.executable, "-m", "primitivus")
    async with await Terminal.start(
        command, env=backend.env, rows=_ROWS, columns=_COLUMNS
    ) as terminal:
        await terminal.wait_for("guide")
        await terminal.wait_for(re.escape(script.WELCOME[:20]))
        terminal.press("esc", "i")  # whatever mode it is in
        terminal.submit(_MESSAGE)
        await terminal.wait_for(f"You wrote “{_MESSAGE}”")
        if shutil.which("busctl"):  # the demo itself goes without it
            await _call(script.call(entrance, YOU, GUIDE))
            await terminal.wait_for(f"You wrote “{script.CALLED}”")
        terminal.submit(f"/join {script.ROOM}")
        await terminal.wait_for("2 here")
        terminal.submit(_MESSAGE)
        await terminal.wait_for("Welcome to the garden")
        terminal.press("esc")
        terminal.submit(":quit")
        code = await terminal.wait_exit()
    if code:
        raise AssertionError(f"primitivus ended with {code}:\n{terminal.text}")
    print("demo: wrote a message, also in a room, saw the answers, quit")
    return 0


async def _call(lines: str) -> None:
    """Run what the demo prints for another terminal."""
    process = await asyncio.create_subprocess_shell(lines, stdout=asyncio.subprocess.DEVNULL)
    assert await process.wait() == 0, f"these fail:\n{lines}"
