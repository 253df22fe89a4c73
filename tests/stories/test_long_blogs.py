"""Somebody reads a blog of 300 posts down to the first one, and again without a connection."""

import pytest

from tests.backendd.session.peer import Peer
from tests.features.test_blogs import open_blog, write

COUNT = 300


async def to_the_first(terminal):
    """Go down until the first post is there."""
    while "post 000" not in terminal.text:
        before = terminal.text
        terminal.press("G")
        await terminal.wait_until(lambda before=before: terminal.text != before, "more to appear")


@pytest.mark.every_server
async def test_all_of_a_long_blog_is_read_page_by_page_and_stays(server, user, tui):
    alice = await user(server, "alice")
    bob = await Peer(server, "bob").online()
    await open_blog(bob)
    await write(bob, *(f"post {number:03}" for number in range(COUNT)))
    terminal = await tui("-p", "alice")
    await terminal.wait_for("NORMAL|INSERT")
    terminal.press("esc")
    terminal.submit(f":blog {bob.jid}")
    await terminal.wait_for("post 299")
    await to_the_first(terminal)
    terminal.press("g", "g")
    await terminal.wait_for("post 299")
    await bob.close()
    terminal.submit(":disconnect")
    await alice.wait_state("offline")
    terminal.submit(f":blog {bob.jid}")
    await terminal.wait_for("as it was read before")
    await to_the_first(terminal)
    terminal.press("enter")
    await terminal.wait_for("Post: post 000")
