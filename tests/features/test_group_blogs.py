"""Blogs of groups, which are nodes of a service and not of an account, on real servers."""

import pytest

from backendd.api import names
from backendd.core import pubsub
from backendd.core.entries import COMMENTS, Feed
from tests.features.test_publishing import items_of, publish, published, read, until_state
from tests.lab.server import DOMAIN

BLOG = names.BLOG
SERVICE = f"pubsub.{DOMAIN}"
OPEN = {"access_model": "open", "persist_items": True, "max_items": 100}


@pytest.fixture
def node(request):
    return f"group {request.node.name}"


@pytest.fixture
def librarian(server):
    """Whom services let make nodes: Prosody only administrators."""
    server.add_account("librarian")
    return "librarian"


@pytest.fixture
def group(librarian, node, make_peer):
    """Call it to have the blog of a group made; return who has made it."""

    async def make(**options):
        peer = await make_peer(librarian)
        await peer.stream.request("set", SERVICE, pubsub.create(node, OPEN | options))
        return peer

    return make


@pytest.mark.every_server
async def test_the_first_entry_makes_the_blog_and_all_of_it_is_read_by_others(
    make_home, make_peer, librarian, node
):
    home, peer = await (await make_home(librarian)).online(), await make_peer()
    given = {"title": "Minutes", "markdown": "*all* of it", "tags": ["board"]}
    mine = await published(home, given, service=SERVICE, node=node)
    second = await published(home, {"title": "More"}, service=SERVICE, node=node)
    found = await read(peer, SERVICE, node)
    assert set(found) == {mine.id, second.id}
    assert (found[mine.id].title, found[mine.id].text) == ("Minutes", "all of it")
    assert (found[mine.id].author.jid, found[mine.id].tags) == (home.jid, ("board",))
    assert found[mine.id].comments == Feed(home.jid, COMMENTS + mine.id)


# ejabberd lets everybody make nodes.
@pytest.mark.every_server(but=["ejabberd"])
async def test_who_may_make_no_blogs_there_is_told_so(make_home, node):
    home = await (await make_home()).online()
    id = await publish(home, {"title": "a"}, service=SERVICE, node=node)
    failed = await until_state(home, id, "failed", service=SERVICE, node=node)
    assert failed.error == ("NotAllowed", f"{SERVICE} has no such blog, and lets you make none")


@pytest.mark.every_server
async def test_members_of_a_group_write_read_and_comment(make_home, group, node):
    await group(publish_model="open")
    alice, bob = await (await make_home()).online(), await (await make_home()).online()
    await bob.call(BLOG, "subscribe", SERVICE, node, {})
    await published(alice, {"title": "By Alice"}, service=SERVICE, node=node)

    async def first():
        found, _ = await bob.call(BLOG, "timeline", {})
        return found

    (there,) = await bob.until(first)
    assert (there.title, there.author) == ("By Alice", alice.jid)
    await bob.call(BLOG, "comment", SERVICE, node, there.id, "Well said", {})

    async def is_commented():
        found, _ = await alice.call(BLOG, "comments", SERVICE, node, there.id, {})
        return [each.title for each in found] == ["Well said"]

    await alice.until(is_commented)
    changed = await publish(alice, {"id": there.id, "title": "Changed"}, service=SERVICE, node=node)
    await until_state(alice, changed, "published", service=SERVICE, node=node)

    async def is_changed():
        found, _ = await bob.call(BLOG, "timeline", {})
        return [each.title for each in found] == ["Changed"]

    await bob.until(is_changed)


@pytest.mark.every_server
async def test_whoever_may_not_write_there_is_told_so(make_home, group, node):
    peer = await group(publish_model="publishers")
    home = await (await make_home()).online()
    id = await publish(home, {"title": "a"}, service=SERVICE, node=node)
    failed = await until_state(home, id, "failed", service=SERVICE, node=node)
    assert failed.error[0] == "NotAllowed"
    assert await items_of(peer, SERVICE, node) == ()


@pytest.mark.every_server
async def test_what_is_written_there_offline_goes_out_once(make_home, group, node):
    peer = await group(publish_model="open")
    home = await make_home()
    first = await publish(home, {"title": "first"}, service=SERVICE, node=node)
    second = await publish(home, {"title": "second"}, service=SERVICE, node=node)
    await home.online()
    await until_state(home, second, "published", service=SERVICE, node=node)
    assert [each.id for each in await items_of(peer, SERVICE, node)] == [first, second]


# Prosody lets only the owner of a node take something back.
@pytest.mark.every_server(but=["prosody"])
async def test_ones_own_entry_there_is_taken_back(make_home, group, node):
    peer = await group(publish_model="open")
    home = await (await make_home()).online()
    mine = await published(home, {"title": "a"}, service=SERVICE, node=node)
    await home.call(BLOG, "retract", SERVICE, node, mine.id, {})

    async def is_gone():
        return not await home.count("outbox") and not await home.count("entry")

    await home.until(is_gone)
    assert await items_of(peer, SERVICE, node) == ()


@pytest.mark.every_server
async def test_comments_on_an_entry_for_some_only_are_refused_where_it_is_not_told_for_whom(
    make_home, group, node
):
    peer = await group(publish_model="open", access_model="whitelist")
    home = await (await make_home()).online()
    member = pubsub.set_affiliations(node, {home.jid: "publisher"})
    await peer.stream.request("set", SERVICE, member)
    id = await publish(home, {"title": "a"}, service=SERVICE, node=node)
    failed = await until_state(home, id, "failed", service=SERVICE, node=node)
    assert "without comments" in failed.error[1]
    await home.call(BLOG, "discard", SERVICE, node, id, {})
    await published(home, {"title": "a", "comments": False}, service=SERVICE, node=node)
