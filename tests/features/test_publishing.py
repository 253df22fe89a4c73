"""Writing blogs, on real servers: entries are here at once, and published once."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument, NotAllowed, TooLarge, UnknownItem
from backendd.blog import atom
from backendd.core import pubsub
from backendd.core.attachments import ATTACHMENTS
from backendd.core.entries import COMMENTS, MICROBLOG
from tests.features.test_blogs import entry, item, open_blog, retract

BLOG = names.BLOG
PUBSUB = pubsub.PUBSUB


async def publish(home, given=None, *, service="", node="", **options):
    return await home.call(BLOG, "publish", service, node, given or {"title": "Title"}, options)


async def got(home, id, *, service="", node=""):
    return await home.call(BLOG, "get", service, node, id, {})


async def until_state(home, id, state, **at):
    """Return an entry once it is in a state, and nothing of it is on its way."""

    async def is_so():
        found = await got(home, id, **at)
        assert state == "failed" or found.state != "failed", found.error
        is_waiting = await home.count("outbox")
        return found if found.state == state and not is_waiting else None

    return await home.until(is_so)


async def published(home, given=None, **at):
    """Publish an entry; return it once that is done."""
    return await until_state(home, await publish(home, given, **at), "published", **at)


async def items_of(peer, owner, node=MICROBLOG):
    asked = f"<pubsub xmlns='{PUBSUB}'><items node='{node}'/></pubsub>"
    return pubsub.decode_items(await peer.ask("get", owner, asked)).items


async def read(peer, owner, node=MICROBLOG):
    """Return what another program reads of a node, by the ids of its items."""
    return {each.id: atom.decode(each.payload) for each in await items_of(peer, owner, node)}


@pytest.mark.every_server
async def test_all_of_what_is_written_is_read_by_others(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    enclosure = {"url": "https://a.example/b.png", "mime": "image/png", "title": "b"}
    given = {
        "title": "Über roses", "markdown": "*red* ![rose](https://a.example/r.png)\n\n- one",
        "tags": ["verona"], "enclosures": [enclosure],
    }  # fmt: skip
    mine = await published(home, given)
    assert mine.id.startswith("uber-roses-")
    assert (mine.author, mine.author_verified) == (home.jid, True)
    (found,) = (await read(peer, home.jid)).values()
    assert (found.title, found.tags) == ("Über roses", ("verona",))
    assert found.text == mine.body == "red rose (https://a.example/r.png)\n\n- one"
    assert "<em>red</em>" in found.xhtml
    assert found.author.jid == home.jid
    assert found.published == mine.published
    assert [(each.rel, each.href, each.type) for each in found.links] == [
        ("enclosure", "https://a.example/b.png", "image/png")
    ]
    (there,) = await items_of(peer, home.jid)
    contents = [each.get("type") for each in there.payload.iter(f"{{{atom.ATOM}}}content")]
    assert contents == ["text", "xhtml"]
    assert there.payload.findtext(f"{{{atom.ATOM}}}id").startswith(f"xmpp:{home.jid}?;node=")
    assert next(there.payload.iter("{http://www.w3.org/1999/xhtml}img")) is not None


@pytest.mark.every_server
async def test_more_than_the_last_entry_is_kept(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    ids = {(await published(home, {"title": f"n{number}"})).id for number in range(3)}
    assert set(await read(peer, home.jid)) == ids


@pytest.mark.every_server
async def test_a_blog_that_keeps_one_entry_only_keeps_all_of_them_from_then_on(
    make_home, make_peer
):
    home = await make_home()
    client = await make_peer(home.account, resource="other")
    await client.ask("set", None, item("first", entry("first")))
    await home.online()
    mine = await published(home)
    assert set(await read(client, home.jid)) == {"first", mine.id}


@pytest.mark.every_server
async def test_whoever_sees_an_entry_may_comment_on_it_and_like_it(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    mine = await published(home)
    assert (mine.comments_service, mine.comments_node) == (home.jid, COMMENTS + mine.id)
    await peer.ask("set", home.jid, item("c", entry("nice"), node=mine.comments_node))
    assert [each.title for each in (await read(peer, home.jid, mine.comments_node)).values()] == [
        "nice"
    ]
    node = f"{ATTACHMENTS}/xmpp:{home.jid}?;node=urn%3Axmpp%3Amicroblog%3A0;item={mine.id}"
    like = f"<attachments xmlns='{ATTACHMENTS}'><noticed/></attachments>"
    await peer.ask("set", home.jid, item(peer.jid, like, node=node))
    assert len(await items_of(peer, home.jid, node)) == 1


@pytest.mark.every_server
async def test_comments_are_for_nobody_but_the_readers_of_the_blog(make_home, make_peer):
    home, peer, stranger = await make_home(), await make_peer(), await make_peer()
    client = await make_peer(home.account, resource="other")
    await open_blog(client, access="whitelist")
    allowed = pubsub.set_affiliations(MICROBLOG, {peer.jid: "member"})
    await client.stream.request("set", None, allowed)
    await home.online()
    mine = await published(home)
    await peer.ask("set", home.jid, item("c", entry("nice"), node=mine.comments_node))
    with pytest.raises(NotAllowed):
        await items_of(stranger, home.jid, mine.comments_node)
    with pytest.raises(NotAllowed):
        await items_of(stranger, home.jid)


@pytest.mark.every_server
async def test_an_entry_without_comments_has_no_place_for_them(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    mine = await published(home, {"title": "a", "comments": False})
    assert mine.comments_node == ""
    with pytest.raises((UnknownItem, NotAllowed)):
        await items_of(peer, home.jid, COMMENTS + mine.id)


@pytest.mark.every_server
async def test_a_change_leaves_all_that_it_does_not_name_as_it_is(make_home, make_peer):
    home = await make_home()
    client = await make_peer(home.account, resource="other")
    await open_blog(client)
    inner = (
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
        "<p>a <img src='https://a.example/b.png' alt='b'/></p></div></content>"
        "<id>tag:a.example,2026:1</id><category term='verona'/>"
        "<link rel='via' href='https://a.example/c'/>"
        "<link rel='replies' title='comments' href='xmpp:x.localhost?;node=c'/>"
    )
    await client.ask("set", None, item("1", entry("old", hours=1, inner=inner)))
    await home.online()
    await publish(home, {"id": "1", "title": "new"})
    mine = await until_state(home, "1", "published")
    before = atom.decode(fromstring(entry("old", hours=1, inner=inner)))
    after = (await read(client, home.jid))["1"]
    assert after.title == mine.title == "new"
    assert after.updated > before.updated
    for name in ("published", "text", "xhtml", "tags", "links", "comments", "atom_id"):
        assert getattr(after, name) == getattr(before, name), name
    await publish(home, {"id": "1", "body": "plain", "tags": [], "comments": False})
    await until_state(home, "1", "published")
    after = (await read(client, home.jid))["1"]
    assert (after.title, after.text, after.xhtml) == ("new", "plain", "")
    assert (after.tags, after.comments) == ((), None)


async def test_the_sign_in_front_of_a_tag_is_no_part_of_it(make_home):
    home = await make_home()
    id = await publish(home, {"title": "a", "tags": ["#tea", "# tea", "##", "a,b", "c#"]})
    assert (await got(home, id)).tags == ["tea", "a,b", "c#"]


@pytest.mark.every_server
async def test_what_is_written_offline_goes_out_with_the_next_connection_once(make_home, make_peer):
    home, peer = await make_home(), await make_peer()
    first = await publish(home, {"title": "first"}, token="a")
    assert await publish(home, {"title": "other"}, token="a") == first
    second = await publish(home, {"title": "second"})
    assert (await got(home, first)).state == "pending"
    await publish(home, {"id": second, "title": "third"})
    await home.online()
    await until_state(home, second, "published")
    assert {id: each.title for id, each in (await read(peer, home.jid)).items()} == {
        first: "first", second: "third",
    }  # fmt: skip


@pytest.mark.every_server
async def test_a_change_that_waits_is_not_overwritten_by_what_it_changes(make_home, make_peer):
    home = await (await make_home()).online()
    mine = await published(home, {"title": "old"})
    await home.session.disconnect()
    await publish(home, {"id": mine.id, "title": "new"})
    client = await make_peer(home.account, resource="other")
    assert (await read(client, home.jid))[mine.id].title == "old"
    await home.online()
    assert (await until_state(home, mine.id, "published")).title == "new"
    assert (await read(client, home.jid))[mine.id].title == "new"


@pytest.mark.every_server
async def test_a_change_that_is_discarded_leaves_what_is_published(make_home):
    home = await (await make_home()).online()
    mine = await published(home, {"title": "old"})
    await home.session.disconnect()
    await publish(home, {"id": mine.id, "title": "new"})
    await publish(home, {"id": mine.id, "title": "newer"})
    await home.call(BLOG, "discard", "", "", mine.id, {})
    found = await got(home, mine.id)
    assert (found.title, found.state) == ("old", "published")
    new = await publish(home)
    await home.call(BLOG, "discard", "", "", new, {})
    await home.online()
    with pytest.raises(UnknownItem):
        await got(home, new)
    with pytest.raises(NotAllowed):
        await home.call(BLOG, "discard", "", "", mine.id, {})


@pytest.mark.every_server
async def test_an_entry_that_is_taken_back_is_gone_for_all(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    mine = await published(home)
    await home.session.disconnect()
    await home.call(BLOG, "retract", "", "", mine.id, {})
    found = await got(home, mine.id)
    assert (found.state, found.more.get("retracting")) == ("published", True)
    waiting, _ = await home.call(BLOG, "unpublished", {})
    assert [each.id for each in waiting] == [mine.id]
    await home.online()

    async def is_gone():
        return not (await home.call(BLOG, "timeline", {}))[0]

    await home.until(is_gone)
    assert await read(peer, home.jid) == {}


@pytest.mark.every_server
async def test_taking_back_can_be_taken_back_itself_while_it_waits(make_home):
    home = await (await make_home()).online()
    mine = await published(home)
    await home.session.disconnect()
    await home.call(BLOG, "retract", "", "", mine.id, {})
    await home.call(BLOG, "discard", "", "", mine.id, {})
    found = await got(home, mine.id)
    assert (found.state, "retracting" in found.more) == ("published", False)


@pytest.mark.every_server
async def test_what_a_service_refuses_has_failed_with_its_reason_and_can_be_tried_again(
    make_home, make_peer
):
    home, peer = await (await make_home()).online(), await make_peer()
    await open_blog(peer)
    id = await publish(home, {"title": "a", "comments": False}, service=peer.jid)
    failed = await until_state(home, id, "failed", service=peer.jid)
    assert failed.error[0] == "NotAllowed"
    assert failed.error[1]
    options = pubsub.set_affiliations(MICROBLOG, {home.jid: "publisher"})
    await peer.stream.request("set", None, options)
    await home.call(BLOG, "retry", peer.jid, "", id, {})
    await until_state(home, id, "published", service=peer.jid)
    assert list(await read(peer, peer.jid)) == [id]
    with pytest.raises(NotAllowed):
        await home.call(BLOG, "retry", peer.jid, "", id, {})


@pytest.mark.every_server
async def test_a_service_that_takes_nothing_back_is_quoted_and_the_entry_stays(
    make_home, make_peer
):
    home, peer = await (await make_home()).online(), await make_peer()
    await open_blog(peer)
    await peer.ask("set", None, item("theirs", entry("theirs")))
    await home.call(BLOG, "retract", peer.jid, "", "theirs", {})

    async def is_refused():
        found = await got(home, "theirs", service=peer.jid)
        return found if found.error[0] else None

    found = await home.until(is_refused)
    assert (found.state, "retracting" in found.more) == ("published", False)
    assert list(await read(peer, peer.jid)) == ["theirs"]
    await home.call(BLOG, "discard", peer.jid, "", "theirs", {})
    found = await got(home, "theirs", service=peer.jid)
    assert (found.state, found.error) == ("published", ("", ""))
    with pytest.raises(NotAllowed):
        await home.call(BLOG, "discard", peer.jid, "", "theirs", {})


@pytest.mark.every_server
async def test_what_was_gone_already_is_gone(make_home, make_peer):
    home = await (await make_home()).online()
    mine = await published(home)
    await home.session.disconnect()
    client = await make_peer(home.account, resource="other")
    await client.ask("set", None, retract(mine.id))
    await home.call(BLOG, "retract", "", "", mine.id, {})
    await home.online()

    async def is_gone():
        return not (await home.call(BLOG, "timeline", {}))[0] and not await home.count("outbox")

    await home.until(is_gone)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "empty"),
        ({"title": " \n"}, "empty"),
        ({"nonsense": "a"}, "nonsense"),
        ({"title": 1}, "title"),
        ({"body": "a", "markdown": "b"}, "both"),
        ({"title": "a", "tags": "b"}, "tags"),
        ({"title": "a", "enclosures": [{"url": "javascript:"}]}, "address"),
        ({"title": "a", "enclosures": ["b"]}, "enclosures"),
    ],
)
async def test_what_can_be_no_entry_is_refused_at_once(make_home, given, why):
    home = await make_home()
    with pytest.raises(InvalidArgument, match=why):
        await home.call(BLOG, "publish", "", "", given, {})


async def test_what_is_too_long_is_refused_at_once(make_home):
    home = await make_home()
    with pytest.raises(TooLarge):
        await publish(home, {"body": "a" * 600_000})
    with pytest.raises(TooLarge):
        await home.call(BLOG, "preview", "a" * 600_000, {})


@pytest.mark.parametrize(
    ("given", "title", "body"),
    [
        ({"body": "one line"}, "one line", ""),
        ({"body": "one\ntwo"}, "one", "one\ntwo"),
        ({"markdown": "# one\n\ntwo"}, "one", "one\n\ntwo"),
        ({"title": "a\x1b[31m"}, "a[31m", ""),
    ],
)
async def test_an_entry_has_a_title_always_and_no_control_characters(make_home, given, title, body):
    home = await make_home()
    found = await got(home, await publish(home, given))
    assert (found.title, found.body) == (title, body)


async def test_a_preview_is_as_it_will_be_read(make_home):
    home = await make_home()
    written = "*a* <b>c</b> ![d](https://a.example/d.png)"
    body, xhtml = await home.call(BLOG, "preview", written, {})
    found = await got(home, await publish(home, {"title": "t", "markdown": written}))
    assert (found.body, found.xhtml) == (body, xhtml)
    assert "<em>a</em>" in xhtml
    assert await home.call(BLOG, "preview", "", {}) == ("", "")


@pytest.mark.every_server
@pytest.mark.parametrize("when", ["queued", "written", "there"])
async def test_a_crash_at_any_time_leaves_one_entry_published(make_home, make_peer, when):
    home, peer = await (await make_home()).online(), await make_peer()
    await published(home, {"title": "first"})
    id = await publish(home, {"title": "second"})

    async def is_written():
        query = "SELECT 1 FROM outbox WHERE tries > 0"
        found = await home.database.read(lambda db: db.execute(query).fetchone())
        return found or not await home.count("outbox")

    async def is_there():
        return id in await read(peer, home.jid)

    if when != "queued":
        await home.until(is_written if when == "written" else is_there)
    await home.crash()
    await home.come_back()
    await home.online()
    await until_state(home, id, "published")
    found = await read(peer, home.jid)
    assert sorted(each.title for each in found.values()) == ["first", "second"]


async def test_what_is_not_published_is_listed_whichever_blog_it_is_for(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    await open_blog(peer)
    done = await published(home, {"title": "done"})
    refused = await publish(home, {"title": "refused", "comments": False}, service=peer.jid)
    await until_state(home, refused, "failed", service=peer.jid)
    await home.session.disconnect()
    waits = await publish(home, {"title": "waits"})
    await home.call(BLOG, "comment", "", "", done.id, "a comment", {})
    await home.call(BLOG, "like", "", "", done.id, True, {})
    found, page = await home.call(BLOG, "unpublished", {"limit": 2})
    more, last = await home.call(BLOG, "unpublished", {"after": page["next"]})
    assert [(each.title, each.state) for each in (*found, *more)] == [
        ("a comment", "pending"), ("waits", "pending"), ("refused", "failed"),
    ]  # fmt: skip
    assert last["next"] == ""
    await home.online()
    await until_state(home, waits, "published")
    found, _ = await home.call(BLOG, "unpublished", {})
    assert [each.title for each in found] == ["refused"]
