"""How many bytes everyday changes cost, on a window as the application lays it out."""

import pytest
import urwid

from primitivus.widgets.terminal.painter import Painter
from primitivus.widgets.terminal.style import from_attributes

SIZE = COLUMNS, ROWS = 120, 35
PALETTE = {
    None: urwid.AttrSpec("default", "default"),
    "time": urwid.AttrSpec("dark gray", "default"),
    "me": urwid.AttrSpec("dark cyan", "default"),
    "bob": urwid.AttrSpec("#d75", "default", 256),
    "bar": urwid.AttrSpec("white", "dark blue"),
    "line": urwid.AttrSpec("dark gray", "default"),
    "chosen": urwid.AttrSpec("default,standout", "default"),
}
TEXTS = [
    "have you seen this? it is on the front page of every paper",
    "yes",
    "no way, really",
    "the train leaves at ten, we should be there a quarter of an hour before",
    "ok, see you there",
]
NAMES = ["alice", "bartholomew", "charlotte", "dora", "eugene"]
NAMES += ["felicity", "george", "henrietta", "isaac", "juliet"]


def style_of(name):
    return from_attributes(PALETTE[name], bright_is_bold=False, bright_is_blink=False)


def message(number: int) -> urwid.Text:
    who = ["bob", "me"][number % 2]
    time = f"{10 + number // 60:02}:{number % 60:02}  "
    return urwid.Text([("time", time), (who, f"{who:<6}"), TEXTS[number % len(TEXTS)]])


def window(messages: int, *, names: int = 0, typed: str = "") -> urwid.Widget:
    walker = urwid.SimpleListWalker([message(number) for number in range(messages)])
    pane = urwid.ListBox(walker)
    pane.set_focus(messages - 1)
    body: urwid.Widget = pane
    if names:
        roster = [urwid.Text(f"{'* '[n % 2]} {name}") for n, name in enumerate(NAMES[:names])]
        listed = urwid.ListBox([urwid.AttrMap(roster[0], "chosen"), *roster[1:]])
        line = urwid.AttrMap(urwid.SolidFill("│"), "line")
        body = urwid.Columns([(16, listed), (1, line), pane], focus_column=2)
    bar = urwid.AttrMap(urwid.Text(" alice* work   bob@example.org   online"), "bar")
    status = urwid.AttrMap(urwid.Text(" INSERT  alice  | F1 help"), "bar")
    foot = urwid.Pile([status, urwid.Edit("> ", typed)])
    return urwid.Frame(body, bar, foot, focus_part="footer")


class Tty:
    """Counts what a window costs after the one before."""

    def __init__(self) -> None:
        self.painter = Painter(style_of, erases_background=True)

    def bytes_for(self, widget: urwid.Widget) -> int:
        return len(self.frame(widget).encode())

    def frame(self, widget: urwid.Widget) -> str:
        canvas = widget.render(SIZE, focus=True)
        return self.painter.paint(SIZE, canvas.content(), canvas.cursor)


@pytest.mark.parametrize(("names", "bar"), [(0, 142), (10, 350)])
def test_one_message_scrolled_into_a_full_window(names, bar):
    tty = Tty()
    tty.frame(window(60, names=names))
    for messages in range(61, 71):
        assert tty.bytes_for(window(messages, names=names)) < bar


@pytest.mark.parametrize("names", [0, 10])
def test_a_typed_key_is_one_byte(names):
    tty = Tty()
    tty.frame(window(60, names=names))
    for typed in ("h", "he", "hel", "hell", "hello", "hello ", "hello w"):
        assert tty.frame(window(60, names=names, typed=typed)) == typed[-1]


def test_a_key_taken_back_is_few_bytes():
    tty = Tty()
    tty.frame(window(60, typed="hello"))
    assert tty.bytes_for(window(60, typed="hell")) < 10


@pytest.mark.parametrize("names", [0, 10])
def test_an_unchanged_window_costs_nothing(names):
    tty = Tty()
    tty.frame(window(60, names=names))
    assert tty.frame(window(60, names=names)) == ""


def test_scrolling_back_costs_as_little_as_on():
    tty = Tty()
    tty.frame(window(70))
    for messages in range(69, 60, -1):
        assert tty.bytes_for(window(messages)) < 142


def test_a_scroll_that_would_cost_more_is_not_used():
    tty = Tty()
    rows = [f"{number:02} " + "x" * 100 for number in range(ROWS)]

    def frame(changed):
        lines = [urwid.Text(changed.get(y, row), wrap="clip") for y, row in enumerate(rows)]
        return tty.frame(urwid.Filler(urwid.Pile(lines)))

    frame({})
    # Three rows that look like others: a region would move all the rest.
    assert "r" not in frame({5: "06", 6: "07", 7: "08"})
