"""The screen in a real pty: clean start and stop, keys, pastes, redraws."""

import contextlib
import os
import signal
import sys

import pyte.modes
import pytest

from tests.lab.terminal import Terminal

COMMAND = [sys.executable, "-m", "tests.primitivus.widgets.terminal.typewriter"]
ALTERNATE, PASTE, FOCUS = 1049 << 5, 2004 << 5, 1004 << 5
PRESSES, DECIMAL, MOTIONS = 1000 << 5, 1006 << 5, 1002 << 5
TERMINAL_MODES = {ALTERNATE, PASTE, FOCUS, PRESSES, DECIMAL}


@contextlib.asynccontextmanager
async def typewriter(**size):
    async with await Terminal.start(COMMAND, env=dict(os.environ), **size) as terminal:
        await terminal.wait_for("ready")
        yield terminal


def modes(terminal):
    return terminal.emulator.mode


@pytest.mark.parametrize("way_out", ["q", "x"])
async def test_the_terminal_is_clean_afterwards(way_out):
    async with await Terminal.start(COMMAND, env=dict(os.environ)) as terminal:
        before = terminal.settings
        await terminal.wait_for("ready")
        assert modes(terminal) >= TERMINAL_MODES
        assert pyte.modes.DECAWM not in modes(terminal)
        terminal.press("r", way_out)
        await terminal.wait_for("left cleanly")
        emulator = terminal.emulator
        assert not modes(terminal) & TERMINAL_MODES
        assert pyte.modes.DECAWM in modes(terminal)
        assert emulator.margins is None
        assert not emulator.cursor.hidden
        assert emulator.cursor.attrs == emulator.default_char
        assert terminal.settings == before
        assert await terminal.wait_exit() == 0


async def test_a_paste_is_one_event_and_no_keys():
    async with typewriter() as terminal:
        terminal.write("\x1b[200~q\rx\x1b[201~b")
        await terminal.wait_for(r"<paste 'q\\nx'> <b>")


async def test_the_mouse_gives_keys_and_its_motions_are_not_asked_for():
    async with typewriter() as terminal:
        assert MOTIONS not in modes(terminal)
        terminal.write("\x1b[<0;5;6M\x1b[<0;5;6ma\x1b[<65;5;6M\x1b[M !!\x1b[<1;5;6Mb")
        await terminal.wait_for("ready <press> <release> <a> <wheel down> <press> <b>")


async def test_a_terminal_that_would_print_what_it_is_asked_for_the_mouse_is_not_asked():
    command = [*COMMAND]
    async with await Terminal.start(command, env=os.environ | {"TERM": "linux"}) as terminal:
        await terminal.wait_for("ready")
        assert not modes(terminal) & {PRESSES, DECIMAL}


async def test_esc_and_a_key_are_meta_or_not_as_the_application_says():
    async with typewriter() as terminal:
        terminal.write("\x1bj\x1b[A")
        await terminal.wait_for("<meta j> <up>")
        terminal.write("m")
        await terminal.wait_for("<m>")
        terminal.write("\x1bj\x1b[A")
        await terminal.wait_for("<m> <esc> <j> <up>")
        terminal.write("\x1b")
        await terminal.wait_for("<up> <esc>")


async def test_a_resize_draws_everything_anew():
    async with typewriter(rows=10, columns=40) as terminal:
        terminal.resize(5, 20)
        terminal.write("a")
        await terminal.wait_for("ready <a>")
        await terminal.wait_until(
            lambda: terminal.emulator.buffer[4][19].bg == "blue", "the last cell"
        )


@pytest.mark.parametrize(("key", "row", "colour"), [("c", 0, "green"), ("n", -1, "red")])
async def test_what_is_drawn_in_a_style_changes_with_it(key, row, colour):
    async with typewriter() as terminal:
        await terminal.wait_for("early")
        y = row % len(terminal.rows)
        assert terminal.emulator.buffer[y][0].bg != colour
        terminal.write(key)
        await terminal.wait_until(lambda: terminal.emulator.buffer[y][0].bg == colour, colour)


async def test_a_stopped_program_that_goes_on_draws_everything_anew():
    async with typewriter() as terminal:
        os.kill(terminal.pid, signal.SIGSTOP)
        terminal.emulator.reset()
        os.kill(terminal.pid, signal.SIGCONT)
        await terminal.wait_for("ready")
        assert modes(terminal) >= TERMINAL_MODES
        terminal.write("a")
        await terminal.wait_for("ready <a>")


async def test_bell_and_title_go_out_with_the_frame():
    async with typewriter() as terminal:
        terminal.press("r")
        await terminal.wait_for("<r>")
        assert terminal.emulator.title == "(1) typewriter"


async def test_a_terminal_that_hangs_up_ends_the_program():
    async with typewriter() as terminal:
        await terminal.hang_up()
        assert await terminal.wait_exit() != 0
