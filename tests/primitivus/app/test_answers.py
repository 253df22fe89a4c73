"""What a terminal says by itself, in the real program."""

import sys

import pytest

from tests.lab.terminal import Terminal
from tests.primitivus.fake import BOB


@pytest.fixture
async def terminal(bus, scratch, account):
    env = {**scratch.env, "DBUS_SESSION_BUS_ADDRESS": bus.address, "TZ": "UTC"}
    async with await Terminal.start(
        (sys.executable, "-m", "primitivus"), env=env, cwd=scratch.root, rows=24, columns=90
    ) as running:
        await running.wait_for("have you seen this")
        yield running


@pytest.mark.parametrize(
    "said",
    [
        "\x1b]11;rgb:0000/0000/0000\x1b\\",
        "\x1b]10;rgb:ffff/ffff/ffff\x07",
        "\x1bP>|XTerm(379)\x1b\\",
        "\x1bP1+r544e=787465726d\x1b\\",
        "\x1b_Gi=31;OK\x1b\\",
        "\x1b[?62;22c",
        "\x1b[>41;379;0c",
        "\x1b[24;80R",
        "\x1b[?2026;2$y",
        "\x1b[8;24;90t",
    ],
)
async def test_an_answer_of_the_terminal_changes_neither_mode_nor_text(terminal, said):
    terminal.write("typed ")
    terminal.write(said)
    terminal.write("on")
    await terminal.wait_for("^ > typed on$")
    assert "INSERT" in terminal.text


async def test_a_paste_whose_end_is_lost_says_so_and_how_to_end_it(terminal):
    terminal.write("\x1b[200~:quit\r")
    await terminal.wait_for("a paste has begun and its end is missing: Esc Esc ends it")
    terminal.write("typed\x1b\x1b")
    await terminal.wait_for("typed$")
    await terminal.wait_gone("its end is missing")
    assert " > :quit" in terminal.text
    assert "INSERT" in terminal.text


async def test_a_line_begins_with_alt_enter_and_ctrl_j_in_any_terminal(terminal, account):
    terminal.write("one\x1b\rtwo\nthree")
    await terminal.wait_for("^   three$")
    terminal.write("\r")
    await account.called("Send", BOB, "one\ntwo\nthree")
