"""Places for comments and likes that were made otherwise before are mended, on real servers."""

import pytest

from backendd.api import names
from backendd.core import pubsub
from backendd.core.entries import MICROBLOG
from backendd.features.blog_administration import review
from tests.features.test_blog_access import create, followed, give, may_read
from tests.features.test_blogs import entry, item
from tests.features.test_publishing import published, until_state
from tests.features.test_shut_out_readers import BOTH, LIKE, NEITHER, is_taken, may_say, places

BLOG = names.BLOG
BEFORE = {"persist_items": True, "max_items": "max", "publish_model": "open"}


async def liked_first(make_home, make_peer):
    """Return a home whose other program has liked a post of it, which made the place for that."""
    home = await make_home()
    client = await make_peer(home.account, resource="other")
    options = {**BEFORE, "access_model": "open", "publish_model": "publishers"}
    await client.stream.request("set", None, pubsub.create(MICROBLOG, options))
    await client.ask("set", None, item("p", entry("post", author=home.jid)))
    await client.ask("set", None, item(client.jid, LIKE, node=places(home, "p")[1]))
    return home


async def may_like(who, home):
    return await is_taken(who, home, places(home, "p")[1], who.jid, LIKE)


@pytest.mark.every_server
async def test_the_place_that_a_like_has_made_takes_those_of_others_once_the_post_is_changed(
    make_home, make_peer
):
    home, bob = await liked_first(make_home, make_peer), await make_peer()
    assert not await may_like(bob, home)
    await home.online()
    await home.call(BLOG, "list", "", "", {})
    await home.call(BLOG, "publish", "", "", {"id": "p", "title": "changed"}, {})
    await until_state(home, "p", "published")
    assert await may_like(bob, home)
    assert await may_read(bob, home.jid, places(home, "p")[1])


@pytest.mark.every_server
async def test_the_place_that_a_like_has_made_takes_those_of_others_once_one_connects(
    make_home, make_peer
):
    home, bob = await liked_first(make_home, make_peer), await make_peer()
    await home.online()
    await reviewed(home, bob)
    assert await may_like(bob, home)
    assert await may_read(bob, home.jid, places(home, "p")[1])


@pytest.mark.every_server
@pytest.mark.parametrize("is_cut", [False, True], ids=["at once", "after a crash"])
async def test_where_who_was_shut_out_could_comment_they_can_not_once_one_connects(
    make_home, make_peer, is_cut
):
    home, carol, dave = await (await make_home()).online(), await make_peer(), await make_peer()
    await create(home, access="whitelist", members=[carol.jid])
    ids = [(await published(home, {"title": f"n{number}"})).id for number in range(2)]
    client = await make_peer(home.account, resource="other")
    for node in (each for id in ids for each in places(home, id)):
        await as_before(client, node, carol)
    assert await may_say(dave, home, ids[0]) == BOTH
    await home.leave()
    await home.come_back()
    await again(home)
    await home.online()
    if is_cut:
        await home.crash()
        await home.come_back()
        await home.online()
    await reviewed(home, dave)
    for id in ids:
        assert await may_say(dave, home, id) == NEITHER
        assert await may_say(carol, home, id) == BOTH


@pytest.mark.every_server
async def test_what_is_looked_through_is_so_once_and_of_an_open_blog_the_newest(
    make_home, make_peer, monkeypatch
):
    monkeypatch.setattr(review, "MOST", 1)
    home, bob = await (await make_home()).online(), await make_peer()
    first = await published(home, {"title": "first"})
    second = await published(home, {"title": "second"})
    client = await make_peer(home.account, resource="other")
    for each in (first, second):
        _, likes = places(home, each.id)
        await client.stream.request("set", None, pubsub.delete(likes))
        await client.ask("set", None, item(client.jid, LIKE, node=likes))
    for expected in ([False, False], [False, True]):
        await home.session.disconnect()
        await home.online()
        await reviewed(home, bob)
        found = [(await may_say(bob, home, each.id))[1] for each in (first, second)]
        assert found == expected
        await again(home)
    await give(home, "presence")
    await give(home, "open")
    await followed(home, bob)
    assert (await may_say(bob, home, first.id))[1]


@pytest.mark.every_server
async def test_comments_on_an_open_blog_that_are_closed_stay_so(make_home, make_peer):
    home, bob = await (await make_home()).online(), await make_peer()
    mine = await published(home)
    client = await make_peer(home.account, resource="other")
    talk, _ = places(home, mine.id)
    await client.stream.request("set", None, pubsub.delete(talk))
    options = {**BEFORE, "access_model": "open", "publish_model": "publishers"}
    await client.stream.request("set", None, pubsub.create(talk, options))
    await again(home)
    await home.session.disconnect()
    await home.online()
    await reviewed(home, bob)
    assert await may_say(bob, home, mine.id) == (False, True)


async def as_before(client, node, reader):
    """Have a node be as it was made before: whoever knows it may write there."""
    await client.stream.request("set", None, pubsub.delete(node))
    options = {**BEFORE, "access_model": "whitelist"}
    await client.stream.request("set", None, pubsub.create(node, options))
    roles = pubsub.set_affiliations(node, {reader.jid: "member"})
    await client.stream.request("set", None, roles)


async def again(home):
    """Have it be as before anything was looked through."""
    await home.execute("DELETE FROM belonging_review")


async def reviewed(home, peer):
    while not await home.count("belonging_review"):
        await peer.sync()
    await followed(home, peer)
