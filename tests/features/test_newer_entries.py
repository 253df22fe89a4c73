"""What is newest counts, in whichever order it comes: told, or read from a service."""

import pytest

from backendd.api import names
from backendd.core import pubsub, pubsub_events
from backendd.core.entries import MICROBLOG
from tests.backendd.session.partial import PEER, Partial
from tests.features.test_blogs import entry, follow, item, open_blog, timeline, write

BLOG = names.BLOG


@pytest.mark.every_server
async def test_what_was_written_before_an_old_entry_was_changed_is_read_as_well(
    make_home, make_peer
):
    peer = await make_peer()
    await open_blog(peer)
    await write(peer, "old")
    home = await (await make_home()).online()
    await follow(home, peer)
    await home.session.disconnect()
    await write(peer, *(f"n{number:02}" for number in range(60)))
    await peer.ask("set", None, item("old", entry("changed")))
    await home.online()

    async def is_all_here():
        return len(await timeline(home, limit=100)) == 61

    await home.until(is_all_here)


# -- what a service tells while it is read


class Overtaking:
    """A blog that is read as it was, and of which more is told before what was read comes."""

    def __init__(self, server, was, told):
        self._server = server
        self._was = was
        self._told = told

    def __call__(self, iq):
        items = iq.find(f".//{{{pubsub.PUBSUB}}}items")
        if items is None or items.get("node") != MICROBLOG:
            return None
        self._server.client.send(
            f"<message from='{PEER}' type='headline'><event xmlns='{pubsub_events.EVENT}'>"
            f"{self._told}</event></message>"
        )
        found = "".join(f"<item id='{id}'>{entry(title)}</item>" for id, title in self._was)
        return f"<pubsub xmlns='{pubsub.PUBSUB}'><items node='{MICROBLOG}'>{found}</items></pubsub>"


@pytest.fixture
def read_while_told(make_home, tmp_path):
    """Call it with what is told of a blog while it is read; return what is known of it then."""

    async def read(told, known=()):
        async with Partial(tmp_path / "server") as server:
            home = await (await make_home("user", server=server)).online()
            await home.until(lambda: not home.inside.missing.words)
            if known:
                server.pubsub = Overtaking(server, known, f"<items node='{MICROBLOG}'/>")
                await home.call(BLOG, "list", PEER, "", {})
            was = [("1", "one"), ("2", "two")]
            server.pubsub = Overtaking(server, was, told)
            found, _ = await home.call(BLOG, "list", PEER, "", {})
            return {each.id: each.title for each in found}

    return read


def told_items(inner):
    return f"<items node='{MICROBLOG}'>{inner}</items>"


async def test_what_is_told_while_a_blog_is_read_is_not_overwritten_by_what_was_read(
    read_while_told,
):
    changed = told_items(f"<item id='1'>{entry('changed')}</item>")
    assert await read_while_told(changed) == {"1": "changed", "2": "two"}


@pytest.mark.parametrize("known", [(), (("1", "one"),)], ids=["unknown", "known"])
async def test_what_is_taken_back_while_a_blog_is_read_does_not_come_back(read_while_told, known):
    gone = told_items("<retract id='1'/>")
    assert await read_while_told(gone, known) == {"2": "two"}


@pytest.mark.parametrize("end", ["purge", "delete"])
async def test_of_a_blog_that_is_emptied_while_it_is_read_nothing_stays(read_while_told, end):
    assert await read_while_told(f"<{end} node='{MICROBLOG}'/>") == {}
