"""The theme goes by the terminal's background, in the real program."""

import sys

import pytest

from tests.lab.protocols import Protocols
from tests.lab.terminal import Terminal

WHITE = "rgb:ffff/ffff/ffff"


@pytest.fixture
async def bar(bus, scratch, account):
    """Call it to start the program in a terminal; it waits for the background of the bar."""
    running = []

    async def start(wanted, background="", **more):
        env = {**scratch.env, "DBUS_SESSION_BUS_ADDRESS": bus.address, "COLORTERM": "truecolor"}
        terminal = await Terminal.start(
            (sys.executable, "-m", "primitivus"),
            env=env | more,
            cwd=scratch.root,
            protocols=Protocols(background=background),
        )
        running.append(terminal)
        await terminal.wait_for("have you seen this")
        await terminal.wait_until(
            lambda: terminal.emulator.buffer[0][0].bg == wanted, f"a bar of {wanted}"
        )

    yield start
    for terminal in running:
        await terminal.close()


LIGHT, DARK = "d5dde8", "263850"


async def test_a_terminal_that_says_its_background_is_light_gets_the_light_theme(bar):
    await bar(LIGHT, WHITE)
    await bar(DARK, "rgb:1c1c/1c1c/1c1c", COLORFGBG="0;15")


async def test_one_that_says_nothing_gets_what_colorfgbg_says_else_the_default_theme(bar):
    await bar(LIGHT, COLORFGBG="0;15")
    await bar(DARK)


async def test_a_theme_that_was_chosen_stays(bar, scratch):
    scratch.config.mkdir(parents=True)
    (scratch.config / "primitivus.toml").write_text('theme = "default"\n')
    await bar(DARK, WHITE)
