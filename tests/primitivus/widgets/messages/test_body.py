"""Messages that are very long, or made to be dear."""

from itertools import count

import pytest

from backendd.api.records import Message
from primitivus.model.files.transfers import Transfers
from primitivus.model.messages.chat import Chat
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.place import Place
from primitivus.themes.symbols import UTF8
from primitivus.widgets.drawing.cells import LONGEST_CLUSTER, clusters
from primitivus.widgets.messages.body import CHARACTERS, ROWS
from primitivus.widgets.messages.look import Look
from primitivus.widgets.messages.message import lay_out
from primitivus.widgets.messages.message_list import draw
from primitivus.widgets.messages.message_rows import MessageRows
from tests.lab.hostile import PIECES, body, steps


def rows(*args, **options):
    return lay_out(*args, **options).rows


LOOK = Look(columns=60, symbols=UTF8, timestamps=False, peer_name="bob")
IDS = count(1)
FOLD = "characters more; :more shows more of them"


def message(text, **more):
    number = next(IDS)
    values = {"id": number, "order": number, "direction": "in", "sender": "bob@b", "time": 1}
    return Message(**(values | {"body": text} | more))


def text(drawn):
    return ["".join(part for _, part in row).rstrip() for row in drawn]


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_laying_out_costs_in_proportion_to_the_length(piece):
    once = steps(lambda: rows(message(body(piece, 400)), None, LOOK))
    assert steps(lambda: rows(message(body(piece, 1600)), None, LOOK)) < 4.5 * once


@pytest.mark.parametrize("piece", ["*a ", "日", "\n", "e\u0301", "http://a/) "])
def test_what_a_message_costs_has_an_end(piece):
    most = steps(lambda: rows(message(body(piece, 2 * CHARACTERS)), None, LOOK))
    assert steps(lambda: rows(message(body(piece, 256 * 1024)), None, LOOK)) < 1.1 * most


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_no_row_holds_more_than_its_columns_can_show(piece):
    for row in rows(message(body(piece, 5000)), None, LOOK):
        shown = "".join(part for _, part in row)
        assert len(shown) <= LONGEST_CLUSTER * LOOK.columns
        assert all(len(cluster) <= LONGEST_CLUSTER for cluster, _ in clusters(shown))


def test_a_very_long_message_is_folded_and_says_how_much_is_left():
    lines = [f"line {number}" for number in range(1000)]
    *shown, fold = text(rows(message("\n".join(lines)), None, LOOK))
    assert shown[-1].strip() == f"line {ROWS - 1}"
    left = len("\n".join(lines[ROWS:])) + 1
    assert fold.strip() == f"… {left:,} {FOLD}"


@pytest.mark.parametrize("columns", [16, 30, 44])
def test_what_is_said_below_a_folded_message_is_said_whole(columns):
    look = Look(columns=columns, symbols=UTF8, peer_name="bob")
    drawn = text(rows(message("lorem ipsum " * 20_000), None, look))
    assert FOLD.split() == " ".join(drawn[ROWS:]).split()[-len(FOLD.split()) :]
    assert all(len(row) <= columns for row in drawn)


def test_a_message_of_60_000_characters_shows_whole_on_the_second_asking():
    shown = Shown(message("lorem ipsum " * 5000))
    shown.draw(10)
    assert shown.pane.unfold()
    assert shown.pane.unfold()
    assert not shown.pane.unfold()


def test_a_long_paragraph_is_folded_between_words():
    *shown, fold = text(rows(message("lorem ipsum " * 20_000), None, LOOK))
    assert FOLD in fold
    assert shown[-1].split()[-1] in ("lorem", "ipsum")


def test_what_just_fits_is_not_folded():
    drawn = text(rows(message("\n".join(["a line"] * ROWS)), None, LOOK))
    assert not any(FOLD in row for row in drawn)


class Shown:
    """Messages in a pane that is drawn as on the screen: measured first."""

    def __init__(self, *messages):
        self.pane = ConversationPane(Place("a", "bob@b"), Chat("bob@b"))
        self.pane.window.reset(messages, "end")
        self.rows = MessageRows(self.pane, Transfers(), LOOK, 1)

    def draw(self, height):
        self.rows.use(LOOK, height)
        self.pane.measured(self.rows)
        return draw(self.rows)


def test_a_folded_message_shows_more_where_one_reads_until_all_of_it_shows():
    lines = [f"line {number:03}" for number in range(20 * ROWS)]
    shown = Shown(message("\n".join(lines)), message("after", sender="eve@b"))
    *_, before, fold, after = text(shown.draw(10))
    assert (before.split()[-1], after.split()[-1]) == (f"{ROWS - 1:03}", "after")
    assert FOLD in fold
    assert shown.pane.unfold()
    now = text(shown.draw(10))
    assert [row.strip() for row in now[-3:]] == lines[ROWS - 1 : ROWS + 2]
    seen = []
    while shown.pane.unfold():
        shown.pane.viewport.to_bottom()
        seen.append(text(shown.draw(10)))
    assert [row.split()[-1] for row in seen[-1][-2:]] == [lines[-1].split()[-1], "after"]


def test_the_selected_message_shows_more_and_no_other():
    first, second = (message("\n".join(["a line"] * 300)) for _ in range(2))
    shown = Shown(first, second, message("short"))
    pane = shown.pane
    shown.draw(300)
    pane.selected = first.id
    assert pane.unfold()
    assert (pane.share(first) > 1, pane.share(second)) == (True, 1)
    pane.selected = pane.window.last_id
    assert not pane.unfold()


def test_what_is_only_drawn_again_is_not_laid_out_again():
    shown = Shown(message(body("*a ", 5000)))
    first = steps(lambda: shown.draw(30))
    assert steps(lambda: shown.draw(30)) * 10 < first
