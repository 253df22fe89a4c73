"""Somebody works over ssh, and loses the link."""

import os
import shlex
import sys

import pytest

from tests.lab.sshd import Sshd
from tests.lab.terminal import Terminal

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root may give sshd a /run of its own"
)


@pytest.fixture
async def over_ssh(bus, backend, tmp_path):
    """Call it to start `primitivus` over ssh, where nothing says where the bus is."""
    hidden = ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "PATH")
    home = [f"{name}={value}" for name, value in backend.env.items() if name not in hidden]
    program = ["env", "-i", *home, "TERM=xterm-256color", "LANG=C.UTF-8"]
    program += [sys.executable, "-m", "primitivus"]
    terminals = []
    async with Sshd(tmp_path / "sshd", bus.directory) as server:

        async def start():
            command = server.command(shlex.join(program))
            terminal = await Terminal.start(command, env=backend.env, rows=30, columns=100)
            terminals.append(terminal)
            await terminal.wait_for("NORMAL|INSERT")
            return terminal

        yield start
        for terminal in terminals:
            await terminal.close()


async def test_a_lost_link_loses_nothing(server, user, meet, over_ssh):
    alice = await user(server, "alice")
    bob = await meet(server, "bob")
    terminal = await over_ssh()
    # On a slow link people type ahead, and all of it comes in one piece.
    terminal.write(f"\x1b:chat {bob.jid}\r\x1bigreetings from afar\r")
    await bob.wait_for("greetings from afar")
    bob.send(server.jid("alice"), "how is the weather?")
    await terminal.wait_for("how is the weather")
    await terminal.hang_up()
    bob.send(server.jid("alice"), "are you still there?")
    await alice.wait_for(bob.jid, lambda m: m["body"] == "are you still there?")
    again = await over_ssh()
    again.press("esc")
    again.submit(f":chat {bob.jid}")
    await again.wait_for(r"are you still there\?")
    await again.wait_for("greetings from afar")
