"""What is typed before the program shows itself."""

import os
import sys
import termios

import pytest

from primitivus.app.unechoed import unechoed
from tests.lab.terminal import Terminal
from tests.primitivus.fake import BOB, MIA
from tests.primitivus.pilot import Pilot


@pytest.fixture
async def begin(bus, scratch):
    """Call it to start the program in a terminal."""
    running = []
    env = {**scratch.env, "DBUS_SESSION_BUS_ADDRESS": bus.address, "TZ": "UTC"}

    async def start(command=(sys.executable, "-m", "primitivus")):
        running.append(
            await Terminal.start(command, env=env, cwd=scratch.root, rows=24, columns=90)
        )
        return running[-1]

    yield start
    for terminal in running:
        await terminal.close()


async def test_what_is_typed_before_the_first_screen_stands_in_the_input(begin, account):
    terminal = await begin()
    terminal.write("typed blindly")
    await terminal.wait_for("have you seen this")
    await terminal.wait_for("^ > typed blindly$")


async def test_keys_pressed_before_the_first_screen_do_what_they_do(begin, account):
    terminal = await begin()
    terminal.write("sent blindly\rand more\x1b:chat mia\r")
    await terminal.wait_for("an older one")
    await account.called("Send", BOB, "sent blindly")
    await account.called("SetDraft", BOB, "and more")


@pytest.mark.parametrize("key", ["2", "\x1b[B"])
async def test_a_meta_key_of_a_real_terminal_leaves_what_is_typed_for_another_conversation(
    begin, account, key
):
    terminal = await begin()
    await terminal.wait_for("have you seen this")
    terminal.write(f"a draft\x1b{key}")
    await terminal.wait_for("an older one")
    terminal.write("hello\r")
    await account.called("Send", MIA, "hello")
    await account.called("SetDraft", BOB, "a draft")


def test_a_password_typed_before_it_is_asked_for_shows_nowhere():
    master, slave = os.openpty()
    before = termios.tcgetattr(slave)
    with unechoed(slave) as restored:
        assert restored == before
        os.write(master, b"open sesame\n")
        assert os.read(slave, 100) == b"open sesame\n"
        os.write(slave, b"shown")
        assert os.read(master, 100) == b"shown"
    assert termios.tcgetattr(slave) == before
    with unechoed(slave):
        others = termios.tcgetattr(slave)
        others[0] &= ~termios.IXON
        termios.tcsetattr(slave, termios.TCSANOW, others)
    assert termios.tcgetattr(slave) == others
    os.close(master)
    os.close(slave)


async def test_what_is_typed_ahead_of_a_program_that_fails_is_left_to_the_shell(begin):
    line = "DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere exec"
    terminal = await begin(
        ("sh", "-c", f"({line} {sys.executable} -m primitivus); read word; echo got $word")
    )
    terminal.write("kept\r")
    await terminal.wait_for("session bus")
    await terminal.wait_for("got kept")


async def test_keys_wait_for_the_first_page_even_when_a_screen_is_there(account, surroundings):
    account.listed.clear()
    pilot = Pilot()
    await pilot.start()
    await pilot.until(lambda: pilot.terminal.frames)
    pilot.terminal.on_keys(list("hello"))
    account.listed.set()
    await pilot.see("> hello")
    assert "INSERT" in pilot.screen
    await pilot.end()


async def test_keys_are_not_held_for_ever_by_a_backend_that_does_not_answer(account, surroundings):
    account.listed.clear()
    pilot = Pilot()
    await pilot.start()
    await pilot.until(lambda: pilot.terminal.frames)
    pilot.terminal.on_keys(["ctrl x"])
    assert await pilot.exit_code() == 0
