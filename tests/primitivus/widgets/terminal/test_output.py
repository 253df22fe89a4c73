"""Output to a terminal that takes its time, and to one that is gone."""

import asyncio
import os
import tty

import pytest
import urwid

from primitivus.widgets.terminal import Screen
from primitivus.widgets.terminal.output import Output
from tests.lab.screen import Emulator

SIZE = COLUMNS, ROWS = 80, 24


@pytest.fixture
def pty():
    master, slave = os.openpty()
    tty.setraw(slave)
    yield master, slave
    for descriptor in (master, slave):
        try:
            os.close(descriptor)
        except OSError:
            continue


def read(master: int) -> bytes:
    return os.read(master, 65536)


async def test_what_does_not_fit_goes_when_it_can(pty):
    master, slave = pty
    drained = asyncio.Event()
    output = Output(slave, drained.set)
    text = "".join(f"{number}\n" for number in range(50_000))
    output.send(text[:100_000])
    assert output.is_busy
    output.send(text[100_000:])
    got, complete = bytearray(), asyncio.Event()

    def take():
        got.extend(read(master))
        if len(got) >= len(text):
            complete.set()

    asyncio.get_running_loop().add_reader(master, take)
    await drained.wait()
    assert not output.is_busy
    await complete.wait()
    asyncio.get_running_loop().remove_reader(master)
    output.close(patience=0)
    assert got.decode() == text


def test_without_an_event_loop_it_waits():
    read_end, write_end = os.pipe()
    output = Output(write_end, lambda: None)
    output.send("hello")
    output.close(patience=1)
    assert os.read(read_end, 100) == b"hello"
    os.close(read_end)
    os.close(write_end)


def test_the_descriptor_shared_with_the_shell_stays_blocking(pty):
    _, slave = pty
    output = Output(slave, lambda: None)
    assert os.get_blocking(slave)
    output.close(patience=0)


async def test_a_terminal_that_takes_nothing_does_not_hold_up_the_end(pty):
    _, slave = pty
    output = Output(slave, lambda: None)
    output.send("x" * 1_000_000)
    output.close(patience=0.05)


async def test_a_terminal_that_is_gone_takes_everything(pty):
    master, slave = pty
    output = Output(slave, lambda: None)
    os.close(master)
    output.send("x" * 1_000_000)
    assert not output.is_busy
    output.close(patience=1)


def canvas(text: str) -> urwid.Canvas:
    return urwid.Filler(urwid.Text(text)).render(SIZE, focus=True)


async def test_a_slow_terminal_gets_the_newest_screen_not_all_of_them(pty):
    master, slave = pty
    loop = asyncio.get_running_loop()
    with open(slave, closefd=False) as reader, open(slave, "w", closefd=False) as writer:  # noqa: ASYNC230
        screen = Screen(reader, writer)
        screen.start()
        try:
            sent = 0
            while not screen._output.is_busy:
                sent += 1
                screen.draw_screen(SIZE, canvas(f"{sent % 10}" * COLUMNS * ROWS))
            for number in range(1000):
                screen.draw_screen(SIZE, canvas(f"frame {number}"))

            emulator, seen, done = Emulator(ROWS, COLUMNS), [], asyncio.Event()

            def show():
                emulator.feed(read(master))
                seen.append(emulator.display[ROWS // 2 - 1].strip())
                if "frame" in seen[-1]:
                    done.set()

            loop.add_reader(master, show)
            await done.wait()
            assert seen[-1] == "frame 999"
            assert not any(text.startswith("frame") for text in seen[:-1])
            assert "".join(emulator.display).split() == ["frame", "999"]
        finally:
            screen.stop()
            loop.remove_reader(master)
