"""Reading blogs, and following them, on real servers."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument, NotAllowed, NotConnected, UnknownItem
from backendd.core import pubsub, uris, xml
from backendd.core.entries import MICROBLOG, EntriesChanged, EntriesGone, FeedsChanged
from backendd.core.uris import ItemAddress
from backendd.features.blog import stanza
from tests.features.test_receipts import befriended
from tests.lab.prosody import Prosody

BLOG = names.BLOG
PUBSUB = pubsub.PUBSUB
HOUR_US = 3_600_000_000
BEGAN_US = xml.parse_time("2026-01-01T00:00:00Z")


def stamp(hours):
    return xml.format_time(BEGAN_US + hours * HOUR_US)


def entry(title, *, hours=0, inner="", author=""):
    """Return the payload of an entry, published so many hours after another."""
    who = f"<author><uri>xmpp:{author}</uri></author>" if author else ""
    return (
        f"<entry xmlns='http://www.w3.org/2005/Atom'><title>{title}</title>{who}"
        f"<published>{stamp(hours)}</published><updated>{stamp(hours)}</updated>{inner}</entry>"
    )


ATOM = "<entry xmlns='http://www.w3.org/2005/Atom'>"


def item(id, payload, *, node=MICROBLOG):
    return (
        f"<pubsub xmlns='{PUBSUB}'><publish node='{node}'>"
        f"<item id='{id}'>{payload}</item></publish></pubsub>"
    )


def retract(id, node=MICROBLOG):
    return (
        f"<pubsub xmlns='{PUBSUB}'><retract node='{node}' notify='true'>"
        f"<item id='{id}'/></retract></pubsub>"
    )


async def open_blog(peer, node=MICROBLOG, access="open"):
    """Have a peer make a blog for all to read."""
    form = pubsub.create(node, {"access_model": access, "persist_items": True, "max_items": "max"})
    await peer.stream.request("set", None, form)


async def write(peer, *titles, node=MICROBLOG):
    """Have a peer write entries, an hour after each other."""
    for number, title in enumerate(titles):
        await peer.ask("set", None, item(title, entry(title, hours=number), node=node))


async def titles(home, peer, **options):
    entries, _ = await home.call(BLOG, "list", peer.jid, "", options)
    return [each.title for each in entries]


async def timeline(home, **options):
    entries, _ = await home.call(BLOG, "timeline", options)
    return [each.title for each in entries]


async def subscription(home, peer):
    found = await home.call(BLOG, "subscriptions", {})
    return next((each for each in found if each.service == peer.jid), None)


async def follow(home, peer):
    """Follow a peer's blog, and wait for what is in it."""
    await home.call(BLOG, "subscribe", peer.jid, "", {})
    await home.until(lambda: timeline(home))


@pytest.mark.every_server
async def test_a_blog_is_read_newest_first_whatever_the_order_in_which_it_was_written(
    make_home, make_peer
):
    peer = await make_peer()
    await open_blog(peer)
    for title, hours in (("second", 2), ("third", 3), ("first", 1)):
        await peer.ask("set", None, item(title, entry(title, hours=hours)))
    home = await (await make_home()).online()
    assert await titles(home, peer) == ["third", "second", "first"]


@pytest.mark.every_server
async def test_all_of_an_entry_is_told(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    inner = (
        "<content type='text'>a b</content><content type='xhtml'>"
        "<div xmlns='http://www.w3.org/1999/xhtml'><p>a <b onclick='x'>b</b></p></div></content>"
        "<category term='verona'/>"
        "<link rel='enclosure' href='https://a.example/b.png' type='image/png' title='b'/>"
        "<link rel='via' href='https://a.example/c'/>"
        f"<link rel='replies' title='comments' href='xmpp:{peer.jid}"
        "?;node=urn%3Axmpp%3Amicroblog%3A0%3Acomments%2F1'/>"
    )
    await peer.ask("set", None, item("1", entry("A title", inner=inner, author=peer.jid)))
    home = await (await make_home()).online()
    (found,), page = await home.call(BLOG, "list", peer.jid, "", {})
    assert (page["next"], page["offline"]) == ("", False)
    assert (found.service, found.node, found.id) == (peer.jid, MICROBLOG, "1")
    assert uris.decode(found.uri) == ItemAddress(peer.jid, MICROBLOG, "1")
    assert (found.title, found.body) == ("A title", "a b")
    assert found.xhtml == '<div xmlns="http://www.w3.org/1999/xhtml"><p>a <b>b</b></p></div>'
    assert (found.author, found.author_verified) == (peer.jid, True)
    assert (found.published, found.updated) == (BEGAN_US, BEGAN_US)
    assert found.tags == ["verona"]
    assert [(each.url, each.mime, each.title) for each in found.attachments] == [
        ("https://a.example/b.png", "image/png", "b")
    ]
    assert [(each.rel, each.href) for each in found.links] == [("via", "https://a.example/c")]
    assert (found.comments_service, found.comments_node) == (
        peer.jid,
        "urn:xmpp:microblog:0:comments/1",
    )
    assert found.state == "published"


@pytest.mark.every_server
async def test_a_long_blog_is_read_page_by_page(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    written = [f"n{number:03}" for number in range(120)]
    await write(peer, *written)
    home = await (await make_home()).online()
    seen, after = [], ""
    while True:
        entries, page = await home.call(BLOG, "list", peer.jid, "", {"limit": 35, "after": after})
        seen += [each.title for each in entries]
        after = page["next"]
        if not after:
            break
    assert seen == written[::-1]


@pytest.mark.every_server
async def test_what_was_read_once_is_there_without_a_connection(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    await write(peer, "one", "two")
    home = await (await make_home()).online()
    assert await titles(home, peer) == ["two", "one"]
    await home.session.disconnect()
    entries, page = await home.call(BLOG, "list", peer.jid, "", {})
    assert [each.title for each in entries] == ["two", "one"]
    assert page["offline"]
    with pytest.raises(NotConnected):
        await home.call(BLOG, "list", "nobody@x.localhost", "", {})


@pytest.mark.every_server
async def test_what_is_followed_is_told_as_it_is_written_and_unread(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    await write(peer, "before")
    home = await (await make_home()).online()
    await follow(home, peer)
    assert await timeline(home) == ["before"]
    assert (await subscription(home, peer)).unread == 0
    await peer.ask("set", None, item("new", entry("new", hours=24 * 365 * 50)))
    told = await home.until(
        lambda: [
            each
            for event in home.hub.of(EntriesChanged)
            for each in event.entries
            if each.title == "new"
        ]
    )
    assert told[0].unread
    assert await timeline(home) == ["new", "before"]
    assert await timeline(home, unread=True) == ["new"]
    assert (await subscription(home, peer)).unread == 1
    await home.call(BLOG, "mark_read", peer.jid, "", ["new"], {})
    assert await timeline(home, unread=True) == []
    assert (await subscription(home, peer)).unread == 0
    assert len(await timeline(home)) == 2  # however often a server tells it


@pytest.mark.every_server
async def test_what_comes_is_news_whenever_it_says_that_it_was_written(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    await write(peer, "before")
    home = await (await make_home()).online()
    await follow(home, peer)
    assert await titles(home, peer) == ["before"]

    def unread(*wanted):
        async def are_told():
            return set(await timeline(home, unread=True)) == set(wanted)

        return home.until(are_told)

    await peer.ask("set", None, item("a", entry("while one was there", hours=-24)))
    await unread("while one was there")
    await home.session.disconnect()
    await peer.ask("set", None, item("b", entry("while one was away", hours=-48)))
    await home.online()
    await unread("while one was there", "while one was away")


@pytest.mark.every_server
async def test_an_entry_that_is_written_again_is_changed_at_its_place(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    await write(peer, "one", "two")
    home = await (await make_home()).online()
    await follow(home, peer)
    await peer.ask("set", None, item("one", entry("changed", hours=0)))

    async def is_changed():
        return await timeline(home) == ["two", "changed"]

    await home.until(is_changed)


# ejabberd 23.01 tells nobody what is taken back.
@pytest.mark.every_server(but=["ejabberd"])
async def test_an_entry_that_is_taken_back_is_gone(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    await write(peer, "one", "two")
    home = await (await make_home()).online()
    await follow(home, peer)
    await peer.ask("set", None, retract("one"))
    (gone,) = await home.until(lambda: home.hub.of(EntriesGone))
    assert (gone.feed.service, gone.ids) == (peer.jid, ["one"])
    assert await timeline(home) == ["two"]


@pytest.mark.every_server
async def test_what_was_taken_back_meanwhile_is_gone_with_the_next_look(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    await write(peer, "one", "two")
    home = await (await make_home()).online()
    assert await titles(home, peer) == ["two", "one"]
    await peer.ask("set", None, retract("one"))
    assert await titles(home, peer) == ["two"]


@pytest.mark.every_server
async def test_what_was_written_meanwhile_is_read_with_the_next_connection(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    await write(peer, "one")
    home = await (await make_home()).online()
    await follow(home, peer)
    await home.session.disconnect()
    await write(peer, *(f"n{number:02}" for number in range(60)))
    await home.online()

    async def is_here():
        return len(await timeline(home, limit=100)) == 61

    await home.until(is_here)


@pytest.mark.every_server
async def test_a_blog_that_is_left_is_in_the_timeline_no_more_and_tells_nothing(
    make_home, make_peer
):
    peer = await make_peer()
    await open_blog(peer)
    await write(peer, "one")
    home = await (await make_home()).online()
    await follow(home, peer)
    await home.call(BLOG, "unsubscribe", peer.jid, "", {})
    assert await timeline(home) == []
    assert await subscription(home, peer) is None
    assert [each.title for each in await home.call(BLOG, "search", "one", {})] == ["one"]
    with pytest.raises(UnknownItem):
        await home.call(BLOG, "unsubscribe", peer.jid, "", {})


@pytest.mark.every_server
async def test_a_blog_that_one_may_not_read_is_refused_with_a_sentence(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer, access="whitelist")
    home = await (await make_home()).online()
    for member in ("list", "subscribe"):
        with pytest.raises(NotAllowed, match="let"):
            await home.call(BLOG, member, peer.jid, "", {})
    with pytest.raises((UnknownItem, NotAllowed)):  # some don't even say that it isn't there
        await home.call(BLOG, "list", peer.jid, "no-such-node", {})


async def test_that_somebody_has_no_blog_is_said_so(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    with pytest.raises(UnknownItem, match="has no blog"):
        await home.call(BLOG, "list", peer.jid, "", {})


@pytest.mark.every_server
async def test_an_entry_is_had_by_its_id(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    await peer.ask("set", None, item("a/b c é", entry("odd")))
    home = await (await make_home()).online()
    found = await home.call(BLOG, "get", peer.jid, "", "a/b c é", {})
    assert found.title == "odd"
    with pytest.raises(UnknownItem):
        await home.call(BLOG, "get", peer.jid, "", "none", {})


@pytest.mark.every_server
async def test_a_long_entry_is_cut_in_lists_and_whole_by_itself(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    long = "word " * 10_000
    inner = f"<content type='text'>{long}</content>"
    await peer.ask("set", None, item("1", entry("long", inner=inner)))
    home = await (await make_home()).online()
    (listed,), _ = await home.call(BLOG, "list", peer.jid, "", {})
    assert listed.truncated
    assert len(listed.body) < len(long)
    whole = await home.call(BLOG, "get", peer.jid, "", "1", {})
    assert not whole.truncated
    assert whole.body == long.strip("\n")


async def test_lists_come_without_markup_where_none_is_wanted(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    markup = '<div xmlns="http://www.w3.org/1999/xhtml"><p>red</p></div>'
    inner = f"<content type='text'>red</content><content type='xhtml'>{markup}</content>"
    await peer.ask("set", None, item("1", entry("Roses", inner=inner)))
    await peer.ask("set", None, item("2", entry("red as it is", hours=1)))
    home = await (await make_home()).online()
    await follow(home, peer)
    wanted, unwanted = {}, {"markup": False}

    async def told(options):
        listed, _ = await home.call(BLOG, "list", peer.jid, "", options)
        followed, _ = await home.call(BLOG, "timeline", options)
        found = await home.call(BLOG, "search", "red", options)
        return [
            [(each.xhtml, each.has_markup) for each in some] for some in (listed, followed, found)
        ]

    assert await told(wanted) == [[("", False), (markup, False)]] * 3
    assert await told(unwanted) == [[("", False), ("", True)]] * 3
    whole = await home.call(BLOG, "get", peer.jid, "", "1", {})
    assert (whole.xhtml, whole.has_markup) == (markup, False)


async def test_entries_are_found_by_their_words(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    for title, text in (("Roses", "red"), ("Violets", "are blue"), ("Café", "au lait")):
        inner = f"<content type='text'>{text}</content><category term='{title}tag'/>"
        await peer.ask("set", None, item(title, entry(title, inner=inner)))
    home = await (await make_home()).online()
    await titles(home, peer)

    async def found(query, **options):
        hits = await home.call(BLOG, "search", query, options)
        return [(each.title, each.snippet, each.ranges) for each in hits]

    assert await found("blue") == [("Violets", "are blue", [(4, 4)])]
    assert await found("cafe") == [("Café", "Café", [(0, 4)])]
    assert [each[0] for each in await found("rosestag")] == ["Roses"]
    assert await found("blue", service="other@x.localhost") == []
    assert len(await found("blue", service=peer.jid)) == 1
    assert len(await found("blue", service=peer.jid, node=MICROBLOG)) == 1
    assert await found("") == []


async def test_an_entry_of_next_year_stands_where_it_came(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    far = f"{ATOM}<title>future</title><published>9999-12-31T00:00:00Z</published></entry>"
    await peer.ask("set", None, item("future", far))
    home = await (await make_home()).online()
    await follow(home, peer)
    before = (await home.call(BLOG, "get", peer.jid, "", "future", {})).order

    async def is_listed(*expected):
        return await timeline(home) == [*expected]

    await peer.ask("set", None, item("now", f"{ATOM}<title>now</title></entry>"))
    await home.until(lambda: is_listed("now", "future"))
    assert await titles(home, peer) == ["now", "future"]
    found, _ = await home.call(BLOG, "timeline", {})
    future = found[-1]
    assert future.published > future.order == before
    hits = await home.call(BLOG, "search", "future", {"before": future.order})
    assert hits == []
    await peer.ask("set", None, item("future", far.replace(">future", ">changed")))
    await home.until(lambda: is_listed("now", "changed"))
    found, _ = await home.call(BLOG, "timeline", {})
    assert found[-1].order == before


async def test_entries_are_found_by_their_tags_as_a_whole_and_whatever_their_case(
    make_home, make_peer
):
    peer = await make_peer()
    await open_blog(peer)
    tagged = (
        ("Green", ["Tea", "two words"]), ("Teatime", ["teatime"]), ("Tea", []),
        ("Black", ["tea", "Über"]), ("Odd", ["c++", "—", "#sign"]),
    )  # fmt: skip
    for hours, (title, tags) in enumerate(tagged):
        inner = "".join(f"<category term='{each}'/>" for each in tags)
        await peer.ask("set", None, item(title, entry(title, hours=-hours, inner=inner)))
    home = await (await make_home()).online()
    await titles(home, peer)

    async def found(query, **options):
        return {each.title for each in await home.call(BLOG, "search", query, options)}

    assert await found("#tea") == await found("#TEA") == {"Green", "Black"}
    assert await found("#tea black") == await found("black #tea #über") == {"Black"}
    assert await found("#tea #teatime") == set()
    assert await found('#"two words"') == {"Green"}
    assert await found("#two") == set()
    assert await found("#c++") == await found("#—") == await found("#sign") == {"Odd"}
    assert await found("tea") == {"Green", "Black", "Tea"}
    assert await found("#tea", service=peer.jid, node=MICROBLOG, limit=1) == {"Green"}
    (hit,) = await home.call(BLOG, "search", "#über", {})
    assert (hit.snippet, hit.ranges) == ("Black", [])
    inner = "<category term='coffee'/>"
    await peer.ask("set", None, item("Green", entry("Green", inner=inner)))
    await titles(home, peer)
    assert await found("#tea") == {"Black"}
    assert await found("#Coffee") == {"Green"}


@pytest.mark.every_server
async def test_who_wrote_it_is_sure_only_where_nobody_else_can_have_said_so(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    await peer.ask("set", None, item("1", entry("mine", hours=1, author=peer.jid)))
    await peer.ask("set", None, item("2", entry("forged", hours=2, author="romeo@x.localhost")))
    await peer.ask("set", None, item("3", entry("nobody's", hours=3)))
    home = await (await make_home()).online()
    found, _ = await home.call(BLOG, "list", peer.jid, "", {})
    assert [(each.title, each.author, each.author_verified) for each in found] == [
        ("nobody's", peer.jid, True),
        ("forged", "romeo@x.localhost", False),
        ("mine", peer.jid, True),
    ]


@pytest.mark.every_server
async def test_an_entry_from_tomorrow_stands_where_it_came(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    home = await (await make_home()).online()
    await peer.ask("set", None, item("tomorrow", entry("tomorrow", hours=24 * 365 * 100)))
    assert await titles(home, peer) == ["tomorrow"]
    now = xml.format_time(xml.parse_time("2026-01-01T00:00:00Z"))
    assert now
    (found,), _ = await home.call(BLOG, "list", peer.jid, "", {})
    assert found.published == BEGAN_US + 24 * 365 * 100 * HOUR_US


@pytest.mark.every_server
async def test_what_is_no_entry_costs_the_others_nothing(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    await peer.ask("set", None, item("odd", "<nick xmlns='urn:example:nick'>a</nick>"))
    await peer.ask("set", None, item("bare", "<entry xmlns='http://www.w3.org/2005/Atom'/>"))
    await write(peer, "one")
    home = await (await make_home()).online()
    assert sorted(await titles(home, peer)) == ["", "one"]


@pytest.mark.every_server
async def test_other_clients_of_the_account_learn_what_is_followed_and_say_it(make_home, make_peer):
    peer, other_peer = await make_peer(), await make_peer()
    for each in (peer, other_peer):
        await open_blog(each)
        await write(each, each.jid)
    home = await (await make_home()).online()
    client = await make_peer(home.account, resource="other")
    await follow(home, peer)

    asked = f"<pubsub xmlns='{PUBSUB}'><items node='{stanza.NODE}'/></pubsub>"
    (kept,) = pubsub.decode_items(await client.ask("get", None, asked)).items
    assert kept.payload.attrib == {"server": peer.jid, "node": MICROBLOG}
    assert kept.id == stanza.item_id(stanza.Feed(peer.jid, MICROBLOG), home.jid)
    for node, name in ((f"{MICROBLOG}:comments/1", "Comments"), (MICROBLOG, "Theirs")):
        theirs = stanza.encode(stanza.Kept(stanza.Feed(other_peer.jid, node), name), home.jid)
        await client.stream.request("set", None, pubsub.publish(stanza.NODE, theirs))
    found = await home.until(lambda: subscription(home, other_peer))
    assert found.name == "Theirs"
    followed = await home.call(BLOG, "subscriptions", {})
    assert {each.node for each in followed} == {MICROBLOG}, "comments are no blog"


async def test_the_own_blog_is_in_the_timeline_and_needs_not_to_be_followed(make_home, make_peer):
    home = await (await make_home()).online()
    client = await make_peer(home.account, resource="other")
    await client.ask("set", None, item("1", entry("mine")))

    async def is_here():
        return await timeline(home) == ["mine"]

    await home.until(is_here)
    with pytest.raises(InvalidArgument):
        await home.call(BLOG, "subscribe", "", "", {})


async def test_what_contacts_write_is_known_without_being_asked_for(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await open_blog(peer)
    await write(peer, "hello")
    await home.until(lambda: home.hub.of(EntriesChanged))
    assert await timeline(home) == []
    assert [each.title for each in await home.call(BLOG, "search", "hello", {})] == ["hello"]


async def test_a_component_s_blog_is_followed(tmp_path, make_home):
    admins = 'admins = { "bob@x.localhost" }'
    with Prosody(tmp_path / "p", components=True, settings=admins) as server:
        service = f"pubsub.{server.domain}"
        bob = await (await make_home("bob", server=server)).online()
        theirs = bob.inside.pubsub
        options = {"access_model": "open", "persist_items": True, "title": "News"}
        await theirs.create("news", service=service, options=options)
        alice = await (await make_home("alice", server=server)).online()
        await alice.call(BLOG, "subscribe", service, "news", {})
        payload = fromstring(entry("hear", author=bob.jid))
        await theirs.publish("news", pubsub.Item("1", payload), service=service)

        async def is_here():
            return await timeline(alice) == ["hear"]

        await alice.until(is_here)
        (found,), _ = await alice.call(BLOG, "timeline", {})
        assert (found.service, found.node, found.author) == (service, "news", bob.jid)
        await alice.leave()
        await bob.leave()


async def test_what_is_new_in_a_blog_is_worth_a_notice_until_it_is_muted(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    await open_blog(peer)
    await write(peer, "before")
    with pytest.raises(UnknownItem, match="isn't followed"):
        await home.call(BLOG, "set_subscription", peer.jid, "", {"notify": "none"})
    await follow(home, peer)
    assert (await subscription(home, peer)).notify == "all"
    await home.call(BLOG, "set_subscription", peer.jid, "", {"notify": "none"})
    assert home.hub.of(FeedsChanged)[-1].feeds[0].notify == "none"
    await peer.ask("set", None, item("new", entry("new", hours=24 * 365 * 50)))

    async def is_unread():
        return (await subscription(home, peer)).unread == 1

    await home.until(is_unread)
    assert (await subscription(home, peer)).notify == "none"
    await home.call(BLOG, "unsubscribe", peer.jid, "", {})
    await follow(home, peer)
    assert (await subscription(home, peer)).notify == "all"
