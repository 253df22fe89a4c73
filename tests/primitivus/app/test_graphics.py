"""Pictures as terminals with protocols for them show them, in the real program."""

import asyncio
import os
import shlex
import shutil
import signal
import sys

import pytest

from backendd.api.records import Attachment
from primitivus.widgets.terminal.placeholders import PLACEHOLDER, placeholders
from tests.lab.graphics import Graphics
from tests.lab.pictures import BLUE, RED, encoded, two_halves
from tests.lab.protocols import Protocols
from tests.lab.sixels import pixels_of
from tests.lab.terminal import Terminal
from tests.primitivus.fake import BOB

# Of 10 columns and 4 rows, where a character has 10 times 20 pixels.
PNG = encoded(two_halves(100, 80))
KITTY = {"kitty": True, "version": "kitty(0.35.2)"}


def percent(colour):
    return tuple(round(level * 100 / 255) for level in colour)


@pytest.fixture
def brings(account, tmp_path):
    """Call it to have a message bring a picture that is here."""

    def make(content=PNG, name="summit.png"):
        path = tmp_path / name
        path.write_bytes(content)
        id = len(account.transfers) + 1
        file = Attachment(name=name, mime="image/png", url="https://example.org/a", transfer=id)
        message = account.message(BOB, file.url, more={"attachments": [file]})
        known = {"name": name, "size": len(content), "path": str(path), "mime": "image/png"}
        account.transfer(id=id, message_id=message.id, direction="in", state="done", **known)

    return make


@pytest.fixture
async def start(bus, scratch, account):
    """Call it to start the program in a terminal with such pictures."""
    running = []

    async def started(graphics, settings="", **env):
        scratch.config.mkdir(parents=True, exist_ok=True)
        (scratch.config / "primitivus.toml").write_text(f'start = "newest"\n{settings}')
        surroundings = {"DBUS_SESSION_BUS_ADDRESS": bus.address, "COLORTERM": "truecolor"}
        terminal = await Terminal.start(
            (sys.executable, "-m", "primitivus"),
            env={**scratch.env, **surroundings, **env},
            cwd=scratch.root,
            protocols=Protocols(graphics=graphics),
        )
        running.append(terminal)
        await terminal.wait_for("have you seen this")
        return terminal

    yield started
    await asyncio.gather(*(terminal.close() for terminal in running))


@pytest.fixture
async def start_in_tmux(bus, scratch, account, tmp_path):
    """Call it to start the program in a window of tmux with such a configuration."""
    tmux = ("tmux", "-S", str(tmp_path / "tmux"), "-u", "-f", str(tmp_path / "tmux.conf"))
    env = {**scratch.env, "DBUS_SESSION_BUS_ADDRESS": bus.address, "LC_ALL": "C.UTF-8"}
    running = []

    async def started(graphics, configuration, settings=""):
        (tmp_path / "tmux.conf").write_text(configuration)
        scratch.config.mkdir(parents=True, exist_ok=True)
        (scratch.config / "primitivus.toml").write_text(f'start = "newest"\n{settings}')
        terminal = await Terminal.start(
            (*tmux, "new-session", shlex.join((sys.executable, "-m", "primitivus"))),
            env={**env, "COLORTERM": "truecolor"},
            cwd=scratch.root,
            protocols=Protocols(graphics=graphics),
        )
        running.append(terminal)
        await terminal.wait_for("have you seen this")
        return terminal

    yield started
    for terminal in running:
        ended = await asyncio.create_subprocess_exec(*tmux, "kill-server", env=env)
        await ended.wait()
        await terminal.close()


def colours(terminal):
    """Return the colours that are on the screen, but the terminal's own."""
    found = {colour for row in cells(terminal) for cell in row for colour in (cell.fg, cell.bg)}
    return found - {"default"}


def cells(terminal):
    return [
        [terminal.emulator.buffer[y][x] for x in range(terminal.emulator.columns)]
        for y in range(terminal.emulator.lines)
    ]


def held(terminal):
    """Return the placeholders of each row with some, by the number of their picture."""
    rows = []
    for row in cells(terminal):
        found = [cell for cell in row if cell.data.startswith(PLACEHOLDER)]
        if found:
            (number,) = {int(cell.fg, 16) for cell in found}
            rows.append((number, "".join(cell.data for cell in found)))
    return rows


async def see_held(terminal, rows):
    pictures = terminal.protocols.graphics.pictures
    await terminal.wait_until(
        lambda: (
            len(held(terminal)) == rows
            and {number for number, _ in held(terminal)} <= set(pictures)
        ),
        f"{rows} rows of a picture that the terminal holds, not {held(terminal)}",
    )


async def test_kitty_holds_a_picture_and_shows_it_in_place_of_characters(start, brings):
    terminal = await start(Graphics(**KITTY))
    brings()
    await see_held(terminal, 4)
    number = held(terminal)[0][0]
    assert held(terminal) == [(number, placeholders(row, 10)) for row in range(4)]
    pixels = terminal.protocols.graphics.pictures[number]
    assert len(pixels) == 100 * 80 * 4
    assert (pixels[:4], pixels[-4:]) == (bytes((*RED, 255)), bytes((*BLUE, 255)))


async def test_a_picture_is_given_to_kitty_once_wherever_it_is_scrolled(start, brings, account):
    terminal = await start(Graphics(**KITTY))
    brings()
    await see_held(terminal, 4)
    numbers = set(terminal.protocols.graphics.pictures)
    for number in range(3):
        account.message(BOB, f"message {number}")
        await terminal.wait_for(f"message {number}")
    await see_held(terminal, 4)
    assert set(terminal.protocols.graphics.pictures) == numbers


async def test_a_terminal_that_is_left_holds_no_pictures_any_more(start, brings):
    terminal = await start(Graphics(**KITTY))
    brings()
    await see_held(terminal, 4)
    terminal.press("esc")
    terminal.submit(":quit")
    assert await terminal.wait_exit() == 0
    await terminal.wait_until(lambda: not terminal.protocols.graphics.pictures)


async def test_redrawing_gives_the_terminal_a_picture_that_it_has_lost(start, brings):
    terminal = await start(Graphics(**KITTY))
    brings()
    await see_held(terminal, 4)
    terminal.protocols.graphics.pictures.clear()
    terminal.press("C-l")
    await see_held(terminal, 4)


async def test_a_picture_is_given_again_after_another_program_had_the_terminal(start, brings):
    terminal = await start(Graphics(**KITTY))
    brings()
    await see_held(terminal, 4)
    os.kill(terminal.pid, signal.SIGSTOP)
    terminal.emulator.reset()
    terminal.protocols.graphics.pictures.clear()
    os.kill(terminal.pid, signal.SIGCONT)
    await see_held(terminal, 4)


def drawn(terminal):
    """Return of each row with some the columns that a sixel picture is drawn over."""
    rows = []
    for y, row in enumerate(cells(terminal)):
        found = [(x, cell.piece) for x, cell in enumerate(row) if cell.piece]
        if found:
            rows.append((y, found))
    return rows


async def see_drawn(terminal, rows):
    await terminal.wait_until(
        lambda: len(drawn(terminal)) == rows, f"{rows} rows of sixels, not {drawn(terminal)}"
    )


async def test_sixels_are_drawn_a_row_of_characters_each(start, brings):
    terminal = await start(Graphics(sixel=True))
    brings()
    await see_drawn(terminal, 4)
    colours = []
    for _, row in drawn(terminal):
        assert [piece.column for _, piece in row] == list(range(10))
        _, _, sixels = row[0][1].data.partition(b"#")
        colours.append(set(pixels_of(b"#" + sixels).values()))
    assert colours == [{percent(RED)}] * 2 + [{percent(BLUE)}] * 2


def below_its_name(terminal):
    named = [y for y, text in enumerate(terminal.rows) if "summit.png" in text]
    return [y for y, _ in drawn(terminal)] == [named[0] + 1 + row for row in range(4)]


async def test_sixels_move_with_what_they_belong_to(start, brings, account):
    terminal = await start(Graphics(sixel=True))
    brings()
    await see_drawn(terminal, 4)
    terminal.resize(14, 80)
    for number in range(4):
        account.message(BOB, f"message {number}")
        await terminal.wait_for(f"message {number}")
        await terminal.wait_until(lambda: below_its_name(terminal), "the picture below its name")
    account.message(BOB, "and on " * 100)
    await terminal.wait_for("and on")
    await terminal.wait_until(lambda: not drawn(terminal), "no picture")


async def test_a_picture_is_as_large_as_the_terminal_says_its_characters_are(start, brings):
    terminal = await start(Graphics(sixel=True, cell=(5, 40)))
    brings()
    await see_drawn(terminal, 2)
    assert {len(row) for _, row in drawn(terminal)} == {20}


async def test_a_picture_has_another_size_once_characters_have(start, brings):
    graphics = Graphics(sixel=True)
    terminal = await start(graphics)
    brings()
    await see_drawn(terminal, 4)
    graphics.cell = (5, 40)
    terminal.resize(24, 79)
    await see_drawn(terminal, 2)


@pytest.mark.parametrize(
    ("graphics", "settings"),
    [
        (Graphics(kitty=True, version="WezTerm 20240203"), ""),
        (Graphics(sixel=True, cell=None), ""),
        (Graphics(sixel=True, **KITTY), 'pictures = "blocks"\n'),
        (Graphics(), ""),
    ],
)
async def test_where_a_terminal_does_not_say_all_that_is_needed_blocks_are_drawn(
    start, brings, graphics, settings
):
    terminal = await start(graphics, settings)
    brings()
    await terminal.wait_for("▀▀▀")
    assert not held(terminal)
    assert not drawn(terminal)


async def test_a_protocol_that_the_setting_names_is_used_whatever_the_terminal_says(start, brings):
    graphics = Graphics(kitty=True, version="WezTerm 20240203")
    terminal = await start(graphics, 'pictures = "kitty"\n')
    brings()
    await see_held(terminal, 4)


async def test_of_both_protocols_kittys_is_taken(start, brings):
    terminal = await start(Graphics(sixel=True, **KITTY))
    brings()
    await see_held(terminal, 4)
    assert not drawn(terminal)


async def test_a_text_shows_no_picture_of_the_terminals(start, account):
    terminal = await start(Graphics(**KITTY))
    account.message(BOB, f"look: {placeholders(0, 3)} there")
    await terminal.wait_for("look: .* there")
    assert PLACEHOLDER not in terminal.text


THROUGH = 'set -g allow-passthrough on\nset -as terminal-features ",*:RGB"\n'
in_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


@in_tmux
async def test_tmux_lets_pictures_pass_to_a_kitty_outside_where_it_is_told_to(
    start_in_tmux, brings
):
    terminal = await start_in_tmux(Graphics(**KITTY), THROUGH)
    brings()
    await see_held(terminal, 4)
    terminal.press("esc")
    terminal.submit(":quit")
    await terminal.wait_until(lambda: not terminal.protocols.graphics.pictures)


@in_tmux
@pytest.mark.parametrize(
    ("graphics", "configuration"),
    [
        (Graphics(**KITTY), 'set -as terminal-features ",*:RGB"\n'),
        (Graphics(**KITTY), "set -g allow-passthrough on\n"),
        (Graphics(kitty=True, version="WezTerm 20240203"), THROUGH),
        (Graphics(sixel=True), THROUGH),
    ],
)
async def test_where_tmux_lets_none_pass_blocks_are_drawn(
    start_in_tmux, brings, graphics, configuration
):
    terminal = await start_in_tmux(graphics, configuration)
    brings()
    await terminal.wait_for("▀▀▀")
    assert not held(terminal)
    assert not graphics.pictures
    assert not drawn(terminal)


# What is opened, and what of it shows then.
VIEWS = {
    "signs": "Signs",
    "messages": "Messages of the program",
    "help": "This conversation|Keys|help",
    "transfers": "Transfers|summit.png",
    "search seen": "1 message|found|seen",
}


@pytest.mark.parametrize("settings", ['theme = "mono"', 'colours = "mono"'])
@pytest.mark.parametrize("has", [KITTY, {"sixel": True}, {}], ids=["kitty", "sixel", "none"])
async def test_without_colours_nothing_has_any_neither_names_nor_pictures(
    start, brings, has, settings
):
    brings()
    terminal = await start(Graphics(**has), settings)
    await terminal.wait_for("summit.png")
    assert colours(terminal) == set()
    for line, shows in VIEWS.items():
        terminal.press("esc")
        terminal.submit(f":{line}")
        await terminal.wait_gone(f":{line}")
        await terminal.wait_for(shows)
        assert colours(terminal) == set()
        terminal.press("esc")
    assert not terminal.protocols.graphics.pictures
