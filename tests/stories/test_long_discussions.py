"""Somebody reads what thousands have said to a post, at a server that knows no pages."""

import re
from contextlib import suppress

import pytest

from tests.backendd.session.peer import Peer
from tests.features.test_thousands_of_comments import SETTINGS, discuss, post
from tests.lab.prosody import Prosody

COUNT = 2_000


@pytest.fixture
def server(tmp_path):
    with Prosody(tmp_path / "server", settings=SETTINGS) as own:
        yield own


async def test_comments_are_read_on_below_the_first_page_and_messages_go_on(server, user, ready):
    href = discuss(server, COUNT)
    await user(server, "alice")
    bob = await Peer(server, "bob").online()
    await post(bob, href)
    terminal = await ready("alice")
    terminal.submit(f":blog {bob.jid}")
    await terminal.wait_for("post")
    terminal.press("C")
    await terminal.wait_for(f"n{COUNT - 1}")
    await to_the_end(terminal, r"n0\b")
    terminal.submit(f":msg {bob.jid}")
    await terminal.wait_for("INSERT")
    terminal.submit("still here")
    await bob.until(lambda: "still here" in bob.bodies())
    await bob.close()


async def to_the_end(terminal, wanted):
    """Go to the last comment that is there, which has more be read, until one shows."""
    while not re.search(wanted, terminal.text):
        before = terminal.text
        terminal.press("G")
        # What is read below the last one changes nothing that shows.
        with suppress(AssertionError):
            await terminal.wait_until(lambda before=before: terminal.text != before, within=1.0)
