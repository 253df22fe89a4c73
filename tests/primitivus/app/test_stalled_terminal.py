"""A terminal that reads nothing for a while, as over a link that hangs."""

import asyncio
import os
import signal
import termios

import pytest

from tests.primitivus.app.test_terminal import (
    begin,
    env,
    is_asked_for_mouse,
    program_of,
    shell,
    shell_is_itself_again,
)
from tests.primitivus.fake import BOB

__all__ = ["env", "shell"]


def draw_much(terminal):
    """Have far more drawn than the terminal takes without being read."""
    for height in range(24, 44):
        terminal.press("C-l")
        terminal.resize(height, 90)


async def readable(descriptor):
    """Return when something can be read, or has ended, where it is of a process."""
    loop, happened = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(descriptor, happened.set)
    await happened.wait()
    loop.remove_reader(descriptor)


async def test_what_was_typed_meanwhile_shows_when_the_terminal_reads_again(shell, account):
    await begin(shell)
    shell.stall()
    draw_much(shell)
    shell.write("said into the silence")
    await account.called("SetDraft", BOB, "said into the silence")
    shell.go_on()
    await shell.wait_for("> said into the silence")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
async def test_the_program_ends_though_the_terminal_reads_nothing(shell, account, number):
    await begin(shell)
    await shell.wait_until(lambda: is_asked_for_mouse(shell))
    program = await program_of(shell)
    shell.stall()
    draw_much(shell)
    ended = os.pidfd_open(program)
    os.kill(program, number)
    await readable(ended)
    os.close(ended)
    shell.go_on()
    await shell_is_itself_again(shell, 0)
    assert shell.settings[3] & termios.ICANON
