"""Likes of what the user wrote are new until they are seen, on real servers."""

import pytest

from backendd.api import names
from backendd.core import pubsub
from backendd.core.attachments import ATTACHMENTS, node_of
from backendd.core.entries import (
    COMMENTS,
    HEART,
    DiscussionsChanged,
)
from backendd.core.uris import ItemAddress
from tests.features import test_comments as comments
from tests.features.test_blogs import item, retract
from tests.features.test_commenting import said_by
from tests.features.test_comments import NODE, open_node
from tests.features.test_discussions import (
    COUNT,
    answer,
    discussions,
    like,
    told_of_many,
    until_looked_at,
    written,
    written_post,
)

BLOG = names.BLOG


async def new_likes(home):
    """Return who has come to like what."""
    return {each.id: each.new_likers for each in await discussions(home) if each.new_likes}


async def until_liked(home, **wanted):
    async def is_so():
        return await new_likes(home) == wanted

    await home.until(is_so)


async def see(home, *ids):
    await home.call(BLOG, "see_likes", "", "", list(ids), {})


@pytest.fixture
async def home(make_home):
    return await (await make_home()).online()


@pytest.fixture
async def post(home):
    """A post of the user of which it is known that nobody likes it."""
    id = await written_post(home)
    await until_looked_at(home, id)
    return id


@pytest.mark.every_server
async def test_who_comes_to_like_a_post_is_new_until_that_is_seen(home, post, make_peer):
    bob, mia = await make_peer(), await make_peer()
    await like(bob, home, post)
    await until_liked(home, **{post: [bob.jid]})
    await answer(mia, home, post, HEART)
    await until_liked(home, **{post: [bob.jid, mia.jid]})
    (found,) = await discussions(home)
    assert (found.new_likes, found.unread, found.title) == (2, 0, "On tea")
    await home.crash()
    await home.come_back()
    assert await new_likes(home) == {post: [bob.jid, mia.jid]}
    told = []
    home.hub.subscribe(DiscussionsChanged, lambda event: told.extend(event.discussions))
    await see(home, post)
    await home.until(lambda: told)
    assert [(each.id, each.new_likes, each.new_likers) for each in told] == [(post, 0, [])]
    assert told[0].revision > found.revision
    assert await discussions(home) == []
    await see(home, post)
    await see(home, "nothing")
    assert len(told) == 1
    assert (await home.call(BLOG, "get", "", "", post, {})).more["likes"] == 2


@pytest.mark.every_server
@pytest.mark.parametrize("way", ["attached", "said"])
async def test_a_like_that_is_taken_back_is_not_new_any_more(home, post, make_peer, way):
    bob, mia = await make_peer(), await make_peer()
    if way == "attached":
        await like(bob, home, post)
    else:
        await answer(bob, home, post, HEART)
    await until_liked(home, **{post: [bob.jid]})
    await like(mia, home, post)
    await until_liked(home, **{post: [bob.jid, mia.jid]})
    if way == "attached":
        await like(bob, home, post, "")
    else:
        await home.call(BLOG, "retract", "", COMMENTS + post, HEART, {})
    await until_liked(home, **{post: [mia.jid]})
    await like(mia, home, post, "")
    await until_liked(home)
    assert await discussions(home) == []


async def test_whoever_likes_a_post_in_both_ways_is_one_until_both_are_taken_back(
    home, post, make_peer
):
    bob = await make_peer()
    await like(bob, home, post)
    await answer(bob, home, post, HEART)

    async def is_said():
        return await home.count("entry WHERE heart = 1")

    await home.until(is_said)
    assert await new_likes(home) == {post: [bob.jid]}
    told = []
    home.hub.subscribe(DiscussionsChanged, lambda event: told.extend(event.discussions))
    await like(bob, home, post, "")
    await home.until(lambda: told)
    assert await new_likes(home) == {post: [bob.jid]}
    await home.call(BLOG, "retract", "", COMMENTS + post, HEART, {})
    await until_liked(home)


async def test_a_heart_that_becomes_a_word_is_no_like_any_more(home, post, make_peer):
    bob = await make_peer()
    node = COMMENTS + post
    heart = pubsub.Item("said", written(HEART, bob.jid))
    await bob.stream.request("set", home.jid, pubsub.publish(node, heart))
    await until_liked(home, **{post: [bob.jid]})
    word = pubsub.Item("said", written("well", bob.jid))
    await bob.stream.request("set", home.jid, pubsub.publish(node, word))
    await until_liked(home)


async def test_what_the_user_likes_is_not_new(home, post, make_peer):
    mia = await make_peer()
    await home.call(BLOG, "like", "", "", post, True, {})
    await like(mia, home, post)
    await until_liked(home, **{post: [mia.jid]})
    assert (await home.call(BLOG, "get", "", "", post, {})).more["likes"] == 2


@pytest.mark.every_server
async def test_likes_from_before_it_was_known_who_likes_a_post_are_not_new(
    home, post, make_home, make_peer
):
    bob, mia, ann = await make_peer(), await make_peer(), await make_peer()
    await like(bob, home, post)
    await answer(mia, home, post, HEART, hours=1)
    await until_liked(home, **{post: [bob.jid, mia.jid]})
    other = await (await make_home(home.account)).online()
    await until_looked_at(other, post)

    async def is_known():
        return (await other.call(BLOG, "get", "", "", post, {})).more["likes"] == 2

    await other.until(is_known)
    assert await new_likes(other) == {}
    await like(ann, home, post)
    await until_liked(other, **{post: [ann.jid]})


async def test_likes_that_came_while_nobody_was_connected_are_new(home, post, make_peer):
    bob, mia = await make_peer(), await make_peer()
    await home.session.disconnect()
    await like(bob, home, post)
    await like(mia, home, post)
    await home.online()

    async def are_new():
        return sorted((await new_likes(home)).get(post, ())) == sorted([bob.jid, mia.jid])

    await home.until(are_new)


async def test_a_post_that_somebody_likes_before_it_was_asked_who_does_has_new_likes(
    make_home, make_peer
):
    home, bob = await (await make_home()).online(), await make_peer()
    id = await written_post(home)
    await home.session.disconnect()
    await like(bob, home, id)
    await home.crash()
    await home.come_back()
    await home.online()
    await until_liked(home, **{id: [bob.jid]})


async def test_who_likes_a_comment_of_the_user_is_new_but_whom_they_block(home, make_peer):
    peer, bob, mia = await make_peer(), await make_peer(), await make_peer()
    await comments.post(peer)
    comment = await home.call(BLOG, "comment", peer.jid, "", comments.POST, "I say", {})
    at = node_of(ItemAddress(peer.jid, NODE, comment))
    await open_node(peer, at)  # before it is looked at, which is once
    await home.until(lambda: said_by(home, peer, comment))
    await home.call(BLOG, "comments", peer.jid, "", comments.POST, {})

    async def is_heard():
        return await home.count(f"heard WHERE node = '{at}'")

    while not await is_heard():  # which no event tells
        await peer.sync()
    await home.call(names.ROSTER, "block", bob.jid, {})
    for each in (bob, mia):
        inner = f"<attachments xmlns='{ATTACHMENTS}'><noticed/></attachments>"
        await each.ask("set", peer.jid, item(each.jid, inner, node=at))
    await until_liked(home, **{comment: [mia.jid]})
    (found,) = await discussions(home)
    assert (found.title, found.service, found.node) == ("I say", peer.jid, NODE)
    await home.call(BLOG, "see_likes", peer.jid, NODE, [comment], {})
    assert await discussions(home) == []


@pytest.mark.parametrize("by", ["us", "another client"])
async def test_with_a_post_goes_who_likes_it(home, post, make_peer, by):
    bob = await make_peer()
    await like(bob, home, post)
    await until_liked(home, **{post: [bob.jid]})
    told = []
    home.hub.subscribe(DiscussionsChanged, lambda event: told.extend(event.discussions))
    if by == "us":
        await home.call(BLOG, "retract", "", "", post, {})
    else:
        other = await make_peer(home.account, resource="other")
        await other.ask("set", None, retract(post))
    await home.until(lambda: told)
    assert (told[-1].id, told[-1].new_likes, told[-1].new_likers) == (post, 0, [])
    assert await discussions(home) == []
    assert await home.count("new_like") == 0


async def test_all_of_a_blog_are_seen_at_once(home, post, make_peer):
    bob = await make_peer()
    other = await written_post(home, title="On cups")
    await until_looked_at(home, other)
    for each in (post, other):
        await like(bob, home, each)
    await until_liked(home, **{post: [bob.jid], other: [bob.jid]})
    await see(home)
    assert await discussions(home) == []


async def test_very_many_hearts_at_once_are_told_once(make_home):
    home = await make_home()
    told, _ = await told_of_many(home, lambda number: HEART)
    (found,) = [each for event in told for each in event.discussions]
    last = [f"u{number}@a.example" for number in range(COUNT - 20, COUNT)]
    assert (found.unread, found.new_likes, found.new_likers) == (0, COUNT, last)
