"""Bands that move are found, moved on the terminal, and come out right."""

from hypothesis import given, settings
from hypothesis import strategies as st

from primitivus.widgets.terminal.cells import BLANK, Cell
from primitivus.widgets.terminal.scroll import Scroll, find
from primitivus.widgets.terminal.style import PLAIN
from tests.lab.screen import Emulator
from tests.primitivus.widgets.terminal.meaning import (
    ATTRIBUTES,
    WRAP_OFF,
    fill,
    meant,
    painter,
    shown,
    without_tails,
)

COLUMNS = 60


def row(text: str):
    return tuple(Cell(character, PLAIN) for character in text.ljust(COLUMNS))


def rows(*texts: str):
    return [tuple(BLANK if cell == BLANK else cell for cell in row(text)) for text in texts]


LINES = [f"{number}: the {number * 7919 % 1000} quick brown foxes jump" for number in range(40)]


def test_a_band_that_moved_up_is_found():
    old, new = rows("top", *LINES[:10], "foot"), rows("top", *LINES[1:11], "foot")
    assert find(old, new) == Scroll(1, 10, 1)


def test_a_band_that_moved_down_is_found():
    old, new = rows("top", *LINES[3:13], "foot"), rows("top", *LINES[:10], "foot")
    assert find(old, new) == Scroll(1, 10, -3)


def test_nothing_is_scrolled_for_a_few_changed_rows():
    old = rows(*LINES[:12])
    new = [*old[:5], *rows("something else"), *old[6:]]
    assert find(old, new) is None
    assert find(old, old) is None


def test_a_pane_beside_a_full_list_is_scrolled_only_where_that_is_cheaper():
    names = [f"{'x' * 25}{number * 7919 % 1000:04}" for number in range(12)]
    old = rows(*(f"{name} {text[:4]}" for name, text in zip(names, LINES[:12], strict=True)))
    new = rows(*(f"{name} {text[:4]}" for name, text in zip(names, LINES[1:13], strict=True)))
    assert find(old, new) is None


def test_what_a_scroll_leaves_is_known():
    old = rows("a", "b", "c", "d")
    assert Scroll(1, 3, 2).applied(old) == rows("a", "d", "", "")
    assert Scroll(0, 2, -1).applied(old) == rows("", "a", "b", "d")
    assert Scroll(0, 3, 4).applied(old) == rows("", "", "", "")


@settings(max_examples=80)
@given(
    height=st.integers(4, 16),
    starts=st.lists(st.integers(0, 60), min_size=2, max_size=8),
    listed=st.integers(0, 10),
    attributes=st.lists(st.sampled_from(list(ATTRIBUTES)), min_size=40, max_size=40),
    words=st.lists(st.sampled_from(["yes", "日本", "é x", "☃", "no " * 9]), min_size=7, max_size=7),
    wraps=st.booleans(),
)
def test_a_pane_that_is_scrolled_about_shows_what_urwid_meant(
    height, starts, listed, attributes, words, wraps
):
    terminal, ours = Emulator(height, COLUMNS), painter()
    if not wraps:
        terminal.feed(WRAP_OFF)

    def line(y, start):
        number = (start + y) % 97
        name = f"name {y * 31 % 10}" if y < listed else ""
        attribute = attributes[number % 40]
        text = f"{number:>3} {words[number % 7]} {'x' * (number % 50)}"
        return [("bar", name.ljust(10 if listed else 0)), (attribute, text)]

    for turn, start in enumerate(starts):
        # Mostly by a little, as people scroll; now and then anywhere.
        place = starts[0] + start % 5 if turn % 4 else start
        runs = [fill([("chosen", f"top {turn}")], COLUMNS)]
        runs += [fill(line(y, place), COLUMNS) for y in range(height - 2)]
        runs += [fill([(None, "> typed")], COLUMNS)]
        terminal.feed(ours.paint((COLUMNS, height), runs, (7, height - 1)).encode())
        assert without_tails(shown(terminal)) == without_tails(meant(runs, COLUMNS))
        assert (terminal.cursor.x, terminal.cursor.y) == (7, height - 1)
