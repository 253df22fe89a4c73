"""Somebody looks for what was said a year ago, on a machine that has none of it yet."""

from base64 import b64decode
from datetime import UTC, datetime, timedelta

import pytest

from tests.lab.prosody import Prosody
from tests.lab.prosody_archive import Said

BEGIN = datetime(2025, 11, 1, 9, tzinfo=UTC)
APART = timedelta(hours=12)
COUNT = 600
SENTENCE = "the key lies under the third flower pot"
SAID_AT = 10
"""Of all that was said, which one it is: on 2025-11-06, further back than any first page goes."""

READS_ON = r"n\s+reads\s+the\s+server's\s+archive\s+back\s+for\s+it"


def said_at(number):
    return f"{BEGIN + number * APART:%Y-%m-%d}"


@pytest.fixture
def server(tmp_path):
    """A server whose archive has all that alice and bob said since they know each other."""
    own = Prosody(tmp_path / "server")
    fill(own)
    with own:
        yield own


def fill(server):
    pair = [server.jid("bob"), server.jid("alice")]
    said = [
        Said(
            *(pair if number % 2 == 0 else pair[::-1]),
            SENTENCE if number == SAID_AT else f"letter number {number}",
            BEGIN + number * APART,
        )
        for number in range(COUNT)
    ]
    for name in ("alice", "bob"):
        server.remember(name, said)


@pytest.fixture
async def terminal(server, user, ready):
    """A terminal in the chat with bob, of which the newest page is here."""
    await user(server, "alice")
    terminal = await ready("alice")
    terminal.submit(f":chat {server.jid('bob')}")
    await terminal.wait_for(f"letter number {COUNT - 1}")
    terminal.press("esc")
    return terminal


async def test_a_sentence_of_last_year_is_gone_to_by_its_day_and_answered(
    server, terminal, meet, user
):
    bob = await meet(server, "bob")
    terminal.submit(f':search "{SENTENCE}"')
    await terminal.wait_for("nothing|no message|not found")
    terminal.submit(f":date {said_at(SAID_AT)}")
    await terminal.wait_for(f"^.*bob.*{SENTENCE}")
    assert f"letter number {SAID_AT + 1}" in terminal.text
    terminal.press("y")
    await terminal.wait_for("sent to the terminal, for its clipboard")
    assert b64decode(terminal.protocols.copied[-1]).decode() == SENTENCE
    terminal.press("r")
    await terminal.wait_for(f"reply to bob: {SENTENCE}")
    terminal.submit("it is still there")
    await bob.wait_for(f"> {SENTENCE}\nit is still there")
    await terminal.wait_for("it is still there")
    terminal.press("esc")
    terminal.submit(f':search "{SENTENCE}"')
    await terminal.wait_for("Search: ")
    terminal.press("enter")
    await terminal.wait_for(f"^.*▸.*{SENTENCE}")
    terminal.submit(":back")
    await terminal.wait_for("Search: ")
    terminal.submit(":back")
    await terminal.wait_for("it is still there")


async def test_scrolling_back_brings_all_of_it_to_the_first_word(terminal):
    terminal.press("esc")
    while "this is where it began" not in terminal.text:
        # Above what is held nothing moves until the next page is here: then it is pressed again.
        terminal.press("page up", ":")
        await terminal.wait_for("COMMAND")
        terminal.press("esc")
        await terminal.wait_for("NORMAL")
    await terminal.wait_for("letter number 0$|letter number 0 ")
    assert SENTENCE in terminal.text


async def test_of_a_day_before_the_first_word_it_is_told_which_is_the_next(terminal):
    terminal.submit(":date 2024-12-31")
    await terminal.wait_for(f"nothing here is from 2024-12-31: .* from {said_at(0)}")


async def test_words_that_only_the_archive_has_are_found_by_reading_it_back(terminal):
    terminal.submit(":find flower pot")
    await terminal.wait_for(READS_ON)
    terminal.press("n")
    await terminal.wait_for("flower pot: 1 of 1")
    await terminal.wait_for(f"^.*▸.*{SENTENCE}")
    assert f"letter number {SAID_AT + 1}" in terminal.text
    terminal.press("n")
    await terminal.wait_for("flower pot: 1 of 1, on from the newest")
    terminal.submit(f":search flower before:{said_at(SAID_AT + 2)}")
    await terminal.wait_for("1 found")
    terminal.press("enter")
    await terminal.wait_for(f"^.*▸.*{SENTENCE}")


async def test_reading_the_archive_back_for_words_is_ended_by_a_key(terminal):
    terminal.submit(":find no such words")
    await terminal.wait_for(READS_ON)
    terminal.press("n")
    await terminal.wait_for("Esc ends it|no message here contains")
    terminal.press("esc")
    await terminal.wait_for("was ended; what it has brought so far is here|no message here")
    terminal.press("n")
    await terminal.wait_for("no message here contains")
