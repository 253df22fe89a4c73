"""Likes of ours, on real servers."""

from xml.etree.ElementTree import fromstring
from xml.sax.saxutils import escape

import pytest

from backendd.api import names
from backendd.core import pubsub
from backendd.core.attachments import ATTACHMENTS, node_of
from backendd.core.entries import COMMENTS, MICROBLOG
from backendd.core.uris import ItemAddress
from backendd.features.comments import stanza
from tests.features.test_blogs import entry, item, open_blog
from tests.features.test_commenting import said
from tests.features.test_comments import (
    POST,
    attach,
    attachments_node,
    post,
    told,
    until_told,
)

BLOG = names.BLOG


async def like(home, peer, *, likes=True):
    await home.call(BLOG, "like", peer.jid, "", POST, likes)


async def attached(peer):
    """Return what there is attached to the entry of a peer."""
    asked = f"<pubsub xmlns='{pubsub.PUBSUB}'><items node='{attachments_node(peer)}'/></pubsub>"
    found = pubsub.decode_items(await peer.ask("get", None, asked)).items
    return {
        each.id: sorted(child.tag.partition("}")[2] for child in each.payload) for each in found
    }


async def sent(home):
    """Wait until nothing is on its way."""

    async def is_sent():
        await home.call(BLOG, "timeline", {})
        return await home.count("outbox") == 0

    await home.until(is_sent)


@pytest.mark.every_server
async def test_a_like_is_attached_and_taken_away_and_what_else_is_attached_stays(
    make_home, make_peer
):
    peer = await make_peer()
    await post(peer)
    home = await (await make_home()).online()
    client = await make_peer(home.account, resource="other")
    await attach(client, peer, "<reactions><reaction>x</reaction></reactions><odd xmlns='urn:x'/>")
    await like(home, peer)
    assert await told(home, peer) == (0, 1, True)
    await sent(home)
    assert await attached(peer) == {home.jid: ["noticed", "odd", "reactions"]}
    await like(home, peer, likes=False)
    await sent(home)
    assert await attached(peer) == {home.jid: ["odd", "reactions"]}
    assert await told(home, peer) == (0, 0, False)


@pytest.mark.every_server
async def test_where_nothing_can_be_attached_a_like_is_a_heart_among_the_comments(
    make_home, make_peer
):
    peer = await make_peer()
    await post(peer, has_attachments=False)
    home = await (await make_home()).online()
    await told(home, peer)
    await like(home, peer)
    await sent(home)
    (heart,) = (await said(peer)).values()
    assert heart.findtext("{http://www.w3.org/2005/Atom}title") == "\N{BLACK HEART SUIT}"
    await until_told(home, peer, 0, 1, True)
    await like(home, peer)
    await sent(home)
    assert len(await said(peer)) == 1


@pytest.mark.every_server
async def test_a_like_without_a_connection_is_sent_with_the_next_one(make_home, make_peer):
    peer = await make_peer()
    await post(peer)
    home = await (await make_home()).online()
    await told(home, peer)
    await home.session.disconnect()
    await like(home, peer)
    assert await told(home, peer) == (0, 1, True)
    await home.crash()
    await home.come_back()
    await home.online()
    await sent(home)
    assert await attached(peer) == {home.jid: ["noticed"]}


@pytest.mark.every_server
async def test_a_like_of_a_post_that_waits_leaves_room_for_those_of_others(make_home, make_peer):
    home, bob = await make_home(), await make_peer()
    id = await home.call(BLOG, "publish", "", "", {"title": "On tea"}, {})
    await home.call(BLOG, "like", "", "", id, True)
    await home.online()
    await sent(home)
    await like_of(bob, home, ItemAddress(home.jid, MICROBLOG, id))
    assert await likers(bob, home, ItemAddress(home.jid, MICROBLOG, id)) == {home.jid, bob.jid}


@pytest.mark.every_server
async def test_likes_of_a_comment_below_ones_post_are_seen_by_others(make_home, make_peer):
    home, bob = await (await make_home()).online(), await make_peer()
    id = await home.call(BLOG, "publish", "", "", {"title": "On tea"}, {})
    await sent(home)
    talk = COMMENTS + id
    await home.call(BLOG, "comment", "", "", id, "green, I say", {})
    await sent(home)
    (said, *_), _ = await home.call(BLOG, "comments", "", "", id, {})
    await home.call(BLOG, "like", "", talk, said.id, True)
    await sent(home)
    at = ItemAddress(home.jid, talk, said.id)
    assert await likers(bob, home, at) == {home.jid}
    await like_of(bob, home, at)
    assert await likers(bob, home, at) == {home.jid, bob.jid}


@pytest.mark.every_server
async def test_a_like_that_an_author_gives_to_their_own_post_that_waits_counts_for_readers(
    make_home,
):
    author, home = await make_home(), await (await make_home()).online()
    id = await author.call(BLOG, "publish", "", "", {"title": "On tea"}, {})
    await author.call(BLOG, "like", "", "", id, True)
    await author.online()
    await sent(author)
    await home.call(BLOG, "subscribe", author.jid, "", {})
    await home.call(BLOG, "list", author.jid, "", {})

    async def likes():
        found = await home.call(BLOG, "get", author.jid, "", id, {})
        return found.more["likes"]

    await home.until(likes)


async def like_of(who, home, target):
    payload = f"<attachments xmlns='{ATTACHMENTS}'><noticed/></attachments>"
    await who.ask("set", home.jid, item(who.jid, payload, node=node_of(target)))


async def likers(who, home, target):
    """Return who likes something of the user, as somebody else reads it."""
    asked = f"<pubsub xmlns='{pubsub.PUBSUB}'><items node='{escape(node_of(target))}'/></pubsub>"
    return {each.id for each in pubsub.decode_items(await who.ask("get", home.jid, asked)).items}


def test_a_heart_that_one_reacts_with_is_taken_away_with_the_like():
    heart = "<reaction>\N{BLACK HEART SUIT}</reaction>"
    written = f"<attachments xmlns='{ATTACHMENTS}'><reactions>{heart}</reactions></attachments>"
    before = fromstring(written)
    assert stanza.is_like(before)
    assert len(stanza.liking(before, 0, likes=False)) == 0


@pytest.mark.every_server
async def test_a_like_that_can_be_sent_in_no_way_is_as_before_and_it_is_said_why(
    make_home, make_peer
):
    peer = await make_peer()
    await open_blog(peer)
    await peer.ask("set", None, item(POST, entry("post")))
    home = await (await make_home()).online()
    await told(home, peer)
    await like(home, peer)
    await sent(home)
    assert await told(home, peer) == (0, 0, False)
    (warning,) = [each for each in home.inside.warnings if each.word == "like"]
    assert warning.subject == peer.jid
