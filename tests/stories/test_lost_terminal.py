"""The terminal goes away under a running program."""

import sys

import pytest

from backendd.api import names
from tests.lab.terminal import Terminal


@pytest.mark.parametrize("hangup", ["heeded", "ignored"])
async def test_a_lost_terminal_ends_the_program_and_keeps_what_was_typed(
    server, user, backend, tui, hangup
):
    # Under nohup, and below some daemons, SIGHUP is ignored and stays so.
    alice = await user(server, "alice")
    await alice.call(names.MESSAGES, "Open", "s", server.jid("bob"))
    trap = "trap '' HUP; " if hangup == "ignored" else ""
    command = ("sh", "-c", f"{trap}exec {sys.executable} -m primitivus")
    async with await Terminal.start(
        command, env=backend.env, cwd=backend.scratch.root, rows=30, columns=100
    ) as terminal:
        await terminal.wait_for("bob")
        terminal.press("esc", "i")
        terminal.write("half a sentence")
        await terminal.wait_for("half a sentence")
        terminal.disconnect()
        await terminal.wait_exit()
    again = await tui()
    await again.wait_for("half a sentence")
