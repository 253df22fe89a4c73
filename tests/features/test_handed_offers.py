"""Files from client to client, received into what a caller has opened."""

import os
from xml.etree.ElementTree import fromstring

import pytest

from backendd.api import names
from backendd.api.descriptors import Descriptor
from tests.backendd.files.test_handed_targets import Reader
from tests.features.test_downloads import coming
from tests.features.test_interrupted_offers import ends_behind
from tests.features.test_offers import make_friends, until_offered
from tests.features.test_uploads import send, transfer, transfers, until_state

__all__ = ["make_friends"]


CONTENT = os.urandom(6_000_000)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "mine"
    path.write_bytes(b"before")
    return path


@pytest.fixture
def begin(make_friends, tmp_path):
    """Call it for two friends, a file half way between them into what is open, and its ids."""

    async def begin(number):
        one, other = await make_friends()
        large = tmp_path / "large"
        large.write_bytes(CONTENT)
        id = await send(one, other.jid, large, method="jingle-ibb")
        offer = await until_offered(other)
        with Descriptor(number) as opened:
            await other.call(names.FILES, "accept_handle", offer.id, opened)
        await coming(other)(100_000)
        return one, other, id, offer.id

    return begin


def appending(path):
    return os.open(path, os.O_WRONLY | os.O_APPEND)


@pytest.mark.every_server
@pytest.mark.parametrize("pauses", ["sender", "receiver"])
async def test_what_is_paused_goes_on_where_it_was(begin, path, pauses):
    one, other, id, received = await begin(appending(path))
    home, which = (one, id) if pauses == "sender" else (other, received)
    await home.call(names.FILES, "pause", which)
    for each, number in ((one, id), (other, received)):
        await until_state(each, number, "paused")
    await home.call(names.FILES, "resume", which)
    await ends_behind(one, other, id, received)
    assert path.read_bytes() == b"before" + CONTENT


async def test_what_breaks_off_goes_on_where_it_was_once_they_are_back(begin, path):
    number = os.open(path, os.O_RDWR)
    os.lseek(number, 0, os.SEEK_END)
    one, other, id, received = await begin(number)
    one.inside.stream.send(fromstring("<presence xmlns='jabber:client' type='unavailable'/>"))
    await until_state(one, id, "failed", "queued")
    one.inside.stream.send(fromstring("<presence xmlns='jabber:client'/>"))
    await ends_behind(one, other, id, received)
    assert path.read_bytes() == b"before" + CONTENT


async def test_what_our_own_stream_breaks_goes_on_where_it_was(begin, path):
    one, other, id, received = await begin(appending(path))
    await other.session.disconnect()
    await until_state(other, received, "queued")
    await other.session.connect()
    await ends_behind(one, other, id, received)
    assert path.read_bytes() == b"before" + CONTENT


async def test_a_pipe_gets_each_byte_once_as_well(begin):
    reader, writer = os.pipe()
    reading = Reader(reader).start()
    one, other, id, received = await begin(writer)
    await other.call(names.FILES, "pause", received)
    await until_state(one, id, "paused")
    await other.call(names.FILES, "resume", received)
    await ends_behind(one, other, id, received)
    assert await reading.all() == CONTENT


async def offered_again(begin, path):
    """Return what `begin` does, of a file that we have paused and that is offered once more."""
    one, other, id, received = await begin(appending(path))
    await other.call(names.FILES, "pause", received)
    await until_state(one, id, "paused")
    await one.call(names.FILES, "resume", id)
    await until_state(other, received, "offered")
    return one, other, id, received


async def test_what_is_taken_again_goes_on_where_it_was(begin, path):
    one, other, id, received = await offered_again(begin, path)
    await other.call(names.FILES, "accept", received, "")
    await ends_behind(one, other, id, received)
    assert path.read_bytes() == b"before" + CONTENT


async def test_what_is_taken_to_another_place_leaves_nothing_where_it_was(begin, path, tmp_path):
    _, other, _, received = await offered_again(begin, path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    await other.call(names.FILES, "accept", received, str(elsewhere))
    await until_state(other, received, "done")
    assert (elsewhere / "large").read_bytes() == CONTENT
    assert path.read_bytes() == b"before"


async def test_what_is_taken_into_another_open_one_leaves_nothing_where_it_was(
    begin, path, tmp_path
):
    _, other, _, received = await offered_again(begin, path)
    second = tmp_path / "second"
    with Descriptor(os.open(second, os.O_WRONLY | os.O_CREAT)) as opened:
        await other.call(names.FILES, "accept_handle", received, opened)
    await until_state(other, received, "done")
    assert second.read_bytes() == CONTENT
    assert path.read_bytes() == b"before"


async def test_what_was_open_when_the_backend_was_killed_is_not_gone_on_with(begin, path):
    one, other, id, received = await begin(appending(path))
    await other.call(names.FILES, "pause", received)
    await until_state(one, id, "paused")
    await other.crash()
    await other.come_back()
    await other.online()
    await one.call(names.FILES, "resume", id)
    assert (await until_offered(other)).id > received
    assert (await transfer(other, received)).state == "paused"
    assert len(await transfers(other)) == 2


@pytest.mark.parametrize("canceller", ["sender", "receiver"])
async def test_nothing_stays_of_what_is_cancelled(make_friends, tmp_path, canceller):
    one, other = await make_friends()
    large, path = tmp_path / "large", tmp_path / "mine"
    large.write_bytes(bytes(20_000_000))
    path.write_bytes(b"before")
    id = await send(one, other.jid, large, method="jingle-ibb")
    offer = await until_offered(other)
    with Descriptor(os.open(path, os.O_WRONLY | os.O_APPEND)) as opened:
        await other.call(names.FILES, "accept_handle", offer.id, opened)
    await coming(other)(0)
    if canceller == "sender":
        await one.call(names.FILES, "cancel", id)
        failed = await until_state(other, offer.id, "failed")
        assert failed.error == ("NotAllowed", f"{one.jid} cancelled the transfer")
    else:
        await other.call(names.FILES, "cancel", offer.id)
        await until_state(one, id, "failed")
    assert path.read_bytes() == b"before"


async def test_what_was_not_to_go_on_there_is_asked_for_to_where_downloads_belong(
    make_friends, tmp_path, monkeypatch
):
    downloads = tmp_path / "downloads"
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(downloads))
    one, other = await make_friends()
    large, path = tmp_path / "large", tmp_path / "mine"
    large.write_bytes(bytes(20_000_000))
    await send(one, other.jid, large, method="jingle-ibb")
    offer = await until_offered(other)
    with Descriptor(os.open(path, os.O_WRONLY | os.O_CREAT)) as opened:
        await other.call(names.FILES, "accept_handle", offer.id, opened)
    await coming(other)(0)
    await other.call(names.FILES, "cancel", offer.id)
    await other.call(names.FILES, "resume", offer.id)
    done = await until_state(other, offer.id, "done")
    assert done.path == str(downloads / "large")
    assert path.read_bytes() == b""
