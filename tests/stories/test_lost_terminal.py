"""The terminal goes away under a running program."""

import os
import signal
import sys

import pytest

from backendd.api import names
from backendd.core.entries import MICROBLOG
from backendd.core.uris import ItemAddress, encode
from tests.backendd.session.peer import Peer
from tests.features.test_comments import POST, comment, post
from tests.lab.terminal import Terminal
from tests.stories.test_comments import said


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


ENDS = {
    "told to end": lambda terminal: os.kill(terminal.pid, signal.SIGTERM),
    "told that its terminal is gone": lambda terminal: os.kill(terminal.pid, signal.SIGHUP),
    "left by its terminal": lambda terminal: terminal.disconnect(),
}


@pytest.mark.parametrize("how", ENDS)
async def test_what_was_typed_just_before_the_program_ends_is_kept(server, user, ready, how):
    alice = await user(server, "alice")
    await alice.call(names.MESSAGES, "Open", "s", server.jid("bob"))
    bob = await Peer(server, "bob").online()
    await post(bob)
    await comment(bob, bob, "welcome", "what do you say")
    read = f":post {encode(ItemAddress(bob.jid, MICROBLOG, POST))}"
    terminal = await ready("alice")
    terminal.submit(f":chat {bob.jid}")
    terminal.press("i")
    await terminal.wait_for("INSERT")
    terminal.write("half a message")
    await terminal.wait_for("half a message")
    terminal.press("esc")
    terminal.submit(read)
    await terminal.wait_for("what do you say")
    terminal.press("j", "r")
    await terminal.wait_for("answer to .*what do you say")
    terminal.write("half an answer")
    await terminal.wait_for("half an answer")
    ENDS[how](terminal)
    await terminal.wait_exit()
    again = await ready("alice")
    again.submit(":drafts")
    await again.wait_for("half a message")
    await again.wait_for("half an answer")
    await bob.close()


async def test_a_comment_that_is_typed_is_kept_though_its_terminal_is_killed(server, user, ready):
    await user(server, "alice")
    bob = await Peer(server, "bob").online()
    await post(bob)
    await comment(bob, bob, "welcome", "what do you say")
    read = f":post {encode(ItemAddress(bob.jid, MICROBLOG, POST))}"
    first, second = await ready("alice"), await ready("alice")
    first.submit(read)
    await first.wait_for("what do you say")
    first.press("j", "r")
    await first.wait_for("answer to .*what do you say")
    first.write("well, half")
    second.submit(read)
    await second.wait_for("answer > well, half")
    os.kill(first.pid, signal.SIGKILL)
    await first.wait_exit()
    second.submit(":drafts")
    await second.wait_for("well, half  an answer below")
    second.press("enter")
    await second.wait_for("answer to .*what do you say")
    third = await ready("alice")
    third.submit(read)
    await third.wait_for("answer > well, half")
    second.press("i")
    await second.wait_for("this is the draft that you left here")
    second.submit(" done")
    await second.wait_for("│ well, half done")
    await second.wait_gone("waits to be published")
    await third.wait_for("│ well, half done")
    await third.wait_gone("answer >")
    assert "well, half done" in (await said(bob)).values()
    second.submit(":quit-all")
    await second.wait_exit()
    await bob.close()
