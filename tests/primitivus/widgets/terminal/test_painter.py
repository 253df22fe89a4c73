"""Property: whatever changes, the terminal shows what urwid meant."""

from hypothesis import given, settings
from hypothesis import strategies as st

from primitivus.widgets.terminal.painter import Painter
from primitivus.widgets.terminal.style import Style
from tests.lab.screen import Emulator
from tests.primitivus.widgets.terminal.meaning import (
    ATTRIBUTES,
    WRAP_OFF,
    fill,
    meant,
    painter,
    shown,
    style_of,
    without_tails,
)

words = st.sampled_from(
    [
        *["hello", "a", "the quick brown fox jumps over it", "10:41 ", "│", "──────", "é", "☃"],
        *[
            " ",
            "   ",
            " " * 30,
            "日本語",
            "한",
            "e\u0301x",
            "\x1b[31m",
            "\x07\x9b",
            "ﬁ",
            "→",
        ],
    ]
)
pieces = st.tuples(st.sampled_from(list(ATTRIBUTES)), words)
lines = st.lists(pieces, max_size=6)


@st.composite
def changes(draw, columns, rows):
    """A step from one screen to the next, as terminals see them."""
    kind = draw(st.sampled_from(["line", "line", "scroll", "pane", "all", "none", "forget"]))
    top = draw(st.integers(0, rows - 1))
    bottom = draw(st.integers(top, rows - 1))
    distance = draw(st.integers(-3, 3))
    return kind, top, bottom, distance, draw(st.lists(lines, min_size=rows, max_size=rows))


@st.composite
def stories(draw):
    columns, rows = draw(st.integers(1, 40)), draw(st.integers(1, 12))
    first = draw(st.lists(lines, min_size=rows, max_size=rows))
    return columns, rows, first, draw(st.lists(changes(columns, rows), max_size=6))


def changed(screen, change):
    kind, top, bottom, distance, fresh = change
    if kind == "line":
        return [*screen[:top], fresh[top], *screen[top + 1 :]]
    if kind == "all":
        return fresh
    if kind in ("scroll", "pane"):
        band = screen[top : bottom + 1]
        for _ in range(abs(distance)):
            band = [*band[1:], fresh[0]] if distance > 0 else [fresh[0], *band[:-1]]
        if kind == "pane":
            # The first piece of each row is a list beside the pane, which stays.
            stays = screen[top : bottom + 1]
            band = [[*old[:1], *new[1:]] for old, new in zip(stays, band, strict=True)]
        return [*screen[:top], *band, *screen[bottom + 1 :]]
    return screen


def _without_marks(line):
    """pyte wraps before a combining mark when it would wrap before a character."""
    return [(attribute, text.replace("\u0301", "")) for attribute, text in line]


@settings(max_examples=150)
@given(
    story=stories(),
    wraps=st.booleans(),
    line_feed_returns=st.booleans(),
    erases_background=st.booleans(),
    cursors=st.lists(st.none() | st.tuples(st.integers(0, 39), st.integers(0, 11)), min_size=7),
)
def test_the_terminal_shows_what_urwid_meant(
    story, wraps, line_feed_returns, erases_background, cursors
):
    columns, rows, screen, steps = story
    terminal = Emulator(rows, columns)
    if not wraps:
        terminal.feed(WRAP_OFF)
    ours = painter(erases_background=erases_background)
    for step, cursor in zip([None, *steps], cursors, strict=False):
        if step is not None:
            screen = changed(screen, step)
            if step[0] == "forget":
                terminal.feed(b"\x1b[31;44mrubbish")
                ours.forget()
        place = cursor and (min(cursor[0], columns - 1), min(cursor[1], rows - 1))
        runs = [fill(_without_marks(line) if wraps else line, columns) for line in screen]
        frame = ours.paint((columns, rows), runs, place).encode()
        # A tty with ONLCR, as all have, sends CR LF for a line feed.
        terminal.feed(frame.replace(b"\n", b"\r\n") if line_feed_returns else frame)

        assert without_tails(shown(terminal)) == without_tails(meant(runs, columns))
        assert terminal.cursor.hidden == (place is None)
        if place is not None:
            assert (terminal.cursor.x, terminal.cursor.y) == place
        assert terminal.margins is None


def test_nothing_changed_sends_nothing():
    ours = painter()
    runs = [fill([("bar", "hello")], 20)] * 4
    ours.paint((20, 4), runs, (1, 1))
    assert ours.paint((20, 4), [list(row) for row in runs], (1, 1)) == ""


def test_another_size_draws_everything():
    terminal, ours = Emulator(4, 10), painter()
    runs = [fill([("bar", "hello")], 10)] * 4
    terminal.feed(ours.paint((10, 4), runs, None).encode())
    terminal.resize(2, 20)
    runs = [fill([(None, "hello again")], 20)] * 2
    terminal.feed(ours.paint((20, 2), runs, None).encode())
    assert without_tails(shown(terminal)) == without_tails(meant(runs, 20))


def test_attributes_with_a_new_meaning_are_drawn_anew():
    meaning = {"a": "red"}
    ours = Painter(lambda name: style_of(meaning.get(name)), erases_background=True)
    runs = [fill([("a", "hello")], 10)]
    ours.paint((10, 1), runs, None)
    meaning["a"] = "bold"
    assert ours.paint((10, 1), runs, None) == ""
    ours.restyle()
    assert "hello" in ours.paint((10, 1), runs, None)


def test_control_characters_never_reach_the_terminal():
    controls = "".join(map(chr, [*range(32), *range(0x7F, 0xA0), 0x202E, 0x2028]))
    frame = painter().paint((10, 1), [[(None, None, f"a{controls}b".encode())]], None)
    drawn = frame.split("\x1b[J")[1]
    assert drawn.startswith("ab")
    assert not set(drawn[:10]) & set(controls) - {"\x1b"}


def test_a_row_of_the_wrong_width_is_fitted():
    terminal = Emulator(2, 6)
    rows = [[(None, None, b"short")], [(None, None, "much too l日".encode())]]
    terminal.feed(painter().paint((6, 2), rows, None).encode())
    assert [row.rstrip() for row in terminal.display] == ["short", "much t"]


def test_a_link_is_closed_at_the_end_of_a_frame():
    link = "\x1b]8;;https://example.org/\x1b\\"
    ours = Painter(lambda name: Style(link=link if name else ""), erases_background=True)
    frame = ours.paint((10, 1), [fill([("link", "here")], 10)], (0, 0))
    assert f"{link}here\x1b]8;;\x1b\\" in frame
