"""Finding blogs at services and accounts, on real servers, with what they are called."""

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument, InvalidJid, NotConnected
from backendd.core import clock, disco
from backendd.core.contacts import ContactsChanged
from backendd.core.entries import COMMENTS, MICROBLOG
from backendd.features.blog_discovery.naming import OLD_US
from tests.features.test_blog_access import create, give, hosting
from tests.features.test_blogs import open_blog, retract, write
from tests.features.test_publishing import published
from tests.features.test_receipts import befriended

__all__ = ["hosting"]

BLOG = names.BLOG


async def nodes(home, service="", **options):
    found, page = await home.call(BLOG, "nodes", service, options)
    return {each.node: each for each in found}, page["next"]


@pytest.mark.every_server
async def test_the_blogs_of_a_service_are_listed_with_what_it_says_of_them(make_home, hosting):
    server, service = hosting
    bob = await (await make_home("bob", server=server)).online()
    assert await bob.call(BLOG, "group_service", {}) == service
    await create(bob, service, "news", title="The news", description="of the library")
    await create(bob, service, "unnamed", access="whitelist")
    other = {"access_model": "open", "type": "urn:example:tickets"}
    await bob.inside.pubsub.create("tickets", service=service, options=other)
    await bob.inside.pubsub.create(f"{COMMENTS}1", service=service)
    found, following = await nodes(bob, service)
    assert {"news", "unnamed"} <= set(found)
    assert not {"tickets", f"{COMMENTS}1"} & set(found)
    assert (found["news"].title, found["news"].description) == ("The news", "of the library")
    assert found["news"].service == service
    assert following == ""
    for node in ("news", "unnamed", "tickets", f"{COMMENTS}1"):
        await bob.inside.pubsub.delete(node, service=service)


@pytest.mark.every_server
async def test_one_blog_is_told_of_whether_it_is_followed_or_not(make_home, hosting):
    server, service = hosting
    bob = await (await make_home("bob", server=server)).online()
    carol = await (await make_home(server=server)).online()
    await create(bob, service, "told", title="The news", description="of the library")
    found = await carol.call(BLOG, "node", service, "told", {})
    assert (found.service, found.node, found.title) == (service, "told", "The news")
    assert found.description == "of the library"
    missing = await carol.call(BLOG, "node", service, "no such node", {})
    assert (missing.node, missing.title) == ("no such node", "")
    await bob.inside.pubsub.delete("told", service=service)
    await carol.leave()
    await carol.come_back()
    with pytest.raises(NotConnected):
        await carol.call(BLOG, "node", service, "told", {})


@pytest.mark.every_server
async def test_a_gallery_is_a_blog(make_home, hosting):
    server, service = hosting
    bob = await (await make_home("bob", server=server)).online()
    await create(bob, service, "photos", title="Photos", gallery=True)
    found, _ = await nodes(bob, service)
    assert found["photos"].title == "Photos"
    await give(bob, "whitelist", service=service, node="photos")
    await bob.inside.pubsub.delete("photos", service=service)


@pytest.mark.every_server
async def test_the_blogs_of_a_service_come_page_by_page(make_home, hosting):
    server, service = hosting
    bob = await (await make_home("bob", server=server)).online()
    made = {f"blog{number}" for number in range(7)}
    for node in made:
        await create(bob, service, node)
    seen, after = [], ""
    while True:
        page, after = await nodes(bob, service, limit=3, after=after)
        assert len(page) <= 3 or server.__class__.__name__ == "Ejabberd"
        seen += page
        if not after:
            break
    assert sorted(each for each in seen if each in made) == sorted(made)
    for node in made:
        await bob.inside.pubsub.delete(node, service=service)


@pytest.mark.every_server
async def test_a_contact_s_blog_is_found_and_nothing_else_that_they_keep(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await open_blog(peer)
    await open_blog(peer, "urn:xmpp:avatar:metadata")
    found, _ = await nodes(home, peer.jid)
    assert list(found) == [MICROBLOG]
    await published(home)
    own, _ = await nodes(home)
    assert list(own) == [MICROBLOG]


@pytest.mark.every_server
async def test_a_blog_that_is_followed_is_called_as_its_service_says(make_home, hosting):
    server, service = hosting
    bob = await (await make_home("bob", server=server)).online()
    alice = await (await make_home("alice", server=server)).online()
    await create(bob, service, "named", title="On\tbooks")
    await alice.call(BLOG, "subscribe", service, "named", {})

    async def is_named():
        (followed,) = await alice.call(BLOG, "subscriptions", {})
        return followed.name == "On books"

    await alice.until(is_named)
    await alice.call(BLOG, "unsubscribe", service, "named", {})
    await bob.inside.pubsub.delete("named", service=service)


@pytest.mark.every_server(but=["ejabberd"])  # nobody gives a node another title there
async def test_what_a_blog_is_called_is_asked_once_a_day_and_not_on_each_stream(
    make_home, hosting, monkeypatch
):
    server, service = hosting
    bob = await (await make_home("bob", server=server)).online()
    alice = await (await make_home("alice", server=server)).online()
    asked = asked_of(alice)
    await create(bob, service, "has one", title="On books")
    await create(bob, service, "has none")
    for node in ("has one", "has none"):
        await alice.call(BLOG, "subscribe", service, node, {})
    await alice.until(lambda: is_called(alice, "has one", "On books"))
    await alice.until(lambda: {"has one", "has none"} <= set(asked))
    await on_another_stream(alice, bob, service, asked, "new 1")
    assert asked == ["new 1"]
    await bob.inside.pubsub.configure("has one", {"title": "On trains"}, service=service)
    await bob.inside.pubsub.configure("has none", {"title": "On ships"}, service=service)
    now = clock.now_us
    monkeypatch.setattr(clock, "now_us", lambda: now() + OLD_US)
    await on_another_stream(alice, bob, service, asked, "new 2")
    await alice.until(lambda: is_called(alice, "has one", "On trains"))
    await alice.until(lambda: is_called(alice, "has none", "On ships"))
    for node in ("has one", "has none", "new 1", "new 2"):
        await alice.call(BLOG, "unsubscribe", service, node, {})
        await bob.inside.pubsub.delete(node, service=service)


async def is_called(home, node, name):
    found = await home.call(BLOG, "subscriptions", {})
    return {each.node: each.name for each in found}[node] == name


async def on_another_stream(home, owner, service, asked, new):
    """Have blogs told on another stream, and one behind them whose name is asked for."""
    await home.session.disconnect()
    asked.clear()
    await home.online()
    for node in ("has one", "has none"):
        for notify in ("none", "all"):
            await home.call(BLOG, "set_subscription", service, node, {"notify": notify})
    await create(owner, service, new, title="New")
    await home.call(BLOG, "subscribe", service, new, {})
    await home.until(lambda: is_called(home, new, "New"))


def asked_of(home):
    """Return what nodes a home asks about from now on."""
    asked, request = [], home.inside.stream.request

    async def noted(kind, to, payload, **options):
        if payload.tag == f"{{{disco.INFO}}}query" and payload.get("node"):
            asked.append(payload.get("node"))
            home.hub.changed.set()
        return await request(kind, to, payload, **options)

    home.inside.stream.request = noted
    return asked


async def test_what_can_not_be_asked_is_refused(make_home):
    home = await make_home()
    with pytest.raises(InvalidJid):
        await nodes(home, "a@b@c")
    with pytest.raises(InvalidArgument):
        await nodes(home, limit=0)
    with pytest.raises(NotConnected):
        await nodes(home)
    with pytest.raises(NotConnected):
        await home.call(BLOG, "group_service", {})


@pytest.mark.every_server
async def test_a_contact_who_writes_a_blog_is_known_to_as_long_as_there_is_something_in_it(
    make_home, make_peer
):
    home, peer = await befriended(make_home, make_peer)

    async def blogs():
        (contact,) = await home.call(names.ROSTER, "list", {})
        return bool(contact.more.get("blog"))

    async def blogs_not():
        return not await blogs()

    assert not await blogs()
    await open_blog(peer)
    await write(peer, "hello")
    await home.until(blogs)
    told = [each for event in home.hub.of(ContactsChanged) for each in event.contacts]
    assert told[-1].more.get("blog")
    await home.call(BLOG, "list", peer.jid, "", {})
    await peer.ask("set", None, retract("hello"))
    await home.call(BLOG, "list", peer.jid, "", {})
    await home.until(blogs_not)


@pytest.mark.every_server
async def test_a_contact_s_blog_that_is_found_is_known_from_then_on(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    await open_blog(peer)
    await write(peer, "hello")
    await home.call(names.ROSTER, "subscribe", peer.jid, {})
    await peer.until(lambda: any(each.get("type") == "subscribe" for each in peer.stanzas))
    peer.write(f"<presence to='{home.jid}' type='subscribed'/>")

    async def is_seen():
        found = await home.call(names.ROSTER, "list", {})
        return any(each.subscription in ("to", "both") for each in found)

    await home.until(is_seen)
    await nodes(home, peer.jid)

    async def blogs():
        (contact,) = await home.call(names.ROSTER, "list", {})
        return bool(contact.more.get("blog"))

    await home.until(blogs)
