"""Keyboard protocols: on where the terminal has them, and off again whatever happens."""

import asyncio
import contextlib
import os
import shlex
import shutil
import signal
import sys

import pytest

from tests.lab.protocols import Protocols
from tests.lab.terminal import Terminal

COMMAND = [sys.executable, "-m", "tests.primitivus.widgets.terminal.typewriter"]
SHIFT_ENTER = {"kitty": "\x1b[13;2u", "xterm": "\x1b[27;2;13~"}
ENV = {name: value for name, value in os.environ.items() if name != "TMUX"}


@contextlib.asynccontextmanager
async def typewriter(keyboard, **env):
    async with await Terminal.start(
        COMMAND, env={**ENV, **env}, protocols=Protocols(keyboard)
    ) as terminal:
        await terminal.wait_for("ready")
        yield terminal


async def is_on(terminal):
    await terminal.wait_until(lambda: not terminal.protocols.is_plain, "the protocol to be on")


@pytest.mark.parametrize("keyboard", ["kitty", "xterm"])
@pytest.mark.parametrize("way_out", ["q", "x"])
async def test_a_protocol_the_terminal_has_is_on_while_the_program_runs(keyboard, way_out):
    async with typewriter(keyboard) as terminal:
        await is_on(terminal)
        terminal.write(SHIFT_ENTER[keyboard])
        await terminal.wait_for("<shift enter>")
        terminal.press(way_out)
        await terminal.wait_for("left cleanly")
        assert terminal.protocols.is_plain


@pytest.mark.parametrize("keyboard", ["kitty", "xterm"])
async def test_a_stopped_program_leaves_the_protocol_off_and_takes_it_again(keyboard):
    async with typewriter(keyboard) as terminal:
        await is_on(terminal)
        os.kill(terminal.pid, signal.SIGTSTP)
        await terminal.wait_until(lambda: terminal.protocols.left == 1, "the protocol to be off")
        # The leader of a session isn't really stopped by it, and goes on.
        await is_on(terminal)
        terminal.write(SHIFT_ENTER[keyboard] + "q")
        await terminal.wait_for("left cleanly")
        assert terminal.protocols.is_plain


async def test_a_terminal_without_one_gets_none_and_shows_no_question():
    async with typewriter("") as terminal:
        terminal.write("\x1b\r\n\r")
        await terminal.wait_for("ready <meta enter> <ctrl j> <enter>$")
        assert terminal.protocols.is_plain


async def test_the_linux_console_is_asked_nothing():
    async with typewriter("kitty", TERM="linux") as terminal:
        terminal.write("\r")
        await terminal.wait_for("<enter>")
        assert terminal.protocols.is_plain
        assert not terminal.protocols.asked


async def test_no_answer_reaches_the_shell_after_a_quick_end():
    script = f"{shlex.join(COMMAND)}; read -r line; echo got=$line."
    async with await Terminal.start(
        ["bash", "-c", script], env=ENV, protocols=Protocols("kitty")
    ) as terminal:
        terminal.write("q")
        await terminal.wait_for("left cleanly")
        terminal.write("word\r")
        await terminal.wait_for("got=")
        assert "got=word." in terminal.text


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
async def test_in_tmux_keys_are_told_apart(tmp_path):
    conf = tmp_path / "tmux.conf"
    conf.write_text("set -s extended-keys on\nset -g status off\n")
    tmux = ["tmux", "-S", str(tmp_path / "tmux"), "-u", "-f", str(conf)]

    async def tell(*words):
        process = await asyncio.create_subprocess_exec(*tmux, *words, env=ENV)
        assert await process.wait() == 0

    async with await Terminal.start(
        [*tmux, "new-session", shlex.join(COMMAND)], env={**ENV, "LC_ALL": "C.UTF-8"}
    ) as terminal:
        try:
            await terminal.wait_for("ready")
            terminal.write("a")
            await terminal.wait_for("ready <a>")
            await tell("send-keys", "S-Enter", "C-a", "M-x")
            await terminal.wait_for("ready <a> <shift enter> <ctrl a> <meta x>")
        finally:
            await tell("kill-server")


async def test_shift_enter_is_a_key_of_its_own_in_a_kitty_which_leaves_a_number_out_of_its_answer():
    protocols = Protocols("kitty")
    assert protocols.attributes == "62;"
    async with await Terminal.start(COMMAND, env=ENV, protocols=protocols) as terminal:
        await terminal.wait_for("ready")
        await is_on(terminal)
        terminal.write(SHIFT_ENTER["kitty"])
        await terminal.wait_for("<shift enter>")
