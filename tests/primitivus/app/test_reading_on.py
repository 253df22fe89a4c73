"""What is unread goes on being read from where one stands, whatever becomes of the pane's size."""

import re

import pytest

from tests.primitivus.fake import BOB

LONG = "and this goes on over a second row where a pane is narrow"


def numbers(pilot):
    """Return the numbers of the messages of which the beginning shows."""
    return [int(each) for each in re.findall(r"number (\d{3})", pilot.screen)]


def blank_rows(pilot):
    """Return how many rows at the lower end of the messages have nothing in them."""
    rows = [row[27:].strip(" │▌") for row in pilot.screen.splitlines()]
    end = next((at for at, row in enumerate(rows) if "new below" in row), len(rows))
    count = 0
    while count < end and not rows[end - 1 - count]:
        count += 1
    return count


@pytest.fixture
async def reading(account, fly):
    """A small screen that shows the first of 90 unread messages, each of several rows."""
    for number in range(90):
        account.message(BOB, f"number {number:03} {LONG}", tell=False)
    account.record(BOB)
    pilot = await fly(columns=100, rows=24, start="unread").start(until="number 000")
    await pilot.see("new below")
    assert "number 000" in below_new(pilot)
    return pilot


def below_new(pilot):
    """Return the row below the "new" line, "" where that doesn't show."""
    rows = pilot.screen.splitlines()
    return next((rows[at + 1] for at, row in enumerate(rows) if "─ new ─" in row), "")


async def test_a_taller_pane_goes_on_below(reading):
    few = numbers(reading)
    reading.resize(100, 60)
    await reading.until(lambda: len(numbers(reading)) > len(few))
    assert "number 000" in below_new(reading)
    assert numbers(reading) == list(range(len(numbers(reading))))
    assert blank_rows(reading) == 0


async def test_so_does_one_that_is_taller_and_wider(reading):
    reading.resize(300, 70)
    await reading.until(lambda: len(numbers(reading)) > 40)
    assert "number 000" in below_new(reading)
    assert blank_rows(reading) == 0


async def test_where_all_fits_all_shows(reading, account):
    reading.resize(300, 100)
    await reading.see("number 089")
    assert "new below" not in reading.screen
    account.message(BOB, "and this")
    await reading.see("and this")


async def test_a_wider_pane_goes_on_below(reading):
    await reading.press("Esc")
    reading.resize(160, 24)
    await reading.until(lambda: len(numbers(reading)) > 8)
    assert "number 000" in below_new(reading)
    await reading.command("side left")
    await reading.lose("Conversations")
    assert "number 000" in below_new(reading)


@pytest.mark.parametrize("split", ["split", "vsplit"])
async def test_so_does_the_pane_that_is_left_of_two(reading, split):
    reading.resize(160, 24)
    await reading.until(lambda: len(numbers(reading)) > 8)
    many = numbers(reading)
    await reading.command(split)
    await reading.until(lambda: numbers(reading) != many)
    await reading.command("only")
    await reading.until(lambda: numbers(reading) == many)
    assert "number 000" in below_new(reading)


async def test_what_a_lower_pane_hid_shows_again(reading):
    shown = reading.screen
    for rows in (16, 24, 12, 24):
        reading.resize(100, rows)
        await reading.until(lambda rows=rows: len(reading.terminal.rows) == rows)
    await reading.until(lambda: reading.screen == shown)


async def test_as_many_lines_are_typed_and_sent_one_stands_where_one_stood(reading):
    await reading.press("PageDown")
    await reading.lose("number 000")
    many = numbers(reading)
    for _ in range(3):
        await reading.type("one line")
        await reading.press("M-Enter", "M-Enter", "M-Enter")
        await reading.until(lambda: len(numbers(reading)) < len(many))
        await reading.press("C-u", "Backspace", "Backspace", "Backspace", "C-u")
        await reading.until(lambda: numbers(reading) == many)


async def test_who_has_scrolled_up_leaves_no_row_blank(account, fly):
    for number in range(30):
        account.message(BOB, f"number {number:03}", tell=False)
    account.record(BOB)
    pilot = await fly(columns=100, rows=16).start(until="number 000")
    await pilot.press("Esc", "G")
    await pilot.see("number 029")
    await pilot.press("g", "g")
    await pilot.lose("number 029")
    pilot.resize(100, 60)
    await pilot.see("number 029")
