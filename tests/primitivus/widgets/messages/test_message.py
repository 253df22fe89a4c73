"""The rows of messages."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.api.records import Message
from primitivus.themes.symbols import ASCII, STATES, UTF8
from primitivus.widgets.drawing.cells import row_width
from primitivus.widgets.messages.look import Look
from primitivus.widgets.messages.message import lay_out


def rows(*args, **options):
    return lay_out(*args, **options).rows


LOOK = Look(columns=60, symbols=UTF8, peer_name="bob")
HELLO = Message(
    id=1, order=1, direction="in", sender="bob@b", body="hello", time=1_795_343_760_000_000
)


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")


def text(drawn):
    return ["".join(part for _, part in row).rstrip() for row in drawn]


def test_the_first_message_of_a_day_has_the_day_above():
    day, hello = text(rows(HELLO, None, LOOK))
    assert "Sunday, 22 November 2026" in day
    assert hello == " 10:36  bob  hello"
    next_day = replace(HELLO, id=2, time=HELLO.time + 86_400_000_000)
    assert "Monday" in text(rows(next_day, HELLO, LOOK))[0]


def test_a_time_has_seconds_where_it_is_asked_for_them():
    look = replace(LOOK, time_format="%H:%M:%S")
    for seconds in (0, 7, 59):
        hello = replace(HELLO, time=HELLO.time + seconds * 1_000_000)
        assert text(rows(hello, None, look))[1] == f" 10:36:{seconds:02}  bob  hello"


def test_a_message_stands_on_the_day_it_came_and_says_when_it_claims_to_be_written():
    came = HELLO.time + 20_000_000
    old = replace(HELLO, id=2, time=HELLO.time - 7 * 365 * 86_400_000_000, received=came)
    assert text(rows(old, HELLO, LOOK)) == [
        " 10:36  bob  [written Sunday, 24 November 2019, 10:36]",
        "             hello",
    ]
    after = replace(HELLO, id=3, time=came + 60_000_000)
    assert text(rows(after, old, LOOK)) == [" 10:37  bob  hello"]
    alone = text(rows(old, None, LOOK))
    assert "Sunday, 22 November 2026" in alone[0]
    assert alone[1:] == text(rows(old, HELLO, LOOK))


def test_a_claim_of_the_same_day_is_the_time_at_the_message():
    earlier = replace(HELLO, id=2, time=HELLO.time - 3_600_000_000, received=HELLO.time)
    assert text(rows(earlier, HELLO, LOOK)) == [" 09:36  bob  hello"]


def test_messages_of_one_sender_stand_under_one_name_each_with_a_mark():
    soon = replace(HELLO, id=2, time=HELLO.time + 20_000_000, body="word " * 20)
    assert text(rows(soon, HELLO, LOOK)) == [
        "          ·  word word word word word word word word word",
        "             word word word word word word word word word",
        "             word word",
    ]
    next_minute = replace(soon, time=HELLO.time + 60_000_000, body="hello")
    assert text(rows(next_minute, HELLO, LOOK)) == [" 10:37    ·  hello"]
    later = replace(HELLO, id=2, time=HELLO.time + 3_600_000_000)
    assert text(rows(later, HELLO, LOOK)) == [" 11:36  bob  hello"]
    other = replace(soon, direction="out", sender="me@b", state="sent")
    assert "me" in text(rows(other, HELLO, LOOK))[0]


@pytest.mark.parametrize("columns", [12, 20, 35, 60])
@pytest.mark.parametrize("symbols", [UTF8, ASCII])
def test_the_beginning_of_each_message_is_seen_at_any_width(columns, symbols):
    look = replace(LOOK, columns=columns, symbols=symbols)
    soon = replace(HELLO, id=2, body="word " * 20)
    first, second, *_ = text(rows(soon, HELLO, look))
    assert first.strip().startswith(symbols.next)
    assert symbols.next not in second


def test_the_first_new_message_has_a_line_and_its_name():
    soon = replace(HELLO, id=2, time=HELLO.time + 20_000_000)
    new, hello = text(rows(soon, HELLO, LOOK, is_new=True))
    assert " new " in new
    assert hello == " 10:36  bob  hello"


def test_an_action_is_told_of_its_sender():
    action = replace(HELLO, id=2, body="/me waves")
    assert text(rows(action, HELLO, LOOK)) == [" 10:36  *    bob waves"]
    look = replace(LOOK, own_nick="alice")
    own = replace(action, direction="out", sender="alice@b", state="sent")
    assert text(rows(own, HELLO, look))[0].startswith(" 10:36  *    alice waves ")


@pytest.mark.parametrize("kind", ["system", "invite"])
def test_a_line_that_the_program_wrote_is_told_from_what_its_sender_wrote(kind):
    line = replace(HELLO, id=2, type=kind, body="encrypted with OMEMO")
    (row,) = rows(line, replace(line, id=1), LOOK)
    assert text([row]) == ["          ·  [encrypted with OMEMO]"]
    assert row[-1][0] == "message.info"


@pytest.mark.parametrize("state", ["pending", "sent", "delivered", "displayed", "failed"])
@pytest.mark.parametrize("symbols", [UTF8, ASCII])
def test_the_state_of_what_we_sent_is_at_the_right_edge(state, symbols):
    look = replace(LOOK, symbols=symbols)
    ours = replace(HELLO, id=2, direction="out", state=state, body="word " * 30)
    first = rows(ours, HELLO, look)[0]
    assert row_width(first) == look.columns
    assert first[-2] == (f"state.{state}", getattr(symbols, state))


@pytest.mark.parametrize("symbols", [UTF8, ASCII])
def test_no_two_states_have_one_shape(symbols):
    assert len({symbols.of(state) for state in STATES}) == len(STATES)


def test_no_text_moves_while_its_message_gets_further():
    ours = replace(HELLO, id=2, direction="out", body="a " * 200)
    margin = len(" 10:36  bob  ")
    shown = {
        tuple(row[margin:-5] for row in text(rows(replace(ours, state=state), None, LOOK))[1:-1])
        for state in ("pending", "sent", "delivered", "displayed")
    }
    assert len(shown) == 1


def test_what_was_cut_says_so():
    assert "too long" in text(rows(replace(HELLO, truncated=True), HELLO, LOOK))[-1]


@given(
    st.text(max_size=200),
    st.integers(30, 90),
    st.sampled_from(["in", "out"]),
    st.sampled_from(["pending", "failed", "read"]),
    st.booleans(),
)
def test_no_row_is_ever_too_wide(body, columns, direction, state, timestamps):
    look = replace(LOOK, columns=columns, timestamps=timestamps, short_nicks=not timestamps)
    message = replace(HELLO, body=body, direction=direction, state=state)
    drawn = rows(message, None, look)
    assert all(row_width(row) <= columns for row in drawn)


def test_a_name_in_wide_letters_shows_whole_where_there_is_room():
    (_, hello) = rows(HELLO, None, replace(LOOK, peer_name="日本語"))
    assert "日本語" in text([hello])[0]


def test_in_a_room_each_message_has_the_nick_of_who_said_it():
    room, look = "cave@rooms.b", replace(LOOK, is_room=True, peer_name="cave")
    ann = replace(HELLO, kind="room", peer=room, sender=f"{room}/ann")
    ben = replace(ann, id=2, sender=f"{room}/ben the second of that name", body="and you")
    subject = replace(ann, id=3, sender=room, body="welcome")
    own = replace(ann, id=4, sender=f"{room}/me", direction="out")
    assert text(rows(ann, None, look))[1:] == [" 10:36  ann           hello"]
    assert text(rows(ben, ann, look)) == [" 10:36  ben the sec…  and you"]
    assert text(rows(subject, ben, look)) == [" 10:36  cave          welcome"]
    assert text(rows(own, subject, look)) == [" 10:36  me            hello"]


def test_each_nick_has_a_colour_of_its_own_the_same_in_every_room():
    room, look = "cave@rooms.b", replace(LOOK, is_room=True, nick_style=lambda jid: f"nick {jid}")
    ann = replace(HELLO, kind="room", peer=room, sender=f"{room}/ann")
    styles = [style for row in rows(ann, None, look) for style, _ in row]
    assert "nick ann" in styles
