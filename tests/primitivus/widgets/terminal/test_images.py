"""Pictures that the terminal holds: given once, bit by bit, and taken back."""

import asyncio
import os
import zlib

import pytest

from primitivus.widgets.terminal import Screen
from primitivus.widgets.terminal.images import Held, Image
from primitivus.widgets.terminal.painter import Painter
from primitivus.widgets.terminal.placeholders import MOST, PLACEHOLDER, placeholders
from primitivus.widgets.terminal.style import PLAIN
from primitivus.widgets.terminal.widths import clusters, reach, width
from tests.lab.graphics import Graphics
from tests.lab.protocols import Protocols
from tests.lab.screen import Emulator


def image(columns=40, rows=10):
    pixels = bytes(range(256)) * (columns * rows * 200 * 4 // 256)
    # As a photograph, which gets little smaller.
    data = zlib.compress(pixels, 0)
    return Image(data, (columns * 10, rows * 20), columns, rows), pixels


@pytest.fixture
def terminal():
    return Emulator(5, 20, Protocols(graphics=Graphics(kitty=True)))


def everything(held, terminal):
    """Send all that is due; return in how many parts that was."""
    parts = 0
    while due := held.next():
        parts += 1
        assert len(due) < 2 * 4096
        terminal.feed(due.encode())
    return parts


def test_a_picture_is_given_once_in_small_parts(terminal):
    held, (shown, pixels) = Held(), image()
    held.show({shown})
    assert everything(held, terminal) > 10
    assert terminal.protocols.graphics.pictures == {shown.number: pixels}
    held.show({shown})
    assert not held.next()


def test_one_that_is_gone_before_its_turn_is_not_given(terminal):
    held, (one, _), (other, _) = Held(), image(), image()
    held.show({one})
    terminal.feed(held.next().encode())
    held.show({one, other})
    held.show({one})
    everything(held, terminal)
    assert set(terminal.protocols.graphics.pictures) == {one.number}


def test_one_that_is_on_its_way_comes_whole_before_another(terminal):
    held, (one, pixels), (other, _) = Held(), image(), image()
    held.show({one})
    terminal.feed(held.next().encode())
    held.show({other})
    everything(held, terminal)
    assert set(terminal.protocols.graphics.pictures) == {one.number, other.number}
    assert terminal.protocols.graphics.pictures[one.number] == pixels


def test_of_too_many_those_are_taken_back_that_were_shown_longest_ago(terminal):
    images = [image()[0] for _ in range(5)]
    held = Held(most=3 * images[0].size)
    for each in (*images[:3], images[0], *images[3:]):
        held.show({each})
        everything(held, terminal)
    assert terminal.protocols.graphics.freed == [images[1].number, images[2].number]


def test_what_is_on_the_screen_is_never_taken_back(terminal):
    images = {image()[0] for _ in range(5)}
    held = Held(most=1)
    held.show(images)
    everything(held, terminal)
    assert set(terminal.protocols.graphics.pictures) == {each.number for each in images}


@pytest.mark.parametrize("is_cut", [True, False])
def test_in_the_end_the_terminal_holds_none_also_of_what_is_on_its_way(terminal, is_cut):
    held, (one, _), (other, _) = Held(), image(), image()
    held.show({one})
    everything(held, terminal)
    held.show({other})
    if is_cut:
        terminal.feed(held.next().encode())
    terminal.feed(held.end().encode())
    assert not terminal.protocols.graphics.pictures
    # The next command is one again.
    terminal.feed(b"\x1b_Ga=T,i=7,f=32,o=z,m=0;eJwDAAAAAAE=\x1b\\")
    assert set(terminal.protocols.graphics.pictures) == {7}


def test_rows_and_columns_of_placeholders_are_all_different_and_a_column_each():
    cells = [cell for row in range(MOST) for cell in clusters(placeholders(row, MOST))]
    assert len(set(cells)) == MOST * MOST
    assert {cell[0] for cell in cells} == {PLACEHOLDER}
    assert {(width(cell), reach(cell, 1)) for cell in cells[:: MOST + 1]} == {(1, 0)}


def test_placeholders_are_drawn_in_the_colour_that_is_the_number_of_their_picture(terminal):
    shown, _ = image(4, 2)
    ours = Painter(lambda attribute: shown.style if attribute else PLAIN, erases_background=True)
    rows = [
        [(shown, None, placeholders(row, 4).encode()), (None, None, b" " * 16)] for row in (0, 1)
    ]
    rows += [[(None, None, b" " * 20)]] * 3
    terminal.feed(ours.paint((20, 5), rows, None).encode())
    assert ours.images() == {shown}
    for y in (0, 1):
        row = [terminal.buffer[y][x] for x in range(4)]
        assert "".join(cell.data for cell in row) == placeholders(y, 4)
        assert {int(cell.fg, 16) for cell in row} == {shown.number}


class Shown:
    """A canvas of one row: a text, and a picture behind it."""

    cursor = None

    def __init__(self, text, picture):
        self._row = [(None, None, text.encode()), (picture, None, placeholders(0, 4).encode())]

    def rows(self):
        return 1

    def content(self):
        return [self._row]


async def test_what_is_typed_is_shown_before_the_rest_of_a_picture_that_is_on_its_way():
    master, slave = os.openpty()
    with os.fdopen(slave, "w") as output, os.fdopen(os.dup(slave)) as input:
        screen = Screen(input, output)
        screen.start()
        shown, pixels = image()
        screen.draw_screen((9, 1), Shown("hello", shown))
        screen.draw_screen((9, 1), Shown("world", shown))
        reader = asyncio.StreamReader(limit=1 << 24)
        loop = asyncio.get_running_loop()
        transport, _ = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(master, "rb", buffering=0)
        )
        before = await reader.readuntil(b"world")
        assert len(before) < len(pixels) / 4
        await reader.readuntil(b"m=0;")
        screen.stop()
        transport.close()
