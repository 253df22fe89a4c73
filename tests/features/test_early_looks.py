"""What is looked at in the instant of connecting, before others know that we are there."""

import asyncio

import pytest

from backendd.core.entries import EntriesChanged
from backendd.session.feature import Feature
from backendd.session.part import Part
from tests.features.test_blogs import follow, open_blog, write
from tests.features.test_comments import comment, post, titles


class Held(Part):
    """Has presence wait until it is let go."""

    def __init__(self, home):
        self.reached, self.go = asyncio.Event(), asyncio.Event()

    async def set_up(self, *, resumed):
        self.reached.set()
        await self.go.wait()


@pytest.fixture
async def early(make_home):
    """A home that is online, and what has its presence wait."""
    home = await make_home()
    await home.restart_with(more=[Feature("held", Held)])
    (held,) = [each for each in home.inside.parts if isinstance(each, Held)]
    await home.session.connect()
    await held.reached.wait()
    return home, held


@pytest.mark.every_server
async def test_what_is_said_between_a_look_and_our_presence_is_told_as_well(early, make_peer):
    home, held = early
    peer, bob = await make_peer(), await make_peer()
    await post(peer)
    await comment(bob, peer, "1", "before")
    assert await titles(home, peer) == ["before"]
    # Nobody is here whom the server could give what is told of it.
    await comment(bob, peer, "2", "meanwhile", hours=2)
    held.go.set()
    await home.until(lambda: is_known(home, "meanwhile"))
    await comment(bob, peer, "3", "later", hours=3)
    await home.until(lambda: is_known(home, "later"))


@pytest.mark.every_server
async def test_what_is_written_between_following_and_our_presence_is_told_as_well(early, make_peer):
    home, held = early
    peer = await make_peer()
    await open_blog(peer)
    await write(peer, "before")
    await follow(home, peer)
    await write(peer, "meanwhile")
    held.go.set()
    await home.until(lambda: is_known(home, "meanwhile"))


async def is_known(home, title):
    changed = home.hub.of(EntriesChanged)
    return title in [each.title for event in changed for each in event.entries]
