"""What is said where a blog can't be read, followed or written: sentences to act on."""

import pytest

from backendd.api import names
from backendd.api.errors import (
    BackendError,
    NotAllowed,
    NotSupported,
    ServerError,
    UnknownItem,
)
from backendd.core import forms, pubsub
from backendd.core.attachments import node_of
from backendd.core.blog_words import called
from backendd.core.entries import COMMENTS, MICROBLOG, Feed
from backendd.core.uris import ItemAddress
from backendd.session import blog_refusals
from tests.features.test_blogs import open_blog, titles, write
from tests.features.test_publishing import publish, until_state
from tests.features.test_receipts import befriended

BLOG = names.BLOG


async def page_of(home, peer):
    return await home.call(BLOG, "list", peer.jid, "", {})


@pytest.mark.every_server
@pytest.mark.parametrize("member", ["list", "subscribe"])
async def test_who_has_no_blog_yet_is_said_to_have_none(make_home, make_peer, member):
    home, friend = await befriended(make_home, make_peer)
    with pytest.raises(UnknownItem, match=f'^"?{friend.jid}"? has no blog yet$'):
        await home.call(BLOG, member, friend.jid, "", {})


@pytest.mark.every_server
@pytest.mark.parametrize("member", ["list", "subscribe"])
async def test_a_stranger_s_may_not_be_there_or_is_not_for_us(make_home, make_peer, server, member):
    home, peer = await (await make_home()).online(), await make_peer()
    # Prosody says the same of both, and of who isn't there.
    for address in (peer.jid, f"nobody@{server.domain}"):
        with pytest.raises(BackendError, match=r"has no blog yet|lets you read no blog"):
            await home.call(BLOG, member, address, "", {})


@pytest.mark.every_server
@pytest.mark.parametrize("member", ["list", "subscribe"])
async def test_a_service_is_said_to_have_no_such_blog_or_none_at_all(make_home, server, member):
    home = await (await make_home()).online()
    with pytest.raises(UnknownItem, match=r'has no blog "?nothing"?$'):
        await home.call(BLOG, member, f"pubsub.{server.domain}", "nothing", {})
    with pytest.raises(NotSupported, match="has no blogs: "):
        await home.call(BLOG, member, server.domain, "nothing", {})


def test_what_is_no_account_has_no_blog_of_its_own_and_no_name_of_a_node_is_told():
    error = NotAllowed("no")
    error.__cause__ = ServerError("no", condition="forbidden", type="auth")
    said = str(blog_refusals.explained(error, Feed("guide", MICROBLOG)))
    assert said.startswith('"guide" lets you read no blog: the address of somebody looks like')
    assert MICROBLOG not in said


# ejabberd says that it is forbidden.
@pytest.mark.every_server(but=["ejabberd"])
async def test_what_a_server_says_of_one_that_can_t_be_reached_is_told(make_home):
    home = await (await make_home()).online()
    with pytest.raises(NotAllowed, match="remote domains is not enabled"):
        await home.call(BLOG, "list", "pubsub.nowhere.invalid", "news", {})


@pytest.mark.every_server
@pytest.mark.parametrize("at", ["nowhere.x.localhost", "pubsub.nowhere.invalid"])
async def test_publishing_where_nobody_can_be_reached_speaks_of_that_service(make_home, at):
    home = await (await make_home()).online()
    id = await publish(home, {"title": "Minutes"}, service=at, node="news")
    failed = await until_state(home, id, "failed", service=at, node="news")
    assert at in failed.error[1]
    assert "comments" not in failed.error[1]


@pytest.mark.every_server
async def test_a_blog_that_is_closed_or_gone_is_shown_as_it_was_with_why_and_since_when(
    make_home, make_peer
):
    peer = await make_peer()
    await open_blog(peer)
    await write(peer, "one")
    home = await (await make_home()).online()
    assert await titles(home, peer) == ["one"]
    _, about = await page_of(home, peer)
    assert not about["offline"]
    assert "error" not in about
    await close(peer)
    entries, about = await page_of(home, peer)
    assert [each.title for each in entries] == ["one"]
    assert about["offline"]
    assert about["error"][0] == "NotAllowed"
    since = about["since"]
    assert since > 0
    _, again = await page_of(home, peer)
    assert again["since"] == since
    await peer.stream.request("set", None, pubsub.delete(MICROBLOG))
    entries, about = await page_of(home, peer)
    assert [each.title for each in entries] == ["one"]
    assert about["error"][0] in ("UnknownItem", "NotAllowed")
    await open_blog(peer)
    await write(peer, "two")
    entries, about = await page_of(home, peer)
    assert [each.title for each in entries] == ["two"]
    assert not about["offline"]


async def close(peer):
    """Have the blog of a peer be for nobody else."""
    form = forms.submit(pubsub.NODE_CONFIG, pubsub__access_model="whitelist")
    payload = pubsub.configure(MICROBLOG, form)
    await peer.stream.request("set", None, payload)


async def test_without_a_connection_nothing_is_said_against_the_blog(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    await write(peer, "one")
    home = await (await make_home()).online()
    await titles(home, peer)
    await home.session.disconnect()
    _, about = await page_of(home, peer)
    assert (about["offline"], about["error"], about["since"]) == (True, ("", ""), 0)


# At ejabberd who has followed it reads on until their subscription is ended.
async def test_a_blog_that_is_followed_says_why_it_can_t_be_read_and_since_when(
    make_home, make_peer
):
    peer = await make_peer()
    await open_blog(peer)
    await write(peer, "one")
    home = await (await make_home()).online()
    await home.call(BLOG, "subscribe", peer.jid, "", {})
    await home.until(lambda: home.count("entry"))
    await close(peer)
    await page_of(home, peer)
    (found,) = await home.call(BLOG, "subscriptions", {})
    assert found.error[0] == NotAllowed.__name__
    assert found.since > 0


@pytest.mark.parametrize(
    ("node", "words"),
    [
        (MICROBLOG, "the blog"),
        (f"{COMMENTS}post", "what is said to a post"),
        (node_of(ItemAddress("a@x.example", MICROBLOG, "post")), "the likes of a post"),
        ("news", 'the node "news"'),
    ],
)
def test_nodes_that_nobody_knows_by_their_names_are_called_in_words(node, words):
    assert called(node) == words


@pytest.mark.every_server
async def test_who_has_a_blog_is_told_so_where_they_make_it_again(make_home):
    home = await (await make_home()).online()
    await home.call(BLOG, "create_node", "", "", {})
    with pytest.raises(NotAllowed, match=f"^{home.jid} has a blog already$"):
        await home.call(BLOG, "create_node", "", "", {})
    await home.call(BLOG, "create_node", "", "garden", {})
    with pytest.raises(NotAllowed, match='has "garden" already'):
        await home.call(BLOG, "create_node", "", "garden", {})
