"""Copying a message out of the real program: into tmux, or to the terminal."""

import asyncio
import base64
import shlex
import shutil
import sys

import pytest

from tests.lab.terminal import Terminal

COMMAND = (sys.executable, "-m", "primitivus")
WANTED = "have you seen this?"


@pytest.fixture
def env(bus, scratch, account):
    return {**scratch.env, "DBUS_SESSION_BUS_ADDRESS": bus.address, "LC_ALL": "C.UTF-8"}


async def copy(terminal):
    """Select the message before the last one, and copy it."""
    await terminal.wait_for(WANTED[:-1])
    terminal.press("esc")
    await terminal.wait_for("NORMAL")
    terminal.submit(":focus messages")
    terminal.write("vky")


async def test_the_terminal_is_sent_what_is_copied_and_that_is_said(env, scratch):
    async with await Terminal.start(COMMAND, env=env, cwd=scratch.root, columns=100) as terminal:
        await copy(terminal)
        await terminal.wait_for("sent to the terminal, for its clipboard")
        assert [base64.b64decode(each).decode() for each in terminal.protocols.copied] == [WANTED]


async def test_a_terminal_without_a_clipboard_is_said_to_have_none(env, scratch):
    async with await Terminal.start(
        COMMAND, env={**env, "TERM": "linux"}, cwd=scratch.root, columns=100
    ) as terminal:
        await copy(terminal)
        await terminal.wait_for("this terminal has no clipboard")
        assert terminal.protocols.copied == []


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
async def test_in_tmux_what_is_copied_is_in_its_buffer(env, scratch, tmp_path):
    tmux = ("tmux", "-S", str(tmp_path / "tmux"), "-u", "-f", "/dev/null")

    async def ask(*words):
        process = await asyncio.create_subprocess_exec(
            *(*tmux, *words), env=env, stdout=asyncio.subprocess.PIPE
        )
        said, _ = await process.communicate()
        return said.decode()

    async with await Terminal.start(
        (*tmux, "new-session", shlex.join(COMMAND)), env=env, cwd=scratch.root, columns=100
    ) as terminal:
        try:
            await copy(terminal)
            await terminal.wait_for("copied into tmux's buffer")
            assert await ask("show-buffer") == WANTED
        finally:
            await ask("kill-server")
