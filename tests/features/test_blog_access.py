"""Whom blogs are for, on real servers: the blog, and all that belongs to it."""

import asyncio

import pytest

from backendd.api import names
from backendd.api.errors import (
    BackendError,
    InvalidArgument,
    InvalidJid,
    NotAllowed,
    NotConnected,
    NotSupported,
    UnknownItem,
)
from backendd.core import pubsub, pubsub_events, xml
from backendd.core.attachments import node_of
from backendd.core.entries import COMMENTS, MICROBLOG
from backendd.core.uris import ItemAddress
from backendd.features.blog_administration import belonging
from tests.features.test_blogs import entry, item, open_blog
from tests.features.test_publishing import items_of, publish, published, read, until_state
from tests.features.test_receipts import befriended
from tests.lab.prosody import Prosody

BLOG = names.BLOG
PUBSUB = pubsub.PUBSUB


@pytest.fixture
def hosting(server, tmp_path):
    """A server that lets `bob` make nodes at its service; and that service."""
    if not isinstance(server, Prosody):
        yield server, f"pubsub.{server.domain}"
        return
    admins = 'admins = { "bob@x.localhost" }'
    with Prosody(tmp_path / "hosting", components=True, settings=admins) as own:
        yield own, f"pubsub.{own.domain}"


async def create(home, service="", node="", **options):
    await home.call(BLOG, "create_node", service, node, options)


async def access(home, service="", node=""):
    model, members = await home.call(BLOG, "access", service, node, {})
    return model, list(members)


async def give(home, model, *members, service="", node=""):
    await home.call(BLOG, "set_access", service, node, model, list(members), {})


async def set_reader(home, who, *, may_read=True, service="", node=""):
    await home.call(BLOG, "set_reader", service, node, who, may_read, {})


async def delete(home, service="", node=""):
    await home.call(BLOG, "delete_node", service, node, {})


def subscribe(node, jid):
    return f"<pubsub xmlns='{PUBSUB}'><subscribe node='{node}' jid='{jid}'/></pubsub>"


async def may_read(peer, owner, node=MICROBLOG):
    try:
        await items_of(peer, owner, node)
    except NotAllowed:
        return False
    return True


def heard(peer):
    """Return the titles of what a peer was told of."""
    events = (
        each
        for each in peer.messages()
        if xml.child(each, pubsub_events.EVENT, "event") is not None
    )
    found = (each.iter("{http://www.w3.org/2005/Atom}title") for each in events)
    return [title.text for some in found for title in some]


async def followed(home, peer):
    """Return once all that belongs to blogs has followed them, which is seen at the server."""
    while await home.count("belonging"):
        await peer.sync()


def warned(home):
    return [each.subject for each in home.inside.warnings if each.word == "access"]


@pytest.mark.every_server
async def test_a_blog_is_made_for_those_who_are_named_and_for_nobody_else(make_home, make_peer):
    home, carol, dave = await (await make_home()).online(), await make_peer(), await make_peer()
    await create(home, access="whitelist", members=[carol.jid, home.jid], title="On tea")
    assert await access(home) == ("whitelist", [carol.jid])
    mine = await published(home)
    assert list(await read(carol, home.jid)) == [mine.id]
    assert not await may_read(dave, home.jid)
    with pytest.raises(NotAllowed, match="already"):
        await create(home)


@pytest.mark.every_server
async def test_whoever_is_let_in_reads_it_and_whoever_is_not_any_more_does_not(
    make_home, make_peer
):
    home, carol, dave = await (await make_home()).online(), await make_peer(), await make_peer()
    await create(home, access="whitelist", members=[carol.jid])
    await published(home, {"title": "first"})
    await carol.ask("set", home.jid, subscribe(MICROBLOG, carol.jid))
    await give(home, "whitelist", dave.jid)
    assert await access(home) == ("whitelist", [dave.jid])
    assert await may_read(dave, home.jid)
    assert not await may_read(carol, home.jid)
    await published(home, {"title": "second"})
    await carol.sync()
    assert "second" not in heard(carol)
    assert warned(home) == []


@pytest.mark.every_server
async def test_one_reader_is_added_or_taken_out_and_the_others_stay(make_home, make_peer):
    home = await (await make_home()).online()
    carol, dave = await make_peer(), await make_peer()
    await create(home, access="whitelist", members=[carol.jid])
    mine = await published(home, {"title": "first"})
    await set_reader(home, dave.jid)
    await set_reader(home, dave.jid)
    model, members = await access(home)
    assert (model, sorted(members)) == ("whitelist", sorted([carol.jid, dave.jid]))
    await followed(home, dave)
    comments = COMMENTS + mine.id
    assert [await may_read(dave, home.jid, each) for each in (MICROBLOG, comments)] == [True, True]
    await set_reader(home, carol.jid, may_read=False)
    assert await access(home) == ("whitelist", [dave.jid])
    await followed(home, carol)
    assert not await may_read(carol, home.jid)
    assert not await may_read(carol, home.jid, comments)
    assert await may_read(dave, home.jid, comments)
    with pytest.raises(UnknownItem, match="is no reader"):
        await set_reader(home, carol.jid, may_read=False)
    with pytest.raises(NotAllowed, match="writes there"):
        await set_reader(home, home.jid, may_read=False)
    with pytest.raises(InvalidJid):
        await set_reader(home, "@", may_read=True)


async def test_two_readers_who_are_added_at_once_both_read(make_home, make_peer):
    home = await (await make_home()).online()
    people = [(await make_peer()).jid for _ in range(3)]
    await create(home, access="whitelist")
    await asyncio.gather(*(set_reader(home, each) for each in people))
    assert sorted((await access(home))[1]) == sorted(people)


async def test_where_nobody_is_named_there_is_nobody_to_add_or_take_out(make_home, make_peer):
    home, carol = await (await make_home()).online(), await make_peer()
    for model in ("open", "presence"):
        await (give(home, model) if model != "open" else create(home))
        for may_read in (True, False):
            with pytest.raises(InvalidArgument, match=f"for {model}: it names no readers"):
                await set_reader(home, carol.jid, may_read=may_read)


@pytest.mark.every_server
@pytest.mark.parametrize("between", ["open", "presence"])
async def test_whoever_was_named_once_reads_nothing_of_what_is_for_others_later(
    make_home, make_peer, between
):
    home, carol, dave = await (await make_home()).online(), await make_peer(), await make_peer()
    await create(home, access="whitelist", members=[carol.jid])
    await published(home)
    await carol.ask("set", home.jid, subscribe(MICROBLOG, carol.jid))
    await give(home, between)
    assert await may_read(carol, home.jid) is (between == "open")
    await give(home, "whitelist", dave.jid)
    assert await access(home) == ("whitelist", [dave.jid])
    assert not await may_read(carol, home.jid)
    assert await may_read(dave, home.jid)


@pytest.mark.every_server
async def test_what_was_open_and_is_not_any_more_is_told_to_those_only_whom_it_is_for(
    make_home, make_peer
):
    home, carol = await befriended(make_home, make_peer)
    dave = await make_peer()
    await create(home)
    for each in (carol, dave):
        await each.ask("set", home.jid, subscribe(MICROBLOG, each.jid))
    await give(home, "presence")
    assert await access(home) == ("presence", [])
    assert await may_read(carol, home.jid)
    await published(home, {"title": "for contacts"})
    await carol.until(lambda: "for contacts" in heard(carol))
    await dave.sync()
    is_told_who_follows = "for contacts" not in heard(dave)
    # Where a server doesn't say who follows a blog, that is told.
    assert warned(home) == ([] if is_told_who_follows else [home.jid])
    await give(home, "whitelist")
    await published(home, {"title": "for nobody"})
    await carol.sync()
    assert "for nobody" not in heard(carol)
    assert not await may_read(carol, home.jid)
    await give(home, "open")
    assert warned(home) == []
    assert await may_read(dave, home.jid)


@pytest.mark.every_server
async def test_comments_and_likes_are_for_the_readers_of_the_blog_whenever_those_change(
    make_home, make_peer
):
    home, carol, dave = await (await make_home()).online(), await make_peer(), await make_peer()
    mine = await published(home)
    likes = node_of(ItemAddress(home.jid, MICROBLOG, mine.id))
    nodes = (MICROBLOG, COMMENTS + mine.id, likes)
    for node in nodes:
        assert await may_read(dave, home.jid, node)
    await give(home, "whitelist", carol.jid)
    await followed(home, dave)
    for node in nodes:
        assert await may_read(carol, home.jid, node)
        assert not await may_read(dave, home.jid, node)
    await carol.ask("set", home.jid, item("c", entry("nice"), node=mine.comments_node))
    await give(home, "open")
    await followed(home, dave)
    for node in nodes:
        assert await may_read(dave, home.jid, node)


@pytest.mark.every_server
async def test_likes_of_comments_are_for_the_readers_of_the_blog(make_home, make_peer):
    home, carol, dave = await (await make_home()).online(), await make_peer(), await make_peer()
    await create(home, access="whitelist", members=[carol.jid])
    mine = await published(home)
    talk = COMMENTS + mine.id
    said = await home.call(BLOG, "comment", "", "", mine.id, "green, I say", {})
    await home.call(BLOG, "like", "", talk, said, True)
    await until_state(home, said, "published", node=talk)
    likes = node_of(ItemAddress(home.jid, talk, said))
    assert await may_read(carol, home.jid, likes)
    assert not await may_read(dave, home.jid, likes)
    await give(home, "whitelist", dave.jid)
    await followed(home, dave)
    assert not await may_read(carol, home.jid, likes)
    assert await may_read(dave, home.jid, likes)


@pytest.mark.every_server
async def test_comments_follow_their_blog_also_on_the_next_connection(make_home, make_peer):
    home, dave = await (await make_home()).online(), await make_peer()
    mine = await published(home)
    await give(home, "whitelist")
    await home.crash()
    await home.come_back()
    await home.online()
    await followed(home, dave)
    assert not await may_read(dave, home.jid, COMMENTS + mine.id)


@pytest.mark.every_server
async def test_a_blog_that_is_deleted_is_gone_with_its_comments_here_and_there(
    make_home, make_peer
):
    home, peer = await (await make_home()).online(), await make_peer()
    mine = await published(home)
    await delete(home)
    await followed(home, peer)
    for node in (MICROBLOG, COMMENTS + mine.id):
        with pytest.raises(BackendError):
            await items_of(peer, home.jid, node)
    assert await home.call(BLOG, "timeline", {}) == ([], {"next": ""})
    for gone in (delete(home), access(home), give(home, "open")):
        with pytest.raises(UnknownItem):
            await gone
    again = await published(home, {"title": "anew"})
    assert list(await read(peer, home.jid)) == [again.id]


@pytest.mark.every_server
async def test_a_blog_is_not_deleted_under_what_waits_to_be_published_there(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    await create(home)
    await home.session.disconnect()
    id = await publish(home)
    with pytest.raises(NotAllowed, match="discard"):
        await delete(home)
    await home.online()
    await until_state(home, id, "published")
    assert list(await read(peer, home.jid)) == [id]


@pytest.mark.every_server
async def test_a_group_s_blog_is_made_at_a_service_followed_and_deleted(
    make_home, make_peer, hosting
):
    server, service = hosting
    bob = await (await make_home("bob", server=server)).online()
    carol = await make_peer(server=server)
    await create(
        bob, service, "news", access="whitelist", members=[carol.jid], title="News", description="x"
    )
    await bob.call(BLOG, "subscribe", service, "news", {})
    mine = await published(bob, service=service, node="news")
    assert list(await read(carol, service, "news")) == [mine.id]
    assert await access(bob, service, "news") == ("whitelist", [carol.jid])
    await give(bob, "open", service=service, node="news")
    stranger = await make_peer(server=server)
    assert await may_read(stranger, service, "news")
    await delete(bob, service, "news")

    async def is_left():
        return not await bob.call(BLOG, "subscriptions", {})

    await bob.until(is_left)
    with pytest.raises(UnknownItem):
        await items_of(carol, service, "news")


@pytest.mark.every_server
async def test_whom_a_blog_is_for_is_told_as_far_as_its_service_says_it(
    make_home, make_peer, hosting
):
    server, service = hosting
    bob = await (await make_home("bob", server=server)).online()
    alice = await (await make_home("alice", server=server)).online()
    await create(bob, service, "private", access="whitelist", members=["x@y.example"])
    try:
        assert await access(alice, service, "private") == ("whitelist", [])
    except NotAllowed as error:
        assert service in str(error)  # noqa: PT017  # either is right
    with pytest.raises(NotAllowed):
        await give(alice, "open", service=service, node="private")
    with pytest.raises(NotAllowed):
        await delete(alice, service, "private")
    await delete(bob, service, "private")


@pytest.mark.every_server(but=["ejabberd"])
async def test_a_server_without_groups_is_told_to_have_none_and_nothing_is_different(
    make_home, make_peer
):
    home, peer = await (await make_home()).online(), await make_peer()
    await home.call(names.ROSTER, "set", peer.jid, "", ["Friends"], {})
    await create(home)
    with pytest.raises(NotSupported, match="groups of your contacts"):
        await give(home, "roster", "Friends")
    assert await access(home) == ("open", [])
    await delete(home)
    with pytest.raises(NotSupported, match="groups of your contacts"):
        await create(home, access="roster", members=["Friends"])
    with pytest.raises(UnknownItem):
        await access(home)


@pytest.mark.every_server(but=["prosody"])
async def test_a_blog_is_for_groups_of_contacts(make_home, make_peer):
    home, carol = await befriended(make_home, make_peer)
    dave = await make_peer()
    await home.call(names.ROSTER, "set", carol.jid, "", ["Friends"], {})
    await create(home, access="roster", members=["Friends"])
    await published(home)
    assert await access(home) == ("roster", ["Friends"])
    assert await may_read(carol, home.jid)
    assert not await may_read(dave, home.jid)
    await home.call(names.ROSTER, "set", carol.jid, "", ["Others"], {})
    await give(home, "roster", "Others")
    assert await access(home) == ("roster", ["Others"])


@pytest.mark.parametrize(
    ("model", "members", "kind", "why"),
    [
        ("whitelist", ["a@b@c"], InvalidJid, "a@b@c"),
        ("open", ["a@b.example"], InvalidArgument, "named for whitelist"),
        ("presence", ["a@b.example"], InvalidArgument, "named for whitelist"),
        ("roster", [], InvalidArgument, "name the groups"),
        ("roster", ["\x1b[31mNobodies"], InvalidArgument, "no contact of yours"),
    ],
)
async def test_what_no_blog_can_be_for_is_refused_at_once(make_home, model, members, kind, why):
    home = await make_home()
    with pytest.raises(kind, match=why) as refused:
        await give(home, model, *members)
    assert "\x1b" not in str(refused.value)
    with pytest.raises(kind, match=why):
        await create(home, access=model, members=members)


async def test_nothing_of_it_is_possible_without_a_connection(make_home):
    home = await make_home()
    for asked in (create(home), access(home), give(home, "open"), delete(home)):
        with pytest.raises(NotConnected):
            await asked


@pytest.mark.every_server
async def test_what_other_programs_keep_in_an_account_is_no_blog(make_home, make_peer):
    home = await make_home()
    client = await make_peer(home.account, resource="other")
    await open_blog(client, "eu.siacs.conversations.axolotl.devicelist", access="whitelist")
    await open_blog(client, "urn:example:secrets", access="whitelist")
    await home.online()
    with pytest.raises(NotAllowed):
        await give(home, "open", node="urn:example:secrets")
    with pytest.raises(NotAllowed):
        await delete(home, node="urn:example:secrets")
    with pytest.raises(NotAllowed):
        await create(home, node="urn:example:others")
    assert await access(home, node="urn:example:secrets") == ("whitelist", [])


@pytest.mark.every_server
async def test_a_node_that_another_program_made_a_blog_by_its_type_is_one(make_home, make_peer):
    home = await make_home()
    client = await make_peer(home.account, resource="other")
    options = {"access_model": "open", "type": "http://www.w3.org/2005/Atom"}
    await client.stream.request("set", None, pubsub.create("urn:example:blog", options))
    await client.ask("set", None, item("1", entry("a"), node="urn:example:blog"))
    await home.online()
    await give(home, "whitelist", node="urn:example:blog")
    assert await access(home, node="urn:example:blog") == ("whitelist", [])


@pytest.mark.every_server
async def test_those_who_write_there_read_it_whoever_is_named(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    await create(home)
    roles = pubsub.set_affiliations(MICROBLOG, {peer.jid: "publisher"})
    await home.inside.stream.request("set", None, roles)
    await give(home, "whitelist")
    assert await access(home) == ("whitelist", [])
    await peer.ask("set", home.jid, item("1", entry("theirs")))
    assert await may_read(peer, home.jid)


@pytest.mark.every_server(but=["ejabberd"])  # which lets everybody
async def test_a_service_where_only_some_make_blogs_says_so_to_others(make_home, server):
    home = await (await make_home()).online()
    with pytest.raises(NotAllowed, match="does not let you make blogs"):
        await create(home, f"pubsub.{server.domain}", "news")


async def writers(home, service="", node=""):
    model, members = await home.call(BLOG, "writers", service, node, {})
    return model, list(members)


async def let_write(home, model, *members, service="", node=""):
    await home.call(BLOG, "set_writers", service, node, model, list(members), {})


async def may_write(peer, owner, node, title):
    try:
        await peer.ask("set", owner, item(title, entry(title), node=node))
    except NotAllowed:
        return False
    return True


@pytest.mark.every_server
async def test_whoever_is_named_writes_in_a_group_s_blog_until_they_are_not(
    make_home, make_peer, hosting
):
    server, service = hosting
    bob = await (await make_home("bob", server=server)).online()
    carol, dave = await make_peer(server=server), await make_peer(server=server)
    at = {"service": service, "node": "garden"}
    await create(bob, service, "garden", access="whitelist", members=[carol.jid, dave.jid])
    assert await writers(bob, **at) == ("publishers", [])
    assert not await may_write(carol, service, "garden", "one")
    await let_write(bob, "publishers", carol.jid, bob.jid, **at)
    assert await writers(bob, **at) == ("publishers", [carol.jid])
    assert await may_write(carol, service, "garden", "two")
    assert not await may_write(dave, service, "garden", "three")
    await let_write(bob, "publishers", dave.jid, **at)
    assert not await may_write(carol, service, "garden", "four")
    assert await may_write(dave, service, "garden", "five")
    assert await may_read(carol, service, "garden")
    await delete(bob, service, "garden")


@pytest.mark.every_server
async def test_everybody_who_sees_a_blog_writes_there_where_its_owner_says_so(
    make_home, make_peer, hosting
):
    server, service = hosting
    bob = await (await make_home("bob", server=server)).online()
    carol = await make_peer(server=server)
    at = {"service": service, "node": "wall"}
    await create(bob, service, "wall")
    await let_write(bob, "open", **at)
    assert await writers(bob, **at) == ("open", [])
    assert await may_write(carol, service, "wall", "one")
    await let_write(bob, "publishers", **at)
    assert not await may_write(carol, service, "wall", "two")
    with pytest.raises(InvalidArgument, match="named for publishers"):
        await let_write(bob, "open", carol.jid, **at)
    with pytest.raises(InvalidJid):
        await let_write(bob, "publishers", "a@b@c", **at)
    alice = await (await make_home("alice", server=server)).online()
    with pytest.raises(NotAllowed):
        await writers(alice, **at)
    with pytest.raises(NotAllowed):
        await let_write(alice, "open", **at)
    await delete(bob, service, "wall")


@pytest.mark.every_server
async def test_what_one_wrote_in_a_blog_of_others_waits_for_nothing_where_they_alone_decide(
    make_home, make_peer, hosting
):
    server, service = hosting
    bob = await (await make_home("bob", server=server)).online()
    alice = await (await make_home("alice", server=server)).online()
    peer, at = await make_peer(server=server), {"service": service, "node": "theirs"}
    await create(bob, service, "theirs")
    await let_write(bob, "publishers", alice.jid, **at)
    mine = await published(alice, **at)
    assert mine.comments_service == alice.jid
    with pytest.raises(NotAllowed):
        await give(alice, "whitelist", **at)
    await followed(alice, peer)
    assert await may_read(peer, alice.jid, mine.comments_node)
    await delete(bob, service, "theirs")


@pytest.mark.every_server
async def test_what_belongs_to_a_long_blog_follows_it_a_few_nodes_at_a_time(
    make_home, make_peer, monkeypatch
):
    home = await (await make_home()).online()
    for number in range(6):
        await published(home, {"title": f"post {number}"})
    real, going, most = home.inside.blog_nodes.give, set(), 0

    async def give_one(feed, whose, options=None):
        nonlocal most
        going.add(feed)
        most = max(most, len(going))
        try:
            return await real(feed, whose, options)
        finally:
            going.discard(feed)

    monkeypatch.setattr(home.inside.blog_nodes, "give", give_one)
    await give(home, "presence")
    await followed(home, await make_peer())
    assert 1 < most <= belonging.AT_ONCE


@pytest.mark.every_server
async def test_what_is_no_service_of_blogs_is_said_to_be_none(make_home):
    home = await (await make_home()).online()
    server = home.jid.partition("@")[2]
    with pytest.raises(NotSupported, match=f"{server} can't have blogs"):
        await create(home, server, "garden")
