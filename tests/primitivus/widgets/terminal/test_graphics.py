"""Which pictures the terminal shows: asked once, answered by no key, and never guessed."""

import contextlib
import fcntl
import os
import shlex
import struct
import sys
import termios

import pytest

from primitivus.widgets.terminal.answers import Said
from primitivus.widgets.terminal.graphics import Answers
from tests.lab.graphics import Graphics
from tests.lab.protocols import Protocols
from tests.lab.terminal import Terminal

COMMAND = [sys.executable, "-m", "tests.primitivus.widgets.terminal.typewriter"]
ENV = {name: value for name, value in os.environ.items() if name not in ("TMUX", "STY")}
NOTHING = "<kitty=False sixel=0 cell=None>"


@contextlib.asynccontextmanager
async def typewriter(graphics, **env):
    async with await Terminal.start(
        COMMAND, env={**ENV, **env}, protocols=Protocols(graphics=graphics), columns=200
    ) as terminal:
        await terminal.wait_for("ready")
        yield terminal


async def told(graphics, expected, **env):
    async with typewriter(graphics, **env) as terminal:
        # The answers came before this key.
        terminal.write("g")
        await terminal.wait_for("ready <kitty.*>$")
        assert expected in terminal.text


@pytest.mark.parametrize(
    ("graphics", "expected"),
    [
        (Graphics(cell=None), NOTHING),
        (Graphics(cell=(9, 18)), "<kitty=False sixel=0 cell=(9, 18)>"),
        (Graphics(kitty=True, version="kitty(0.35.2)"), "<kitty=True sixel=0 cell=(10, 20)>"),
        (Graphics(kitty=True, version="ghostty 1.1.3"), "<kitty=True sixel=0 cell=(10, 20)>"),
        (Graphics(sixel=True), "<kitty=False sixel=128 cell=(10, 20)>"),
        (Graphics(sixel=True, colours=1024), "<kitty=False sixel=128 cell=(10, 20)>"),
        (Graphics(sixel=True, colours=16), "<kitty=False sixel=16 cell=(10, 20)>"),
        (Graphics(sixel=True, colours=4), "<kitty=False sixel=0 cell=(10, 20)>"),
    ],
)
async def test_a_terminal_is_asked_which_pictures_it_shows(graphics, expected):
    await told(graphics, expected)


@pytest.mark.parametrize("version", ["", "kitty(0.26.5)", "WezTerm 20240203", "Konsole 22.12.3"])
async def test_a_terminal_that_has_no_placeholders_is_taken_for_none_with_kittys_pictures(version):
    await told(Graphics(kitty=True, version=version), "kitty=False")


async def test_the_linux_console_is_asked_nothing():
    graphics = Graphics(kitty=True, sixel=True)
    async with typewriter(graphics, TERM="linux") as terminal:
        terminal.write("g")
        await terminal.wait_for(NOTHING)
        assert not graphics.asked


@pytest.mark.parametrize(
    "env", [{"TERM": "tmux-256color"}, {"TERM": "screen"}, {"STY": "1.a"}, {"TMUX": "/x,1,0"}]
)
async def test_tmux_and_screen_which_take_kittys_question_for_a_title_are_not_asked_it(env):
    await told(Graphics(kitty=True, version="kitty(0.35.2)"), "kitty=False", **env)


async def test_no_answer_comes_as_a_key():
    graphics = Graphics(kitty=True, sixel=True, colours=256, version="kitty(0.35.2)")
    async with typewriter(graphics) as terminal:
        terminal.write("a")
        await terminal.wait_for("ready <a>$")


async def test_what_nobody_asked_for_is_no_answer():
    async with typewriter(Graphics(cell=None)) as terminal:
        terminal.write("\x1b_Gi=31;OK\x1b\\\x1bP>|kitty(0.35.2)\x1b\\\x1b[6;20;10t\x1b[?62;4cg")
        await terminal.wait_for(f"ready {NOTHING}")


async def test_no_answer_reaches_the_shell_after_a_quick_end():
    script = f"{shlex.join(COMMAND)}; read -r line; echo got=$line."
    graphics = Graphics(kitty=True, sixel=True, colours=256, version="kitty(0.35.2)")
    async with await Terminal.start(
        ["bash", "-c", script], env=ENV, protocols=Protocols(graphics=graphics)
    ) as terminal:
        terminal.write("q")
        await terminal.wait_for("left cleanly")
        terminal.submit("mine")
        await terminal.wait_for(r"got=mine\.")


async def test_a_terminal_of_another_size_is_asked_how_large_characters_are_by_now():
    graphics = Graphics(cell=(10, 20))
    async with typewriter(graphics) as terminal:
        terminal.write("g")
        await terminal.wait_for(r"cell=\(10, 20\)")
        asked, graphics.cell = graphics.asked, (12, 24)
        terminal.resize(20, 190)
        await terminal.wait_until(lambda: graphics.asked > asked, "the question")
        # Whatever it answers comes before this key.
        terminal.write("g")
        await terminal.wait_for(r"cell=\(12, 24\)")


@pytest.fixture
def tty():
    master, slave = os.openpty()
    with os.fdopen(slave, "w") as terminal:
        yield terminal
    os.close(master)


def test_what_the_kernel_knows_of_the_size_goes_before_what_was_answered(tty):
    answers = Answers(tty)
    answers.awaited = 1
    said = [Said("cell", (9, 18)), ("device attributes", (62,))]
    _, graphics = answers.taken(said)
    assert graphics.cell == (9, 18)
    fcntl.ioctl(tty, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 80 * 12 + 5, 24 * 25))
    assert answers.graphics().cell == (12, 25)
