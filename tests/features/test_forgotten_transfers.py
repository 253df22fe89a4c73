"""What messages and entries know of their files once nothing lists any more how they came."""

import os

import pytest

from backendd.api import attachments, names
from backendd.api.descriptors import Descriptor
from backendd.store import transfers as table
from tests.backendd.files.webserver import serving
from tests.features.test_blogs import entry, item
from tests.features.test_downloads import download, downloads, told, whole
from tests.features.test_files_of_entries import enclosure, fetch, files_of, posted
from tests.features.test_publishing import BLOG, got, published
from tests.features.test_uploads import file, send, transfers, until_state

__all__ = ["downloads", "file"]


async def remembered(home, peer, index=0):
    """Return what the only message with a file says of one of its files."""
    (message,) = [each for each in await home.messages(peer) if attachments.of(each)]
    return attachments.of(message)[index]


@pytest.fixture
async def fetched(make_home, make_peer, downloads):
    """A home, with a file that a peer told of and that is here."""
    peer = await make_peer()
    home = await (await make_home()).online()
    async with serving(whole) as server:
        message = await told(home, peer, server.url())
        done = await until_state(home, await download(home, message), "done")
    return home, peer, message, done


async def test_a_message_knows_where_its_file_is_when_its_transfer_is_forgotten(fetched):
    home, peer, _, done = fetched
    found = await remembered(home, peer.jid)
    assert (found.transfer, found.here, found.path) == (done.id, False, "")
    await home.call(names.FILES, "remove", done.id)
    await home.until(lambda: remembered_here(home, peer.jid))
    await home.crash()
    await home.come_back()
    found = await remembered(home, peer.jid)
    assert (found.transfer, found.here, found.path) == (0, True, done.path)
    assert found.size == done.size  # which nobody had told
    assert await transfers(home) == []


async def remembered_here(home, peer):
    return (await remembered(home, peer)).here


async def test_what_the_list_has_no_room_for_any_more_is_still_here(fetched, monkeypatch):
    home, peer, _, done = fetched
    monkeypatch.setattr(table, "KEPT", 0)
    home.inside.transfers.look()
    await home.until(lambda: remembered_here(home, peer.jid))
    assert (await remembered(home, peer.jid)).path == done.path


async def test_a_file_that_is_fetched_again_is_where_it_came_last(
    make_home, make_peer, downloads, tmp_path
):
    peer = await make_peer()
    home = await (await make_home()).online()
    async with serving(whole) as server:
        message = await told(home, peer, server.url())
        for directory in ("", tmp_path):
            id = await download(home, message, directory)
            done = await until_state(home, id, "done")
            assert (await remembered(home, peer.jid)).transfer == id
            await home.call(names.FILES, "remove", id)
            assert (await remembered(home, peer.jid)).path == done.path


async def test_what_never_came_is_not_here_when_it_is_forgotten(make_home, make_peer, file):
    peer = await make_peer()
    home = await make_home()
    id = await send(home, peer.jid, file)
    await home.call(names.FILES, "cancel", id)
    await home.call(names.FILES, "remove", id)
    found = await remembered(home, peer.jid)
    assert (found.transfer, found.here, found.path) == (0, False, "")


async def test_our_own_message_knows_what_file_it_was(make_home, make_peer, file):
    peer = await make_peer()
    home = await (await make_home()).online()
    id = await send(home, peer.jid, file)
    await until_state(home, id, "done")
    await home.call(names.FILES, "remove", id)
    found = await remembered(home, peer.jid)
    assert (found.here, found.path) == (True, str(file))


async def test_what_was_taken_open_has_come_without_a_place(make_home, make_peer, tmp_path):
    peer = await make_peer()
    home = await (await make_home()).online()
    async with serving(whole) as server:
        message = await told(home, peer, server.url())
        with Descriptor(os.open(tmp_path / "taken", os.O_RDWR | os.O_CREAT)) as handle:
            id = await home.call(names.FILES, "download_handle", message.id, 0, handle)
            await until_state(home, id, "done")
    await home.call(names.FILES, "remove", id)
    found = await remembered(home, peer.jid)
    assert (found.here, found.path) == (True, "")


async def test_a_copy_that_a_program_took_hides_none_that_is_here(
    make_home, make_peer, downloads, tmp_path
):
    peer = await make_peer()
    home = await (await make_home()).online()
    async with serving(whole) as server:
        message = await told(home, peer, server.url())
        first = await home.call(names.FILES, "download", message.id, 0, "")
        done = await until_state(home, first, "done")
        with Descriptor(os.open(tmp_path / "taken", os.O_RDWR | os.O_CREAT)) as handle:
            taken = await home.call(names.FILES, "download_handle", message.id, 0, handle)
            await until_state(home, taken, "done")
    (found,) = attachments.of((await home.messages(peer.jid))[-1])
    assert found.transfer == first
    await home.call(names.FILES, "remove", first)
    await home.call(names.FILES, "remove", taken)
    found = await remembered(home, peer.jid)
    assert (found.here, found.path) == (True, done.path)


async def test_an_entry_knows_where_its_file_is_when_its_transfer_is_forgotten(
    make_home, make_peer, downloads
):
    home, peer = await (await make_home()).online(), await make_peer()
    async with serving(whole) as server:
        url = server.url("/cat.png")
        other = enclosure("https://a.invalid/b")
        await posted(peer, other, enclosure(url, type="image/png", length=3))
        assert not [each.here for each in await files_of(home, peer) if each.here]
        id = await fetch(home, peer, 1)
        done = await until_state(home, id, "done")
    await home.call(names.FILES, "remove", id)
    await home.crash()
    await home.come_back()
    await home.online()
    for links in ([other, enclosure(url)], [enclosure(url)]):
        # It is known by its address, at whatever place that stands.
        await peer.ask("set", None, item("a", entry("changed", inner="".join(links))))
        await home.call(BLOG, "list", peer.jid, "", {})
        found = (await files_of(home, peer))[-1]
        assert (found.transfer, found.here, found.path) == (0, True, done.path)
        assert (found.url, found.size) == (url, done.size)
    assert await transfers(home) == []


async def test_our_own_entry_knows_what_file_it_was(make_home, file):
    home = await (await make_home()).online()
    mine = await published(home, {"title": "t", "files": [str(file)]})
    await home.call(names.FILES, "remove", mine.attachments[0].transfer)
    (found,) = (await got(home, mine.id)).attachments
    assert (found.transfer, found.here, found.path) == (0, True, str(file))
