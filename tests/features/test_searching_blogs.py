"""Searching what was written in blogs, and what is said to it: newest first, as it is now."""

from backendd.api import names
from tests.features.test_blogs import (
    entry,
    follow,
    item,
    open_blog,
    retract,
    timeline,
    titles,
    write,
)
from tests.features.test_comments import comment, comments, post

BLOG = names.BLOG


async def search(home, query, **options):
    return await home.call(BLOG, "search", query, options)


async def found(home, query, **options):
    return [each.title for each in await search(home, query, **options)]


async def test_what_is_found_in_several_blogs_is_in_the_order_in_which_it_was_published(
    make_home, make_peer
):
    peer, home = await make_peer(), await (await make_home()).online()
    for node, hours in (("one", (5, 1, 3)), ("two", (2, 6, 4))):
        await open_blog(peer, node=node)
        for each in hours:
            await peer.ask(
                "set", None, item(f"tea {each}", entry(f"tea {each}", hours=each), node=node)
            )
        await home.call(BLOG, "list", peer.jid, node, {})
    assert await found(home, "tea") == [f"tea {number}" for number in (6, 5, 4, 3, 2, 1)]
    assert await found(home, "te*", service=peer.jid, limit=3) == ["tea 6", "tea 5", "tea 4"]
    assert await found(home, "tea", service=peer.jid, node="two") == ["tea 6", "tea 4", "tea 2"]


async def test_pages_of_what_is_found_go_on_below_the_last_one(make_home, make_peer):
    peer, home = await make_peer(), await (await make_home()).online()
    await open_blog(peer)
    await write(peer, *(f"tea {number}" for number in range(7)))
    await titles(home, peer)
    seen, before = [], 0
    while page := await search(home, "tea", limit=3, before=before):
        seen.append([each.title for each in page])
        before = page[-1].order
    assert seen == [["tea 6", "tea 5", "tea 4"], ["tea 3", "tea 2", "tea 1"], ["tea 0"]]


async def test_what_was_changed_or_taken_back_is_not_found_by_what_it_said(make_home, make_peer):
    peer, home = await make_peer(), await (await make_home()).online()
    await open_blog(peer)
    await write(peer, "apples", "pears")
    await follow(home, peer)

    async def is_all_gone():
        return not await found(home, "apples") and not await found(home, "pears")

    await peer.ask("set", None, item("apples", entry("quinces", hours=1)))
    await peer.ask("set", None, retract("pears"))
    await home.until(is_all_gone)
    assert await found(home, "quinces") == ["quinces"]
    assert await timeline(home) == ["quinces"]


async def test_what_is_said_to_an_entry_is_found_among_entries(make_home, make_peer):
    peer, home = await make_peer(), await (await make_home()).online()
    await post(peer)
    await comment(peer, peer, "1", "a tea of mine", hours=2)
    await comment(peer, peer, "2", "no post, coffee", hours=3)
    await comments(home, peer)
    (hit,) = await search(home, "tea")
    assert (hit.title, hit.snippet, hit.ranges) == ("a tea of mine", "a tea of mine", [(2, 3)])
    assert await found(home, "post") == ["no post, coffee", "post"]
