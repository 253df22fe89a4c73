"""The terminal that other tests look through."""

import signal

import pytest

from tests.lab.terminal import Terminal

ENV = {"PATH": "/usr/bin:/bin"}


async def shell(script, **size):
    return await Terminal.start(["sh", "-c", script], env=ENV, **size)


async def test_what_a_program_writes_is_on_the_screen():
    async with await shell("printf 'one\\ntwo\\n'; read x") as terminal:
        await terminal.wait_for("^two$")
        assert terminal.rows[:2] == ["one", "two"]
        assert terminal.received == len("one\r\ntwo\r\n")


async def test_what_is_typed_reaches_the_program():
    async with await shell("read line; echo got $line") as terminal:
        terminal.submit("a word")
        await terminal.wait_for("got a word")
        assert await terminal.wait_exit() == 0


async def test_text_that_goes_is_waited_for():
    async with await shell("echo here; read x; tput clear; read x") as terminal:
        await terminal.wait_for("here")
        terminal.press("enter")
        await terminal.wait_gone("here")


async def test_a_program_that_ends_without_the_awaited_text_fails_at_once_and_shows_the_screen():
    async with await shell("echo other") as terminal:
        with pytest.raises(AssertionError, match=r"(?s)it ended.*other"):
            await terminal.wait_for("wanted")


async def test_the_program_sees_the_size_and_is_told_of_a_new_one():
    script = "trap 'stty size' WINCH; stty size; sleep 60 & wait; kill $!"
    async with await shell(script, rows=30, columns=100) as terminal:
        await terminal.wait_for("30 100")
        terminal.resize(10, 40)
        await terminal.wait_for("10 40")


async def test_ctrl_c_interrupts_the_program():
    async with await shell("echo ready; exec cat") as terminal:
        await terminal.wait_for("ready")
        terminal.press("C-c")
        assert await terminal.wait_exit() == -signal.SIGINT


async def test_a_lost_terminal_hangs_the_program_up():
    terminal = await shell("echo ready; exec cat")
    await terminal.wait_for("ready")
    await terminal.hang_up()
    assert await terminal.wait_exit() == -signal.SIGHUP


async def test_bands_scroll_as_in_a_real_terminal():
    script = r"printf 'a\nb\nc\nd\n\033[2;3r\033[1S\033[r\033[6;1Hend'; read x"
    async with await shell(script) as terminal:
        await terminal.wait_for("end")
        assert terminal.rows[:4] == ["a", "c", "", "d"]


async def test_a_question_to_the_terminal_is_answered():
    async with await shell(r"stty -icanon -echo; printf '\033[6n'; head -c 6 | od -c") as terminal:
        await terminal.wait_for(r"033 +\[ +1 +; +1 +R")
