"""Blogs as files, on real servers: taken elsewhere whole, and brought from elsewhere once."""

import os
from xml.etree import ElementTree

import pytest

from backendd.api import names
from backendd.api.descriptors import Descriptor
from backendd.api.errors import (
    FileError,
    InvalidArgument,
    NotAllowed,
    NotConnected,
    UnknownItem,
)
from backendd.api.unfinished import LEFT_AFTER_S
from backendd.blog import moved
from backendd.core import clock, xml
from tests.backendd.files.test_handed_targets import Reader
from tests.features.test_blogs import entry, item, open_blog, write
from tests.features.test_publishing import got, publish, published, read, until_state

BLOG = names.BLOG
ATOM = "{http://www.w3.org/2005/Atom}"

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Elsewhere</title>
<item><title>Second</title><guid>https://old.example/?p=2</guid>
<link>https://old.example/second</link><pubDate>Tue, 03 Mar 2020 10:00:00 +0100</pubDate>
<content:encoded>&lt;p&gt;red &lt;b&gt;roses&lt;/b&gt;&lt;/p&gt;</content:encoded>
<category>verona</category></item>
<item><title>First</title><guid>https://old.example/?p=1</guid>
<pubDate>Sun, 01 Mar 2020 10:00:00 GMT</pubDate><description>plain</description></item>
</channel></rss>"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "blog"


async def export(home, path, *, service="", node=""):
    with Descriptor(os.open(path, os.O_WRONLY | os.O_CREAT)) as file:
        await home.call(BLOG, "export", service, node, file, {})
    return ElementTree.parse(path).getroot()


async def import_(home, path, *, service="", node="", **options):
    with Descriptor(os.open(path, os.O_RDONLY)) as file:
        return await home.call(BLOG, "import_", service, node, file, options)


async def until_out(home):
    """Return once nothing is on its way."""

    async def is_done():
        return not await home.count("outbox")

    await home.until(is_done)


def titles(feed):
    return [each.findtext(f"{ATOM}title") for each in feed.iter(f"{ATOM}entry")]


@pytest.mark.every_server
async def test_a_blog_is_written_whole_newest_first_whatever_was_read_of_it(
    make_home, make_peer, path
):
    peer = await make_peer()
    await open_blog(peer)
    await write(peer, *(f"n{number}" for number in range(120)))
    home = await (await make_home()).online()
    feed = await export(home, path, service=peer.jid)
    assert titles(feed) == [f"n{number}" for number in reversed(range(120))]


@pytest.mark.every_server
async def test_what_is_exported_is_imported_into_another_blog_as_it_was(make_home, make_peer, path):
    home, peer = await (await make_home()).online(), await make_peer()
    enclosure = {"url": "https://a.example/b.png", "mime": "image/png", "title": "b"}
    given = {
        "title": "Über roses", "markdown": "*red* ![rose](https://a.example/r.png)\n\n- one",
        "tags": ["verona", "two words"], "enclosures": [enclosure],
    }  # fmt: skip
    mine = await published(home, given)
    plain = await published(home, {"title": "plain", "body": "one < two & three\n\nfour"})
    await export(home, path)
    other = await (await make_home()).online()
    told = await import_(other, path)
    assert [(each.id, each.state) for each in told] == [(mine.id, "new"), (plain.id, "new")]
    await until_out(other)
    for each in (mine, plain):
        there = await got(other, each.id)
        assert (there.state, there.author) == ("published", other.jid)
        for key in ("title", "body", "xhtml", "tags", "attachments", "published", "updated"):
            assert getattr(there, key) == getattr(each, key), key
    assert set(await read(peer, other.jid)) == {mine.id, plain.id}


@pytest.mark.every_server
async def test_a_dry_run_tells_what_would_be_published_and_publishes_nothing(make_home, path):
    home = await (await make_home()).online()
    path.write_text(RSS)
    told = await import_(home, path, dry_run=True)
    assert [(each.title, each.state, each.body) for each in told] == [
        ("First", "new", "plain"),
        ("Second", "new", "red roses"),
    ]
    assert told[1].published == xml.parse_time("2020-03-03T09:00:00Z")
    assert told[1].tags == ["verona"]
    assert await home.count("outbox") == await home.count("entry") == 0


def dated(*dates):
    items = "".join(
        f"<item><guid>{date}</guid><title>{date}</title><pubDate>{date}</pubDate></item>"
        for date in dates
    )
    return f"<rss version='2.0'><channel>{items}</channel></rss>"


async def test_a_post_that_can_not_be_of_when_it_says_is_told_and_stays_on_top_of_nothing(
    make_home, path
):
    home = await (await make_home()).online()
    future, early = "Fri, 31 Dec 9999 23:59:59 GMT", "Fri, 01 Jan 1943 00:00:00 GMT"
    fine = "Sun, 01 Mar 2020 10:00:00 GMT"
    path.write_text(dated(future, "0000-00-00", early, fine))
    doubts = {future: "future", "0000-00-00": "missing", early: "early", fine: ""}
    before = clock.now_us()
    for dry_run in (True, False):
        told = await import_(home, path, dry_run=dry_run)
        assert {each.title: each.doubt for each in told} == doubts
        assert {each.state for each in told} == {"new"}
        said = {each.title: each.published for each in told}
        assert said[future] == xml.parse_time("9999-12-31T23:59:59Z")
        assert said[early] == xml.parse_time("1943-01-01T00:00:00Z")
        assert before <= said["0000-00-00"] <= clock.now_us()
    await until_out(home)
    later = await published(home, {"title": "later"})
    entries, _ = await home.call(BLOG, "list", "", "", {})
    assert entries[0].id == later.id
    assert [each.title for each in entries[-2:]] == [fine, early]
    for each in entries[:3]:
        assert before <= each.published == each.order <= clock.now_us()
        assert each.updated <= clock.now_us()
    assert entries[-1].published == entries[-1].order == said[early]


async def test_pictures_of_imported_posts_lead_to_where_the_posts_were(make_home, make_peer, path):
    home, peer = await (await make_home()).online(), await make_peer()
    html = "&lt;img src='cup.png' alt='a cup'&gt; &lt;a href='/about'&gt;about&lt;/a&gt;"
    said = f"<title>tea</title><content type='html'>{html}</content>"
    path.write_text(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://old.example/'>"
        f"<entry xml:base='2020/'>{said}</entry></feed>"
    )
    (told,) = await import_(home, path)
    await until_out(home)
    written = (await read(peer, home.jid))[told.id].xhtml
    assert '<a href="https://old.example/2020/cup.png" class="image">a cup</a>' in written
    assert 'href="https://old.example/about"' in written


async def test_each_post_of_a_file_is_published_or_said_not_to_be(make_home, path):
    home = await (await make_home()).online()
    same = "<item><guid>a</guid><title>one</title></item>"
    path.write_text(
        f"<rss version='2.0'><channel>{same}{same}<item><guid>a</guid><title>two</title></item>"
        "<item><description>three</description></item><item><description>four</description></item>"
        "</channel></rss>"
    )
    told = {each.title: each for each in await import_(home, path)}
    assert {title: each.state for title, each in told.items()} == {
        "one": "new", "two": "refused", "three": "new", "four": "new",
    }  # fmt: skip
    assert "has its id" in told["two"].error[1]
    await until_out(home)
    entries, _ = await home.call(BLOG, "list", "", "", {})
    assert {each.title for each in entries} == {"one", "three", "four"}


@pytest.mark.every_server
async def test_posts_are_published_once_the_oldest_first_as_of_when_they_were_written(
    make_home, make_peer, path
):
    home, peer = await (await make_home()).online(), await make_peer()
    path.write_text(RSS)
    first = await import_(home, path)
    await until_out(home)
    there = await read(peer, home.jid)
    assert list(there) == [each.id for each in first]
    assert [each.title for each in there.values()] == ["First", "Second"]
    second = there[first[1].id]
    assert second.published == xml.parse_time("2020-03-03T09:00:00Z")
    assert [(each.rel, each.href) for each in second.links] == [
        ("via", "https://old.example/second")
    ]
    again = await import_(home, path)
    assert [each.state for each in again] == ["known", "known"]
    assert await home.count("outbox") == 0
    assert await read(peer, home.jid) == there


@pytest.mark.every_server
async def test_an_entry_of_the_blog_is_never_written_over(make_home, make_peer, path):
    home = await make_home()
    client = await make_peer(home.account, resource="other")
    await open_blog(client)
    path.write_text(RSS)
    (post, *_) = [moved.id_of(each) for each in ElementTree.fromstring(RSS).iter("item")]
    await client.ask("set", None, item(post, entry("changed here")))
    await home.online()
    told = await import_(home, path)
    assert [(each.title, each.state) for each in told] == [("First", "new"), ("Second", "known")]
    await until_out(home)
    assert (await read(client, home.jid))[post].title == "changed here"


async def test_what_is_on_its_way_is_known_as_well(make_home, path):
    home = await (await make_home()).online()
    path.write_text(RSS)
    await published(home)
    await import_(home, path, dry_run=True)
    await home.session.disconnect()
    await import_(home, path)
    assert await home.count("outbox") == 2
    assert [each.state for each in await import_(home, path)] == ["known", "known"]
    assert await home.count("outbox") == 2


async def test_without_a_connection_nothing_is_taken_for_the_whole_of_a_blog_that_is_not(
    make_home, make_peer, path
):
    home, peer = await make_home(), await make_peer()
    await open_blog(peer)
    await write(peer, "one")
    path.write_text(RSS)
    with pytest.raises(NotConnected, match="what this blog has already is not all known here"):
        await import_(home, path)
    with pytest.raises(NotConnected, match="not all of this blog is here yet"):
        await export(home, path)
    await home.online()
    await published(home)
    await export(home, path)
    await home.session.disconnect()
    await publish(home, {"title": "written since"})
    assert titles(await export(home, path)) == ["written since", "Title"]


async def test_of_a_blog_that_was_made_here_all_is_here_without_a_connection(make_home, path):
    home = await (await make_home()).online()
    blogs = ({}, {"node": "photos"})
    await home.call(BLOG, "create_node", "", "photos", {})
    for at in blogs:
        await published(home, {"title": "first"}, **at)
    await home.session.disconnect()
    path.write_text(RSS)
    for number, at in enumerate(blogs):
        assert titles(await export(home, path.with_name(f"out{number}"), **at)) == ["first"]
        await import_(home, path, dry_run=True, **at)


async def test_what_is_no_feed_is_refused_and_nothing_of_it_published(make_home, path):
    home = await (await make_home()).online()
    for written in (RSS[:-8], "<html><body/></html>", "", "{}"):
        path.write_text(written)
        with pytest.raises(InvalidArgument):
            await import_(home, path)
    assert await home.count("entry") == 0


async def test_only_a_file_is_imported(make_home):
    home = await (await make_home()).online()
    number, other = os.pipe()
    with Descriptor(number) as file, Descriptor(other), pytest.raises(FileError, match="a pipe"):
        await home.call(BLOG, "import_", "", "", file, {})


async def test_a_blog_that_is_not_there_leaves_no_file_that_says_it_is(make_home, make_peer, path):
    home, peer = await (await make_home()).online(), await make_peer()
    path.write_text("before")
    number = os.open(path, os.O_WRONLY | os.O_APPEND)
    with Descriptor(number) as file, pytest.raises((UnknownItem, NotAllowed)):
        await home.call(BLOG, "export", peer.jid, "", file, {})
    assert path.read_text() == "before"


async def test_whoever_reads_a_pipe_gets_the_blog_as_well(make_home):
    home = await (await make_home()).online()
    await published(home)
    number, into = os.pipe()
    reader = Reader(number).start()
    with Descriptor(into) as file:
        await home.call(BLOG, "export", "", "", file, {})
    assert titles(ElementTree.fromstring(await reader.all())) == ["Title"]


async def test_by_a_path_a_blog_gets_a_file_of_its_own_and_comes_from_one(make_home, path):
    home = await (await make_home()).online()
    mine = await published(home)
    path.write_text("before")
    written = await home.call(BLOG, "export_to", "", "", str(path), {})
    assert (path.read_text(), written) == ("before", f"{path} (2)")
    assert titles(ElementTree.parse(written).getroot()) == ["Title"]
    (told,) = await home.call(BLOG, "import_from", "", "", written, {})
    assert (told.id, told.state) == (mine.id, "known")


@pytest.mark.parametrize("member", ["export_to", "import_from"])
async def test_a_path_that_leads_to_no_file_is_refused(make_home, tmp_path, member):
    home = await (await make_home()).online()
    await published(home)
    before = list(tmp_path.iterdir())
    for path in (tmp_path, tmp_path / "none" / "blog"):
        with pytest.raises(FileError, match=tmp_path.name):
            await home.call(BLOG, member, "", "", str(path), {})
    with pytest.raises(InvalidArgument):
        await home.call(BLOG, member, "", "", "blog.atom", {})
    assert list(tmp_path.iterdir()) == before


async def test_a_blog_that_can_not_be_read_gets_no_file(make_home, make_peer, tmp_path):
    home, peer = await (await make_home()).online(), await make_peer()
    before = list(tmp_path.iterdir())
    with pytest.raises((UnknownItem, NotAllowed)):
        await home.call(BLOG, "export_to", peer.jid, "", str(tmp_path / "blog"), {})
    assert list(tmp_path.iterdir()) == before


async def test_how_far_an_import_is_is_told_and_where_it_is_given_up_it_goes_on_when_done_again(
    make_home, path
):
    home = await (await make_home()).online()
    mine = await published(home)
    path.write_text(RSS)
    await import_(home, path, dry_run=True)
    await home.session.disconnect()
    await import_(home, path)

    async def going():
        found = await home.call(BLOG, "outgoing", {})
        return [(each.service, each.pending, each.failed, each.published) for each in found]

    assert await going() == [(home.jid, 2, 0, 0)]
    await home.leave()
    await home.come_back()
    assert await going() == [(home.jid, 2, 0, 0)]
    assert await home.call(BLOG, "discard_pending", "", "", {}) == 2
    assert await home.call(BLOG, "discard_pending", "", "", {}) == 0
    assert await going() == []
    await home.online()
    assert [each.state for each in await import_(home, path)] == ["new", "new"]
    await until_out(home)
    assert await going() == []
    entries, _ = await home.call(BLOG, "list", "", "", {})
    assert {each.title for each in entries} == {"First", "Second", mine.title}


async def test_posts_that_failed_are_counted_until_they_are_given_up(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    await open_blog(peer)
    id = await publish(home, {"title": "a", "comments": False}, service=peer.jid)
    await until_state(home, id, "failed", service=peer.jid)
    (told,) = await home.call(BLOG, "outgoing", {})
    assert (told.service, told.pending, told.failed) == (peer.jid, 0, 1)
    await home.call(BLOG, "discard", peer.jid, "", id, {})
    assert await home.call(BLOG, "outgoing", {}) == []


async def test_what_a_backend_left_that_was_killed_amid_is_gone_after_the_next_start(
    backend, tmp_path
):
    await backend.stop()
    key, long_ago = "0123456789abcdef", clock.now_us() / 1e6 - 2 * LEFT_AFTER_S
    left, notes = tmp_path / f".{key}.part", backend.database.parent / "unfinished"
    left.write_bytes(b"half")
    os.utime(left, (long_ago, long_ago))
    notes.mkdir()
    (notes / key).write_text(str(left))
    await backend.start()
    await backend.stop()
    assert not left.exists()
