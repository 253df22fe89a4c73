"""Entries of one second, which nothing but their order at the service tells apart, in pages."""

import pytest

from backendd.api import names
from backendd.session import feeds
from tests.features.test_blogs import entry, item, open_blog

BLOG = names.BLOG
COUNT = 10


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    """Services are asked for pages of three."""
    monkeypatch.setattr(feeds, "PAGE", 3)


async def write(peer, numbers):
    for number in numbers:
        await peer.ask("set", None, item(f"item{number}", entry(f"{number}")))


async def pages(call, limit=3):
    """Return the titles of all pages, the newest first."""
    found, after = [], ""
    while True:
        entries, page = await call(limit=limit, after=after)
        found += [each.title for each in entries]
        after = page["next"]
        if not after:
            return found


def of(home, peer):
    async def call(**options):
        return await home.call(BLOG, "list", peer.jid, "", options)

    return call


async def listed(home, peer, limit=3):
    return await pages(of(home, peer), limit)


NEWEST_FIRST = [str(number) for number in reversed(range(COUNT))]


@pytest.mark.every_server
@pytest.mark.parametrize("limit", [2, 3, 4, 50])
async def test_no_page_skips_one_and_none_comes_twice(make_home, make_peer, limit):
    home, peer = await (await make_home()).online(), await make_peer()
    await open_blog(peer)
    await write(peer, range(COUNT))
    assert await listed(home, peer, limit) == NEWEST_FIRST
    assert await listed(home, peer, limit) == NEWEST_FIRST  # from here as well


@pytest.mark.every_server
async def test_what_came_meanwhile_stands_above_what_was_there(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    await open_blog(peer)
    await write(peer, range(5))
    first, page = await home.call(BLOG, "list", peer.jid, "", {"limit": 3})
    await write(peer, range(5, COUNT))
    assert [each.title for each in first] == ["4", "3", "2"]
    rest, _ = await home.call(BLOG, "list", peer.jid, "", {"limit": 3, "after": page["next"]})
    assert [each.title for each in rest] == ["1", "0"]
    assert await listed(home, peer) == NEWEST_FIRST


@pytest.mark.every_server
async def test_a_change_moves_none_of_them(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    await open_blog(peer)
    await write(peer, range(COUNT))
    await home.call(BLOG, "subscribe", peer.jid, "", {})
    await listed(home, peer)
    before = await home.call(BLOG, "get", peer.jid, "", "item4", {})
    await peer.ask("set", None, item("item4", entry("4 and more")))

    async def is_changed():
        now = await home.call(BLOG, "get", peer.jid, "", "item4", {})
        return now if now.title == "4 and more" else None

    changed = await home.until(is_changed)
    assert changed.order == before.order
    now = ["4 and more" if each == "4" else each for each in NEWEST_FIRST]
    assert await listed(home, peer) == now


async def test_the_timeline_and_what_is_found_go_on_without_a_gap(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    await open_blog(peer)
    await write(peer, range(COUNT))
    await home.call(BLOG, "subscribe", peer.jid, "", {})
    await home.until(lambda: home.count("entry"))
    assert await listed(home, peer) == NEWEST_FIRST

    async def timeline(**options):
        return await home.call(BLOG, "timeline", options)

    assert await pages(timeline) == NEWEST_FIRST
    found, before = [], 0
    while hits := await home.call(BLOG, "search", "1*", {"before": before, "limit": 1}):
        found += [each.title for each in hits]
        before = hits[-1].order
    assert found == ["1"]
    found, before = [], 0
    for each in range(COUNT):
        await peer.ask("set", None, item(f"tea{each}", entry(f"tea {each}")))
    await listed(home, peer)
    while hits := await home.call(BLOG, "search", "tea", {"before": before, "limit": 3}):
        found += [each.title for each in hits]
        before = hits[-1].order
    assert found == [f"tea {number}" for number in reversed(range(COUNT))]
