"""The messages in view, wherever one has scrolled to."""

from dataclasses import replace
from itertools import count

import pytest

from backendd.api.records import Message
from primitivus.model.chat import Chat
from primitivus.themes.symbols import UTF8
from primitivus.widgets.look import Look
from primitivus.widgets.message_list import MessageList

LOOK = Look(columns=60, symbols=UTF8, peer_name="bob", timestamps=False)
HEIGHT = 8


@pytest.fixture
def chat():
    """A chat in which bob wrote a paragraph and some lines, and then we answered."""
    ids = count(1)
    chat = Chat("bob@b")
    texts = ["word " * 60, *(f"line {number}" for number in range(20))]
    messages = [Message(id=next(ids), order=1, sender="bob@b", body=text) for text in texts]
    answer = Message(id=next(ids), order=2, sender="me@b", direction="out", body="so " * 200)
    chat.window.reset([*messages, answer], "end")
    return chat


def text(row):
    return "".join(part for _, part in row).rstrip()


def test_the_top_of_the_view_tells_who_wrote_it(chat):
    shown = MessageList()
    seen = []
    for _ in range(40):
        rows = [text(row) for row in shown.draw(chat, LOOK, HEIGHT)]
        seen.append(rows[0])
        shown.scroll(chat, -1)
    names = [row.split()[0] for row in seen]
    first_of_bob = names.index("bob")
    assert set(names[:first_of_bob]) == {"me"}
    assert {name for name in names[first_of_bob:] if not name.startswith("─")} == {"bob", "this"}
    assert any(row.startswith(" bob  line") for row in seen)
    assert any(row.startswith(" bob  word") for row in seen)


def test_a_name_at_the_top_moves_no_text(chat):
    shown = MessageList()
    *_, third, second = (shown.draw(chat, LOOK, height)[0] for height in (30, 6, 5))
    named, plain = text(second), text(shown.draw(chat, LOOK, 6)[1])
    assert named.startswith(" me   so so")
    assert plain == named.replace("me", "  ", 1)
    assert text(third).startswith(" me   so so")


def test_only_the_top_is_named_again(chat):
    rows = [text(row) for row in MessageList().draw(chat, LOOK, HEIGHT)]
    assert sum("me" in row for row in rows) == 1


def test_what_is_read_stays_in_view_when_the_window_becomes_wider():
    chat, shown = Chat("bob@b"), MessageList()
    chat.window.reset([Message(id=1, order=1, sender="bob@b", body="word " * 200)], "end")
    shown.draw(chat, replace(LOOK, columns=20), HEIGHT)
    shown.scroll(chat, -60)
    shown.draw(chat, replace(LOOK, columns=20), HEIGHT)
    rows = [text(row) for row in shown.draw(chat, replace(LOOK, columns=200), HEIGHT)]
    assert any("word" in row for row in rows)
