"""Somebody reads a blog of 300 posts down to the first one, and again without a connection."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.core.entries import MICROBLOG
from tests.backendd.session.peer import Peer
from tests.features.test_blogs import entry, open_blog, write
from tests.lab.prosody import Prosody

COUNT = 300
TITLES = [f"post {number:03}" for number in range(COUNT)]


async def write_all(server):
    """Have bob write the posts."""
    if isinstance(server, Prosody):
        jid = server.jid("bob")
        kept = {
            title: (jid, fromstring(entry(title, hours=number)))
            for number, title in enumerate(TITLES)
        }
        server.keep("bob", MICROBLOG, kept, access_model="open", max_items="max")
        return
    bob = await Peer(server, "bob").online()
    await open_blog(bob)
    await write(bob, *TITLES)
    await bob.close()


async def to_the_first(terminal):
    """Go down until the first post is there."""
    while "post 000" not in terminal.text:
        before = terminal.text
        terminal.press("G")
        await terminal.wait_until(lambda before=before: terminal.text != before, "more to appear")


@pytest.mark.every_server
async def test_all_of_a_long_blog_is_read_page_by_page_and_stays(server, user, ready):
    await write_all(server)
    alice = await user(server, "alice")
    terminal = await ready("alice")
    blog = f":blog {server.jid('bob')}"
    terminal.submit(blog)
    await terminal.wait_for("post 299")
    await to_the_first(terminal)
    terminal.press("g", "g")
    await terminal.wait_for("post 299")
    terminal.submit(":disconnect")
    await alice.wait_state("offline")
    terminal.submit(blog)
    await terminal.wait_for("as it was read before")
    await to_the_first(terminal)
    terminal.press("enter")
    await terminal.wait_for("Post: post 000")
