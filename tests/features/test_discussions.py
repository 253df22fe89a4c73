"""What others say to posts of the user, and in answer to them, on real servers."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.api import names
from backendd.api.errors import UnknownItem
from backendd.core import clock, pubsub, uris, xml
from backendd.core.attachments import ATTACHMENTS, node_of
from backendd.core.entries import (
    COMMENTS,
    HEART,
    MICROBLOG,
    Content,
    DiscussionsChanged,
    Feed,
    Person,
)
from backendd.core.uris import ItemAddress
from backendd.store import entries, feeds
from backendd.store.entries import Arrival
from tests.features.test_blogs import entry, item, retract
from tests.features.test_commenting import said_by, say
from tests.features.test_comments import NODE, comment, open_node, post, titles
from tests.features.test_publishing import publish, published

BLOG = names.BLOG

# Hours until a day that is after all others: what says so stands where it came.
FUTURE = 100_000

COUNT = 2000


def written(text, author, *, hours=None, answers=""):
    """Return the payload of a comment, of now or dated so many hours after 2026 began."""
    payload = fromstring(entry(text, author=author, hours=hours or 0))
    if hours is None:
        for each in ("published", "updated"):
            payload.find(f"{{*}}{each}").text = xml.format_time(clock.now_us())
    if answers:
        link = {"href": answers}
        payload.append(xml.element("http://purl.org/syndication/thread/1.0", "in-reply-to", link))
    return payload


async def answer(who, home, post, text, *, hours=None, author=None, parent=""):
    """Have somebody comment on a post of the user."""
    node = COMMENTS + post
    to = ItemAddress(home.jid, node, parent) if parent else ItemAddress(home.jid, MICROBLOG, post)
    payload = written(text, author or who.jid, hours=hours, answers=uris.encode(to))
    asked = pubsub.publish(node, pubsub.Item(text, payload))
    await who.stream.request("set", home.jid, asked)


async def discussions(home):
    return await home.call(BLOG, "discussions", {})


async def unread(home):
    """Return how much is unread of which post."""
    return {each.id: each.unread for each in await discussions(home) if each.unread}


async def until_unread(home, **wanted):
    async def is_so():
        return await unread(home) == wanted

    await home.until(is_so)


async def written_post(home, **entry):
    """Have the user write a post, and return its id."""
    return (await published(home, {"title": "On tea", **entry})).id


async def until_looked_at(home, id):
    """Return once it is known who likes a post, and told who does from then on."""

    async def is_so():
        await home.call(BLOG, "timeline", {})
        known = "discussion d JOIN entry e ON e.id = d.entry"
        return await home.count(f"{known} WHERE d.likes_read AND e.item = '{id}'")

    await home.until(is_so)


@pytest.mark.every_server
async def test_what_is_said_to_a_post_of_the_user_is_unread_until_it_is_marked_read(
    make_home, make_peer
):
    home, bob = await (await make_home()).online(), await make_peer()
    id = await written_post(home)
    told = []
    home.hub.subscribe(DiscussionsChanged, lambda event: told.extend(event.discussions))
    await answer(bob, home, id, "green it is")
    await until_unread(home, **{id: 1})
    (found,) = await discussions(home)
    assert (found.title, found.uri) == (
        "On tea", uris.encode(ItemAddress(home.jid, MICROBLOG, id)),
    )  # fmt: skip
    assert (found.first_unread, found.last.title) == ("green it is", "green it is")
    assert told[-1] == found
    mine = await home.call(BLOG, "get", "", "", id, {})
    assert mine.more["unread_comments"] == 1
    assert not mine.unread
    await home.call(BLOG, "mark_read", found.comments_service, found.comments_node, [], {})
    await until_unread(home)
    assert (told[-1].id, told[-1].unread, told[-1].last) == (id, 0, None)
    assert "unread_comments" not in (await home.call(BLOG, "get", "", "", id, {})).more


@pytest.mark.every_server
async def test_what_was_said_while_nobody_was_connected_is_unread_however_it_is_dated(
    make_home, make_peer
):
    home, bob = await (await make_home()).online(), await make_peer()
    id = await written_post(home)
    await home.session.disconnect()
    await answer(bob, home, id, "of now")
    await answer(bob, home, id, "of long ago", hours=1)
    await home.crash()
    await home.come_back()
    await home.online()
    await until_unread(home, **{id: 2})
    (found,) = await discussions(home)
    assert found.first_unread == "of long ago"
    await home.crash()
    await home.come_back()
    assert await unread(home) == {id: 2}
    await home.online()
    await answer(bob, home, id, "of long ago, too", hours=2)
    await until_unread(home, **{id: 3})


@pytest.mark.every_server
async def test_what_the_user_says_themselves_is_read_whichever_client_says_it(make_home, make_peer):
    home, bob = await (await make_home()).online(), await make_peer()
    other = await make_peer(home.account, resource="other")
    id = await written_post(home)
    await home.call(BLOG, "comment", "", "", id, "I say", {})
    await answer(other, home, id, "I say elsewhere")
    await answer(bob, home, id, "bob says")
    await until_unread(home, **{id: 1})
    found, _ = await home.call(BLOG, "comments", "", "", id, {})
    assert {each.title: each.unread for each in found} == {
        "I say": False, "I say elsewhere": False, "bob says": True,
    }  # fmt: skip


async def test_what_is_said_to_a_post_that_was_written_elsewhere_meanwhile_is_unread(
    make_home, make_peer
):
    home, bob = await (await make_home()).online(), await make_peer()
    await written_post(home)
    await home.session.disconnect()
    other = await make_peer(home.account, resource="other")
    await open_node(other, COMMENTS + "cups")
    replies = uris.encode(ItemAddress(home.jid, COMMENTS + "cups"))
    link = f"<link rel='replies' title='comments' href='{replies}'/>"
    await other.ask("set", None, item("cups", entry("On cups", inner=link)))
    await answer(bob, home, "cups", "blue ones")
    await home.online()
    await until_unread(home, cups=1)


async def test_a_stranger_who_writes_in_the_name_of_the_user_is_heard(make_home, make_peer):
    home, mallory = await (await make_home()).online(), await make_peer()
    id = await written_post(home)
    await answer(mallory, home, id, "I am you", author=home.jid)
    await until_unread(home, **{id: 1})


async def test_who_is_blocked_is_not_heard(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    bob, mia = await make_peer(), await make_peer()
    await post(peer)
    mine = await say(home, peer, "I see")
    await home.until(lambda: said_by(home, peer, mine))
    await home.call(names.ROSTER, "block", bob.jid, {})
    await comment(bob, peer, "1", "spam", hours=FUTURE, parent=mine)
    await comment(mia, peer, "2", "to you", hours=FUTURE, parent=mine)
    await until_unread(home, post=1)
    assert (await discussions(home))[0].last.title == "to you"
    assert len(await titles(home, peer)) == 3


async def test_a_comment_that_is_taken_back_is_not_unread_any_more(make_home, make_peer):
    home, bob = await (await make_home()).online(), await make_peer()
    id = await written_post(home)
    await answer(bob, home, id, "oops")
    await until_unread(home, **{id: 1})
    await home.call(BLOG, "retract", "", COMMENTS + id, "oops", {})
    await until_unread(home)


@pytest.mark.parametrize("by", ["us", "another client", "the blog is deleted"])
async def test_with_a_post_goes_what_is_unread_below_it(make_home, make_peer, by):
    home, bob = await (await make_home()).online(), await make_peer()
    id = await written_post(home)
    await answer(bob, home, id, "green it is")
    await until_unread(home, **{id: 1})
    told = []
    home.hub.subscribe(DiscussionsChanged, lambda event: told.extend(event.discussions))
    if by == "us":
        await home.call(BLOG, "retract", "", "", id, {})
    elif by == "another client":
        other = await make_peer(home.account, resource="other")
        await other.ask("set", None, retract(id))
    else:
        await home.call(BLOG, "delete_node", home.jid, MICROBLOG, {})
    await home.until(lambda: [each for each in told if not each.unread])
    assert (told[-1].id, told[-1].unread, told[-1].last) == (id, 0, None)
    assert await discussions(home) == []


async def test_a_post_that_can_be_commented_on_no_more_has_nothing_unread(make_home, make_peer):
    home, bob = await (await make_home()).online(), await make_peer()
    id = await written_post(home)
    await answer(bob, home, id, "green it is")
    await until_unread(home, **{id: 1})
    told = []
    home.hub.subscribe(DiscussionsChanged, lambda event: told.extend(event.discussions))
    await written_post(home, id=id, comments=False)
    await home.until(lambda: told)
    assert (told[-1].id, told[-1].unread, told[-1].last) == (id, 0, None)
    assert await discussions(home) == []


@pytest.mark.every_server
async def test_an_answer_to_a_comment_of_the_user_on_the_post_of_another_is_unread(
    make_home, make_peer
):
    home, peer, bob = await (await make_home()).online(), await make_peer(), await make_peer()
    await post(peer)
    mine = await say(home, peer, "I see")
    await home.until(lambda: said_by(home, peer, mine))
    await comment(bob, peer, "1", "to the post", hours=FUTURE)
    await comment(bob, peer, "2", "to you", hours=FUTURE, parent=mine)
    await until_unread(home, post=1)
    (found,) = await discussions(home)
    assert (found.service, found.title, found.last.title) == (peer.jid, "post", "to you")
    await home.session.disconnect()
    await comment(bob, peer, "3", "to you again", parent=mine)
    await home.online()
    await until_unread(home, post=2)
    await home.call(BLOG, "mark_read", peer.jid, NODE, [], {})
    await until_unread(home)


async def test_what_others_say_to_each_other_is_not_for_the_user(make_home, make_peer):
    home, peer, bob = await (await make_home()).online(), await make_peer(), await make_peer()
    await post(peer)
    await comment(bob, peer, "1", "first")
    await home.call(BLOG, "subscribe", peer.jid, "", {})
    await home.until(lambda: titles(home, peer))
    await comment(bob, peer, "2", "second", parent="1", hours=FUTURE)

    async def is_there():
        return len(await titles(home, peer)) == 2

    await home.until(is_there)
    assert await discussions(home) == []


@pytest.mark.every_server
async def test_a_blog_that_is_met_with_all_that_was_said_there_is_old(make_home, make_peer):
    home, bob = await (await make_home()).online(), await make_peer()
    id = await written_post(home)
    await answer(bob, home, id, "long ago", hours=1)
    await until_unread(home, **{id: 1})
    other = await (await make_home(home.account)).online()

    async def is_there():
        found = await other.call(BLOG, "get", "", "", id, {})
        return found.more["comments"] == 1

    await other.until(is_there)
    assert await unread(other) == {}
    await answer(bob, home, id, "now")
    await until_unread(other, **{id: 1})


@pytest.mark.every_server
async def test_a_post_that_is_on_its_way_has_no_comments_yet(make_home):
    home = await (await make_home()).online()
    id = await publish(home, {"title": "On tea"})
    found, page = await home.call(BLOG, "comments", "", "", id, {})
    assert (found, page["next"]) == ([], "")


async def like(who, home, post, payload="<noticed/>"):
    inner = f"<attachments xmlns='{ATTACHMENTS}'>{payload}</attachments>"
    node = node_of(ItemAddress(home.jid, MICROBLOG, post))
    await who.ask("set", home.jid, item(who.jid, inner, node=node))


@pytest.mark.every_server
async def test_who_likes_a_post_is_told_once_and_nothing_is_unread(make_home, make_peer):
    home, bob = await (await make_home()).online(), await make_peer()
    id = await written_post(home)
    await until_looked_at(home, id)
    told = []
    home.hub.subscribe(DiscussionsChanged, lambda event: told.extend(event.discussions))
    await like(bob, home, id)
    await home.until(lambda: told)
    (found,) = told
    assert (found.id, found.liked_by, found.unread) == (id, bob.jid, 0)
    assert found.liked_at > 0
    await like(bob, home, id, "")
    await like(bob, home, id)
    await answer(bob, home, id, "and more")
    await until_unread(home, **{id: 1})
    assert {each.liked_at for each in told} == {found.liked_at}
    mia = await make_peer()
    await answer(mia, home, id, HEART)
    await home.until(lambda: told[-1].liked_by == mia.jid)
    assert await unread(home) == {id: 1}


async def test_likes_that_came_while_nobody_was_connected_are_told(make_home, make_peer):
    home, bob = await (await make_home()).online(), await make_peer()
    id = await written_post(home)
    await until_looked_at(home, id)
    await home.session.disconnect()
    await like(bob, home, id)
    told = []
    home.hub.subscribe(DiscussionsChanged, lambda event: told.extend(event.discussions))
    await home.online()
    await home.until(lambda: [each for each in told if each.liked_by == bob.jid])


async def test_what_is_said_somewhere_can_be_no_notice_which_lasts(make_home, make_peer):
    home, bob = await (await make_home()).online(), await make_peer()
    id = await written_post(home)
    await home.call(BLOG, "set_discussion", "", "", id, {"notify": "none"})
    await answer(bob, home, id, "green it is")
    await until_unread(home, **{id: 1})
    await home.crash()
    await home.come_back()
    (found,) = await discussions(home)
    assert (found.id, found.notify, found.unread) == (id, "none", 1)
    await home.call(BLOG, "set_discussion", "", "", id, {"notify": "all"})
    assert (await discussions(home))[0].notify == "all"
    with pytest.raises(UnknownItem):
        await home.call(BLOG, "set_discussion", "", "", "nothing", {"notify": "none"})


async def told_of_many(home, title):
    """Have a post of the user's with COUNT comments stored at once; return what is told, and where.

    `title` says what the comment of a number is.
    """
    told, talk = [], Feed(home.jid, COMMENTS + "tea")

    def work(ledger):
        mine = Content(title="On tea", author=Person(jid=home.jid), published=1, comments=talk)
        blog = feeds.ensure(ledger, Feed(home.jid, MICROBLOG))
        entries.save(ledger, blog, "tea", mine, Arrival(home.jid, 1))
        feed_id = feeds.ensure(ledger, talk)
        for number in range(COUNT):
            by = Person(jid=f"u{number}@a.example")
            said = Content(title=title(number), author=by, published=2 + number)
            entries.save(ledger, feed_id, f"c{number}", said, Arrival(home.jid, 2 + number))

    home.hub.subscribe(DiscussionsChanged, told.append)
    await home.inside.store.write(work)
    return told, talk


async def test_very_many_comments_at_once_are_told_once(make_home):
    home = await make_home()
    told, talk = await told_of_many(home, lambda number: f"n{number}")
    (found,) = [each for event in told for each in event.discussions]
    assert (found.unread, found.first_unread, found.last.title) == (COUNT, "c0", f"n{COUNT - 1}")
    await home.call(BLOG, "mark_read", "", talk.node, [], {})
    assert [each.unread for event in told[1:] for each in event.discussions] == [0]
