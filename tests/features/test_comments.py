"""Comments on entries, and who likes them, on real servers."""

import pytest

from backendd.api import names
from backendd.api.errors import NotAllowed, UnknownItem
from backendd.core import pubsub, uris
from backendd.core.attachments import ATTACHMENTS, node_of
from backendd.core.entries import (
    COMMENTS,
    MICROBLOG,
    Content,
    EntriesChanged,
    Feed,
    Person,
)
from backendd.core.uris import ItemAddress
from backendd.store import entries, feeds
from backendd.store.entries import Arrival
from tests.features.test_blogs import entry, follow, item, open_blog, retract

BLOG = names.BLOG
NODE = f"{COMMENTS}post"
POST = "post"


def attachments_node(peer, id=POST):
    return node_of(ItemAddress(peer.jid, MICROBLOG, id))


async def open_node(peer, node):
    """Have a peer make a node in which everybody may write."""
    options = {"access_model": "open", "publish_model": "open", "persist_items": True,
               "max_items": "max"}  # fmt: skip
    await peer.stream.request("set", None, pubsub.create(node, options))


async def post(peer, *, has_attachments=True):
    """Have a peer write an entry on which there can be comments."""
    await open_blog(peer)
    await open_node(peer, NODE)
    if has_attachments:
        await open_node(peer, attachments_node(peer))
    href = uris.encode(ItemAddress(peer.jid, NODE))
    link = f"<link rel='replies' title='comments' href='{href}'/>"
    await peer.ask("set", None, item(POST, entry("post", inner=link, author=peer.jid)))


async def comment(who, peer, id, text, *, hours=1, author=None, parent=""):
    """Have somebody comment on the entry of a peer."""
    inner = ""
    if parent:
        ref = uris.encode(ItemAddress(peer.jid, NODE, parent))
        inner = f"<in-reply-to xmlns='http://purl.org/syndication/thread/1.0' href='{ref}'/>"
    said = entry(text, hours=hours, inner=inner, author=author or who.jid)
    await who.ask("set", peer.jid, item(id, said, node=NODE))


async def attach(who, peer, inner, *, id=""):
    payload = f"<attachments xmlns='{ATTACHMENTS}'>{inner}</attachments>"
    await who.ask("set", peer.jid, item(id or who.jid, payload, node=attachments_node(peer)))


async def comments(home, peer, **options):
    found, _ = await home.call(BLOG, "comments", peer.jid, "", POST, options)
    return found


async def titles(home, peer, **options):
    return [each.title for each in await comments(home, peer, **options)]


async def told(home, peer):
    """Return what is told of the entry: how many comments and likes, and whether we like it."""
    found = await home.call(BLOG, "get", peer.jid, "", POST, {})
    return found.more["comments"], found.more["likes"], found.more["liked"]


async def listen(home, peer):
    """Follow the blog of a peer who has commented; wait until it is told what is said there."""
    await comment(peer, peer, "0", "welcome")
    await follow(home, peer)
    await until_told(home, peer, 1, 0, False)


async def until_told(home, peer, *wanted):
    async def is_told():
        return await told(home, peer) == wanted

    await home.until(is_told)


@pytest.mark.every_server
async def test_comments_are_read_newest_first_and_say_what_they_answer(make_home, make_peer):
    peer, bob = await make_peer(), await make_peer()
    await post(peer)
    await comment(bob, peer, "1", "first", hours=1)
    await comment(bob, peer, "2", "second", hours=2, parent="1")
    await comment(bob, peer, "3", "of itself", hours=3, parent="3")
    home = await (await make_home()).online()
    found = await comments(home, peer)
    assert [(each.title, each.more.get("parent", "")) for each in found] == [
        ("of itself", ""),
        ("second", "1"),
        ("first", ""),
    ]
    assert {each.node for each in found} == {NODE}


@pytest.mark.every_server
async def test_a_comment_that_is_found_names_the_entry_that_it_is_on(make_home, make_peer):
    peer, bob = await make_peer(), await make_peer()
    await post(peer)
    await comment(bob, peer, "1", "first of all")
    home = await (await make_home()).online()
    assert await titles(home, peer) == ["first of all"]
    (found,) = await home.call(BLOG, "search", "first", {})
    assert found.more["commented"] == uris.encode(ItemAddress(peer.jid, MICROBLOG, POST))
    assert (found.more["commented_title"], found.more["heart"]) == ("post", False)


async def test_nobody_takes_comments_or_posts_of_others_for_their_own_entry(make_home):
    home = await make_home()
    post, talk = Feed("a@x.localhost", MICROBLOG), Feed("a@x.localhost", NODE)
    mallory = Feed("m@x.localhost", MICROBLOG)

    def work(ledger):
        def save(feed, id, **says):
            content = Content(author=Person(jid=feed.service), published=1, **says)
            entries.save(ledger, feeds.ensure(ledger, feed), id, content, Arrival(home.jid, 1))

        save(mallory, "1", title="mine", comments=talk)
        save(mallory, "2", title="mine", comments=post)
        save(post, POST, title="theirs", comments=talk)
        save(talk, "c", title="said")

    await home.inside.store.write(work)
    found = await home.call(BLOG, "search", "said", {})
    assert [each.more["commented_title"] for each in found] == ["theirs"]
    (theirs,) = await home.call(BLOG, "search", "theirs", {})
    assert "commented" not in theirs.more


@pytest.mark.every_server
async def test_many_comments_are_read_page_by_page_past_all_that_only_like(make_home, make_peer):
    peer, bob = await make_peer(), await make_peer()
    await post(peer)
    for number in range(40):
        await comment(bob, peer, f"c{number}", f"n{number:02}", hours=number)
    for number in range(70):
        await comment(bob, peer, f"h{number}", "\N{BLACK HEART SUIT}", hours=100 + number)
    home = await (await make_home()).online()
    seen, after = [], ""
    while True:
        found, page = await home.call(
            BLOG, "comments", peer.jid, "", POST, {"limit": 15, "after": after}
        )
        seen += [each.title for each in found]
        after = page["next"]
        if not after:
            break
    assert seen == [f"n{number:02}" for number in reversed(range(40))]


@pytest.mark.every_server
async def test_a_heart_is_a_like_and_no_comment_and_one_of_each_person(make_home, make_peer):
    peer, bob, carol = await make_peer(), await make_peer(), await make_peer()
    await post(peer)
    await comment(bob, peer, "1", "well said")
    for id, who in (("2", bob), ("3", bob), ("4", carol)):
        await comment(who, peer, id, "\N{BLACK HEART SUIT}\ufe0f")
    home = await (await make_home()).online()
    assert await titles(home, peer) == ["well said"]
    assert await told(home, peer) == (1, 2, False)


@pytest.mark.every_server
async def test_what_is_said_of_an_entry_of_a_followed_blog_is_known_once_it_is_looked_at(
    make_home, make_peer
):
    peer, bob = await make_peer(), await make_peer()
    await post(peer)
    await comment(bob, peer, "1", "before")
    await attach(bob, peer, "<noticed/>")
    home = await (await make_home()).online()
    await follow(home, peer)
    await until_told(home, peer, 1, 1, False)
    await comment(bob, peer, "2", "live")
    await attach(peer, peer, "<reactions><reaction>\N{BLACK HEART SUIT}</reaction></reactions>")
    await until_told(home, peer, 2, 2, False)
    await attach(bob, peer, "<noticed/><reactions><reaction>x</reaction></reactions>")
    await comment(bob, peer, "3", "\N{BLACK HEART SUIT}")
    await comment(bob, peer, "4", "last")
    await until_told(home, peer, 3, 2, False)
    await attach(peer, peer, "<reactions><reaction>x</reaction></reactions>")
    await until_told(home, peer, 3, 1, False)


@pytest.mark.every_server
async def test_what_was_looked_at_before_its_blog_was_followed_is_listened_to_from_then_on(
    make_home, make_peer
):
    peer, bob = await make_peer(), await make_peer()
    await post(peer)
    home = await (await make_home()).online()
    await home.call(BLOG, "list", peer.jid, "", {})
    await follow(home, peer)
    await comment(bob, peer, "1", "before")
    await until_told(home, peer, 1, 0, False)
    await comment(bob, peer, "2", "live")
    await until_told(home, peer, 2, 0, False)


# ejabberd 23.01 tells nobody what is taken back.
@pytest.mark.every_server(but=["ejabberd"])
async def test_what_is_taken_back_counts_no_more(make_home, make_peer):
    peer, bob = await make_peer(), await make_peer()
    await post(peer)
    await comment(bob, peer, "1", "hm")
    await attach(bob, peer, "<noticed/>")
    home = await (await make_home()).online()
    await follow(home, peer)
    await until_told(home, peer, 1, 1, False)
    for id, node in (("1", NODE), (bob.jid, attachments_node(peer))):
        # Prosody lets only the owner of a node take something back, who may moderate.
        await peer.ask("set", None, retract(id, node))
    await until_told(home, peer, 0, 0, False)


@pytest.mark.every_server
async def test_our_own_like_is_known_as_ours(make_home, make_peer):
    peer = await make_peer()
    await post(peer)
    home = await (await make_home()).online()
    client = await make_peer(home.account, resource="other")
    await attach(client, peer, "<noticed/>")
    await follow(home, peer)
    await until_told(home, peer, 0, 1, True)


# ejabberd lets nobody write over what another has said.
@pytest.mark.every_server(but=["ejabberd"])
async def test_a_comment_that_another_writes_over_is_told_as_theirs(make_home, make_peer):
    peer, bob, mallory = await make_peer(), await make_peer(), await make_peer()
    await post(peer)
    home = await (await make_home()).online()
    await listen(home, peer)
    await comment(bob, peer, "1", "I agree")

    def found(title):
        events = home.hub.of(EntriesChanged)
        return [each for event in events for each in event.entries if each.title == title]

    said = (await home.until(lambda: found("I agree")))[-1]
    assert (said.author, said.publisher, said.author_verified) == (bob.jid, bob.jid, True)
    await comment(mallory, peer, "1", "I disagree", author=bob.jid)
    said = (await home.until(lambda: found("I disagree")))[-1]
    assert (said.author, said.publisher, said.author_verified) == (bob.jid, mallory.jid, False)


@pytest.mark.every_server(but=["ejabberd"])
async def test_nobody_likes_in_the_name_of_another_as_far_as_the_service_tells(
    make_home, make_peer
):
    peer, bob, mallory = await make_peer(), await make_peer(), await make_peer()
    await post(peer)
    home = await (await make_home()).online()
    await listen(home, peer)
    await attach(mallory, peer, "<noticed/>", id=home.jid)
    await attach(bob, peer, "<noticed/>")
    await until_told(home, peer, 1, 1, False)


@pytest.mark.every_server
async def test_who_reads_comments_is_told_of_the_next_also_where_no_blog_is_followed(
    make_home, make_peer
):
    peer, bob = await make_peer(), await make_peer()
    await post(peer)
    await comment(bob, peer, "1", "first")
    home = await (await make_home()).online()
    assert await titles(home, peer) == ["first"]
    await comment(bob, peer, "2", "second", hours=2)

    async def is_told():
        told = [each.title for event in home.hub.of(EntriesChanged) for each in event.entries]
        return "second" in told

    await home.until(is_told)


@pytest.mark.every_server
async def test_an_entry_on_which_nobody_can_comment_has_no_comments(make_home, make_peer):
    peer = await make_peer()
    await open_blog(peer)
    await peer.ask("set", None, item(POST, entry("post")))
    home = await (await make_home()).online()
    assert await comments(home, peer) == []


@pytest.mark.every_server
async def test_where_the_place_for_comments_is_gone_that_is_said(make_home, make_peer):
    peer = await make_peer()
    await post(peer)
    await peer.stream.request("set", None, pubsub.delete(NODE))
    home = await (await make_home()).online()
    with pytest.raises((UnknownItem, NotAllowed), match=r"the place .* is gone"):
        await comments(home, peer)


async def test_what_is_said_is_there_without_a_connection(make_home, make_peer):
    peer, bob = await make_peer(), await make_peer()
    await post(peer)
    await comment(bob, peer, "1", "hm")
    home = await (await make_home()).online()
    assert await titles(home, peer) == ["hm"]
    await home.session.disconnect()
    found, page = await home.call(BLOG, "comments", peer.jid, "", POST, {})
    assert ([each.title for each in found], page["offline"]) == (["hm"], True)


async def test_ten_thousand_comments_are_counted_and_read_page_by_page(make_home):
    home = await make_home()
    post, talk = Feed("a@x.localhost", MICROBLOG), Feed("a@x.localhost", NODE)

    def work(ledger):
        on = Content(title="post", comments=talk, author=Person(jid=post.service))
        entries.save(ledger, feeds.ensure(ledger, post), POST, on, Arrival(home.jid, 1))
        feed_id = feeds.ensure(ledger, talk)
        for number in range(10_000):
            said = Content(title=f"n{number}", published=number, author=Person(jid=f"{number}@x"))
            entries.save(ledger, feed_id, f"c{number}", said, Arrival(home.jid, number))

    await home.inside.store.write(work)
    found, page = await home.call(BLOG, "comments", post.service, "", POST, {"limit": 500})
    assert [each.title for each in found[:2]] == ["n9999", "n9998"]
    following, _ = await home.call(
        BLOG, "comments", post.service, "", POST, {"after": page["next"]}
    )
    assert following[0].title == "n9499"
    entry = await home.call(BLOG, "get", post.service, "", POST, {})
    assert entry.more["comments"] == 10_000
