"""Files that entries of blogs come with, fetched when the user wants them."""

import os
from pathlib import Path

import pytest

from backendd.api import names
from backendd.api.descriptors import Descriptor
from backendd.api.errors import InvalidArgument, NotConnected, NotSupported, UnknownItem
from tests.backendd.files.webserver import serving
from tests.features.test_blogs import BLOG, entry, item, open_blog, retract
from tests.features.test_downloads import CONTENT, downloads, whole
from tests.features.test_uploads import transfers, until_state

__all__ = ["downloads"]


def enclosure(url, **more):
    said = {"rel": "enclosure", "href": url} | more
    return (
        f"<link {' '.join(f'{name}={chr(39)}{value}{chr(39)}' for name, value in said.items())}/>"
    )


async def posted(peer, *links):
    """Have a peer write an entry with files."""
    await open_blog(peer)
    await peer.ask("set", None, item("a", entry("with files", inner="".join(links))))


async def fetch(home, peer, index=0, directory=""):
    return await home.call(BLOG, "download", peer.jid, "", "a", index, str(directory))


async def files_of(home, peer):
    return (await home.call(BLOG, "get", peer.jid, "", "a", {})).attachments


def content(transfer):
    return Path(transfer.path).read_bytes()


@pytest.fixture
async def both(make_home, make_peer, downloads):
    return await (await make_home()).online(), await make_peer()


@pytest.mark.every_server
async def test_a_file_of_an_entry_is_fetched_when_it_is_wanted_and_not_before(both):
    home, peer = both
    async with serving(whole) as server:
        url = server.url("/cat.png")
        await posted(peer, enclosure(url, type="image/png", title="Our cat.png", length=3))
        (file,) = await files_of(home, peer)
        assert (file.title, file.transfer, server.asked) == ("Our cat.png", 0, [])
        id = await fetch(home, peer)
        done = await until_state(home, id, "done")
    assert content(done) == CONTENT  # whatever was said of its length
    assert (done.name, done.peer, done.message_id) == ("Our cat.png", peer.jid, 0)
    assert (done.entry_service, done.entry_node, done.entry_id) == (
        peer.jid, "urn:xmpp:microblog:0", "a",
    )  # fmt: skip
    (file,) = await files_of(home, peer)
    assert file.transfer == id


async def test_who_wants_the_same_file_once_more_gets_the_same_transfer(both):
    home, peer = both
    await posted(peer, enclosure("https://unknown.invalid/a"), enclosure("https://b.invalid/b"))
    await files_of(home, peer)
    await home.session.disconnect()
    first = await fetch(home, peer)
    assert await fetch(home, peer) == first
    assert await fetch(home, peer, 1) != first


async def test_a_file_that_takes_the_place_of_one_that_comes_still_is_another(both):
    home, peer = both
    links = [enclosure("https://a.invalid/a"), enclosure("https://b.invalid/b")]
    await posted(peer, *links)
    await files_of(home, peer)
    await home.session.disconnect()
    first = await fetch(home, peer)
    await home.call(names.FILES, "pause", first)
    await home.online()
    await peer.ask("set", None, item("a", entry("changed", inner=links[1])))

    async def is_told():
        (found,), _ = await home.call(BLOG, "list", peer.jid, "", {})
        return len(found.attachments) == 1

    await home.until(is_told)
    second = await fetch(home, peer)
    assert {each.id: each.url for each in await transfers(home)} == {
        first: "https://a.invalid/a", second: "https://b.invalid/b",
    }  # fmt: skip


async def test_a_title_that_is_no_name_of_a_file_leaves_it_the_one_of_its_address(both):
    home, peer = both
    async with serving(whole) as server:
        await posted(
            peer,
            enclosure(server.url("/cat.png"), title="Romeo, by night"),
            enclosure(server.url("/b.png"), title="../../.hidden.png"),
        )
        ids = [await fetch(home, peer, number) for number in range(2)]
        done = [await until_state(home, id, "done") for id in ids]
    assert [Path(each.path).name for each in done] == ["cat.png", "hidden.png"]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("xmpp:a@b", NotSupported),
        ("https:///", NotSupported),
        # What leads nowhere that one may lead others is no file of it.
        ("file:///etc/passwd", UnknownItem),
        ("data:text/plain,a", UnknownItem),
    ],
)
async def test_what_is_no_address_of_a_file_is_asked_of_nobody(both, url, why):
    home, peer = both
    await posted(peer, enclosure(url))
    with pytest.raises(why):
        await fetch(home, peer)
    assert await transfers(home) == []


async def test_what_an_entry_does_not_have_is_said(both):
    home, peer = both
    await posted(peer, enclosure("https://a.invalid/a"))
    with pytest.raises(UnknownItem):
        await fetch(home, peer, 1)
    with pytest.raises(UnknownItem):
        await home.call(BLOG, "download", peer.jid, "", "none", 0, "")
    with pytest.raises(InvalidArgument):
        await fetch(home, peer, 0, "relative")
    await home.session.disconnect()
    with pytest.raises(NotConnected):
        await home.call(BLOG, "download", peer.jid, "", "never seen", 0, "")


async def test_an_entry_that_is_gone_leaves_the_file_that_came_by_it(both):
    home, peer = both
    async with serving(whole) as server:
        await posted(peer, enclosure(server.url("/cat.png")))
        id = await fetch(home, peer)
        await until_state(home, id, "done")
    await home.call(BLOG, "subscribe", peer.jid, "")
    await peer.ask("set", None, retract("a"))

    async def has_none():
        (found,) = await transfers(home)
        return found if not found.entry_id else None

    assert content(await home.until(has_none)) == CONTENT


async def test_a_file_is_fetched_into_what_a_caller_has_opened(both, tmp_path):
    home, peer = both
    async with serving(whole) as server:
        await posted(peer, enclosure(server.url("/cat.png")))
        with Descriptor(os.open(tmp_path / "taken", os.O_RDWR | os.O_CREAT)) as handle:
            id = await home.call(BLOG, "download_handle", peer.jid, "", "a", 0, handle)
            await until_state(home, id, "done")
    assert (tmp_path / "taken").read_bytes() == CONTENT
