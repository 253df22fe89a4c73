"""What a message was reacted to with, as it is drawn below it."""

from dataclasses import replace

import pytest

from backendd.api.records import Message
from primitivus.themes.symbols import ASCII, UTF8
from primitivus.widgets.drawing.cells import row_width
from primitivus.widgets.messages.look import Look
from primitivus.widgets.messages.message import lay_out


def rows(*args, **options):
    return lay_out(*args, **options).rows


LOOK = Look(columns=60, symbols=UTF8, peer_name="bob")
HELLO = Message(
    id=1, order=1, peer="bob@b", direction="in", sender="bob@b", body="hello",
    time=1_795_343_760_000_000,
)  # fmt: skip


def reacted(**reactions):
    own = {emoji: "me@b" for emoji, who in reactions["by"].items() if "me@b" in who}
    return replace(HELLO, more={"reactions": reactions["by"], "reactions_own": own})


def text(drawn):
    return ["".join(part for _, part in row).strip() for row in drawn]


def styles(drawn, word):
    return {style for row in drawn for style, part in row if word in part}


def test_below_a_message_stands_who_reacted_with_what_and_ours_apart():
    drawn = rows(reacted(by={"👍": ["bob@b", "me@b"], "🐢": ["bob@b"]}), None, LOOK)
    assert text(drawn)[-2:] == ["10:36  bob  hello", "👍 2 bob, me  🐢 bob"]
    assert styles(drawn, "👍") == {"reaction.own"}
    assert styles(drawn, "🐢") == {"reaction"}


def test_ours_has_the_sign_of_what_waits_until_it_has_arrived():
    waiting = reacted(by={"👍": ["bob@b", "me@b"], "🐢": ["bob@b"]})
    waiting = replace(waiting, more={**waiting.more, "reactions_pending": ["👍"]})
    assert text(rows(waiting, None, LOOK))[-1] == f"👍 2 bob, me {UTF8.pending}  🐢 bob"


def test_a_message_without_reactions_is_as_it_was():
    assert rows(HELLO, None, LOOK) == rows(reacted(by={}), None, LOOK)


def test_where_nothing_but_ascii_can_be_trusted_emojis_are_named():
    by = {"👍": ["me@b"], "👨‍👩‍👧": ["bob@b"], "🇩🇪": ["bob@b"], "❤": ["bob@b"]}
    drawn = text(rows(reacted(by=by), None, replace(LOOK, symbols=ASCII, columns=90)))
    assert drawn[-1] == ":thumbsup: me  :man: bob  :flag-de: bob  :heart: bob"
    assert drawn[-1].isascii()


@pytest.mark.parametrize("columns", [8, 20, 60])
def test_many_reactions_go_on_below_and_never_past_the_edge(columns):
    by = {chr(0x1F600 + number): ["bob@b"] for number in range(40)}
    drawn = rows(reacted(by=by), None, replace(LOOK, columns=columns))
    assert all(row_width(row) <= columns for row in drawn)
    assert all(emoji in "".join(text(drawn)) for emoji in by)
