"""Comments of ours, on real servers."""

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument, NotSupported
from backendd.core import pubsub
from backendd.core.answers import fill_in
from backendd.core.entries import COMMENTS, MICROBLOG
from tests.features.test_blog_access import heard, subscribe
from tests.features.test_blogs import entry, item, open_blog
from tests.features.test_comments import (
    NODE,
    POST,
    comment,
    comments,
    post,
    titles,
    told,
    until_told,
)
from tests.features.test_publishing import publish, published, read

BLOG = names.BLOG


async def said(peer):
    """Return what there is among the comments at a peer's: ids, and what they say."""
    asked = f"<pubsub xmlns='{pubsub.PUBSUB}'><items node='{NODE}'/></pubsub>"
    found = pubsub.decode_items(await peer.ask("get", None, asked)).items
    return {each.id: each.payload for each in found}


async def say(home, peer, text, **options):
    return await home.call(BLOG, "comment", peer.jid, "", POST, text, options)


@pytest.mark.every_server
async def test_a_comment_is_pending_until_it_is_published_and_says_what_it_answers(
    make_home, make_peer
):
    peer, bob = await make_peer(), await make_peer()
    await post(peer)
    await comment(bob, peer, "1", "hm")
    home = await (await make_home()).online()
    await titles(home, peer)
    await home.session.disconnect()
    id = await say(home, peer, "I see\nand more", parent="1")
    waiting = next(each for each in await comments(home, peer) if each.id == id)
    assert (waiting.state, waiting.more["parent"]) == ("pending", "1")
    assert (await told(home, peer))[0] == 2
    await home.online()
    await home.until(lambda: said_by(home, peer, id))
    there = await said(peer)
    assert sorted(there) == sorted(["1", id])
    written = (await comments(home, peer))[0]
    assert (written.title, written.body) == ("I see", "I see\nand more")
    assert (written.author, written.more["parent"]) == (home.jid, "1")


async def said_by(home, peer, id):
    found = await comments(home, peer)
    return any(each.id == id and each.state == "published" for each in found)


@pytest.mark.every_server
async def test_a_comment_with_the_same_token_is_said_once(make_home, make_peer):
    peer = await make_peer()
    await post(peer)
    home = await (await make_home()).online()
    first = await say(home, peer, "once", token="t")
    assert await say(home, peer, "once", token="t") == first
    await home.until(lambda: said_by(home, peer, first))
    assert list(await said(peer)) == [first]


@pytest.mark.every_server
async def test_a_comment_that_is_refused_has_failed_and_says_why(make_home, make_peer):
    peer = await make_peer()
    await post(peer)
    home = await (await make_home()).online()
    await titles(home, peer)
    options = {"publish_model": "publishers"}
    form = pubsub.decode_configuration(
        await peer.stream.request("get", None, pubsub.ask_configuration(NODE))
    )
    filled = fill_in(form, pubsub.answers(options))
    await peer.stream.request("set", None, pubsub.configure(NODE, filled))
    id = await say(home, peer, "no")

    async def failed():
        return [each for each in await comments(home, peer) if each.state == "failed"]

    (found,) = await home.until(failed)
    assert found.id == id
    assert "NotAllowed" in found.error[0]
    await home.call(BLOG, "discard", peer.jid, NODE, id, {})
    assert await titles(home, peer) == []


@pytest.mark.every_server
async def test_where_nobody_can_comment_that_is_said(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    await peer.ask("set", None, item(POST, entry("post")))
    home = await (await make_home()).online()
    with pytest.raises(NotSupported):
        await say(home, peer, "hello")


async def test_nothing_is_no_comment(make_home, make_peer):
    peer = await make_peer()
    await post(peer)
    home = await (await make_home()).online()
    with pytest.raises(InvalidArgument):
        await say(home, peer, " \n")


async def test_our_heart_is_our_like(make_home, make_peer):
    peer = await make_peer()
    await post(peer)
    home = await (await make_home()).online()
    await say(home, peer, "\N{BLACK HEART SUIT}")
    await until_told(home, peer, 0, 1, True)


async def test_a_comment_outlives_a_crash_and_is_said_once(make_home, make_peer):
    peer = await make_peer()
    await post(peer)
    home = await (await make_home()).online()
    await titles(home, peer)
    id = await say(home, peer, "once")
    await home.crash()
    await home.come_back()
    await home.online()
    await home.until(lambda: said_by(home, peer, id))
    assert list(await said(peer)) == [id]


@pytest.mark.every_server
async def test_the_place_for_comments_is_there_once_anybody_is_told_of_an_entry(
    make_home, make_peer
):
    home, peer = await (await make_home()).online(), await make_peer()
    await published(home, {"title": "first"})
    await peer.ask("set", home.jid, subscribe(MICROBLOG, peer.jid))
    id = await publish(home, {"title": "second"})
    await peer.until(lambda: "second" in heard(peer))
    await peer.ask("set", home.jid, item("c", entry("nice"), node=COMMENTS + id))
    assert set(await read(peer, home.jid, COMMENTS + id)) == {"c"}
