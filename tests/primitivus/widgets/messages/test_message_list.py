"""The messages in view, wherever one has scrolled to."""

from dataclasses import replace
from itertools import count

import pytest

from backendd.api.records import Message
from primitivus.model.files.transfers import Transfers
from primitivus.model.messages.chat import Chat
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.place import Place
from primitivus.themes.symbols import UTF8
from primitivus.widgets.messages.look import Look
from primitivus.widgets.messages.message_list import draw
from primitivus.widgets.messages.message_rows import MessageRows

LOOK = Look(columns=60, symbols=UTF8, peer_name="bob", timestamps=False)
HEIGHT = 8


@pytest.fixture
def pane():
    """A conversation in which bob wrote a paragraph and some lines, and then we answered."""
    ids = count(1)
    pane = ConversationPane(Place("a", "bob@b"), Chat("bob@b"))
    texts = ["word " * 60, *(f"line {number}" for number in range(20))]
    messages = [Message(id=next(ids), order=1, sender="bob@b", body=text) for text in texts]
    answer = Message(id=next(ids), order=2, sender="me@b", direction="out", body="so " * 200)
    pane.window.reset([*messages, answer], "end")
    return pane


def text(row):
    return "".join(part for _, part in row).rstrip()


def drawn(pane, look=LOOK, height=HEIGHT):
    """Return the rows of a pane, as the screen draws them: measured first."""
    rows = MessageRows(pane, Transfers(), look, height)
    pane.measured(rows)
    return draw(rows)


def test_the_top_of_the_view_tells_who_wrote_it(pane):
    seen = []
    for _ in range(40):
        rows = [text(row) for row in drawn(pane)]
        seen.append(rows[0])
        pane.scroll(-1)
    names = [row.split()[0] for row in seen]
    first_of_bob = names.index("bob")
    assert set(names[:first_of_bob]) == {"me"}
    assert {name for name in names[first_of_bob:] if not name.startswith("─")} == {"bob", "this"}
    assert any(row.startswith(" bob  line") for row in seen)
    assert any(row.startswith(" bob  word") for row in seen)


def test_a_name_at_the_top_moves_no_text(pane):
    *_, third, second = (drawn(pane, height=height)[0] for height in (30, 6, 5))
    named, plain = text(second), text(drawn(pane, height=6)[1])
    assert named.startswith(" me   so so")
    assert plain == named.replace("me", "  ", 1)
    assert text(third).startswith(" me   so so")


def test_only_the_top_is_named_again(pane):
    rows = [text(row) for row in drawn(pane)]
    assert sum("me" in row for row in rows) == 1


def test_what_is_read_stays_in_view_when_the_window_becomes_wider():
    pane = ConversationPane(Place("a", "bob@b"), Chat("bob@b"))
    pane.window.reset([Message(id=1, order=1, sender="bob@b", body="word " * 200)], "end")
    drawn(pane, replace(LOOK, columns=20))
    pane.scroll(-60)
    drawn(pane, replace(LOOK, columns=20))
    rows = [text(row) for row in drawn(pane, replace(LOOK, columns=200))]
    assert any("word" in row for row in rows)


def test_drawing_changes_nothing(pane):
    rows = MessageRows(pane, Transfers(), LOOK, HEIGHT)
    pane.measured(rows)
    pane.scroll(-3)
    before = vars(pane).copy(), vars(pane.viewport).copy()
    assert draw(rows) == draw(rows)
    assert (vars(pane), vars(pane.viewport)) == before


@pytest.mark.parametrize("height", [1, 2, 5, HEIGHT])
@pytest.mark.parametrize("by", [-1, 1, -7, 7])
def test_the_selected_message_is_in_view_wherever_one_moves(pane, height, by):
    drawn(pane, height=height)
    pane.selected = 1 if by > 0 else pane.window.last_id
    for _ in range(25):
        pane.step(by)
        drawn(pane, height=height)
        selected = pane.window.index(pane.selected)
        assert selected in pane.viewport.in_view()
        if pane.viewport.rows(selected) <= height:
            assert selected != pane.viewport.bottom()[0] or not pane.viewport.bottom()[1]


def test_of_a_selected_message_that_is_higher_than_the_view_the_text_begins_it(pane):
    narrow = replace(LOOK, columns=12)
    drawn(pane, look=narrow, height=2)
    pane.selected = 2
    pane.step(-1)
    assert [text(row) for row in drawn(pane, look=narrow, height=2)] == ["word word", "word word"]


def test_one_looks_around_while_a_message_is_selected(pane):
    drawn(pane)
    pane.selected = pane.window.last_id
    pane.step(-1)
    drawn(pane)
    pane.scroll(-30)
    rows = drawn(pane)
    assert pane.window.index(pane.selected) not in pane.viewport.in_view()
    assert drawn(pane) == rows


def test_reactions_at_the_top_of_the_view_are_not_said_to_be_of_who_wrote_the_message(pane):
    first = pane.window[0]
    reacted = replace(pane.window[1], peer="bob@b", more={"reactions": {"👍": ["bob@b"]}})
    answers = [replace(pane.window[index], order=3) for index in range(2, 9)]
    pane.window.reset([first, reacted, *answers], "end")
    assert text(drawn(pane)[0]).strip() == "👍 bob"


def test_what_a_page_up_brings_into_view_is_what_is_laid_out_ahead(pane):
    rows = MessageRows(pane, Transfers(), LOOK, HEIGHT)
    pane.measured(rows)
    for _ in range(40):
        pane.scroll(-1)
        viewport, seen = pane.viewport, pane.viewport.position
        ahead, before = set(viewport.above()), set(viewport.in_view())
        pane.scroll(-viewport.page)
        assert set(viewport.in_view()) - before <= ahead
        viewport.return_to(seen)


def test_looking_ahead_changes_nothing_that_is_seen(pane):
    rows = MessageRows(pane, Transfers(), LOOK, HEIGHT)
    pane.measured(rows)
    pane.scroll(-5)
    before = draw(rows)
    rows.look_ahead()
    assert draw(rows) == before
    assert list(pane.viewport.above())


def test_nothing_lies_ahead_of_the_oldest_message_and_of_what_was_never_drawn(pane):
    assert not list(pane.viewport.above())
    pane.measured(MessageRows(pane, Transfers(), LOOK, HEIGHT))
    pane.scroll(-1000)
    assert not list(pane.viewport.above())
