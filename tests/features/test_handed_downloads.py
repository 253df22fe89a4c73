"""Files of messages, fetched into what a caller has opened."""

import os

import pytest

from backendd.api import names
from backendd.api.descriptors import Descriptor
from backendd.core.transfers import TransfersChanged
from tests.backendd.files.test_handed_targets import Reader
from tests.backendd.files.webserver import serving
from tests.features.test_downloads import (
    CONTENT,
    DIGESTS,
    Breaking,
    coming,
    downloads,
    ranged,
    short_pauses,
    told,
    whole,
)
from tests.features.test_replies import talking
from tests.features.test_uploads import until_state

__all__ = ["downloads", "short_pauses"]


async def download_handle(home, message, number, index=0):
    with Descriptor(number) as handle:
        return await home.call(names.FILES, "download_handle", message.id, index, handle)


def opened(path, more=0):
    return os.open(path, os.O_RDWR | os.O_CREAT | more)


class Stalling:
    """A server that sends nothing more after a while, the first time."""

    def __init__(self, then=ranged):
        self.is_first = True
        self.then = then

    async def __call__(self, asked):
        if not self.is_first:
            await self.then(asked)
            return
        self.is_first = False
        head = f'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Length: {len(CONTENT)}\r\n\r\n'
        await asked.send(head.encode() + CONTENT[:500_000])
        await asked.reader.read()  # until they hang up


@pytest.mark.parametrize("more", [0, os.O_APPEND])
async def test_what_breaks_in_the_middle_goes_on_there(
    make_home, make_peer, downloads, short_pauses, tmp_path, more
):
    home, peer, _ = await talking(make_home, make_peer)
    path = tmp_path / "mine"
    path.write_bytes(b"before")
    async with serving(Breaking(2, coming(home))) as server:
        message = await told(home, peer, server.url("/cat.png"), hashes=DIGESTS)
        number = opened(path, more)
        os.lseek(number, 0, os.SEEK_END)
        await until_state(home, await download_handle(home, message, number), "done")
        starts = ["range" in each.headers for each in server.asked]
    assert starts == [False, True, True]
    assert path.read_bytes() == b"before" + CONTENT


async def test_what_is_paused_goes_on_there(make_home, make_peer, downloads, tmp_path):
    home, peer, _ = await talking(make_home, make_peer)
    path = tmp_path / "mine"
    async with serving(Stalling()) as server:
        message = await told(home, peer, server.url("/cat.png"), hashes=DIGESTS)
        id = await download_handle(home, message, opened(path))
        await coming(home)(0)
        await home.call(names.FILES, "pause", id)
        await home.call(names.FILES, "resume", id)
        await until_state(home, id, "done")
    assert path.read_bytes() == CONTENT


@pytest.mark.parametrize("then", [ranged, whole])
async def test_a_pipe_gets_each_byte_once_or_the_reason_why_not(
    make_home, make_peer, downloads, short_pauses, then
):
    home, peer, _ = await talking(make_home, make_peer)
    reader, writer = os.pipe()
    reading = Reader(reader).start()
    async with serving(Stalling(then)) as server:
        message = await told(home, peer, server.url("/cat.png"), hashes=DIGESTS)
        id = await download_handle(home, message, writer)
        await coming(home)(0)
        await home.call(names.FILES, "pause", id)
        await home.call(names.FILES, "resume", id)
        ended = await until_state(home, id, "done", "failed")
        if ended.state == "failed":
            assert "can't be taken back" in ended.error[1]
            await home.call(names.FILES, "remove", id)
    read = await reading.all()
    assert CONTENT.startswith(read)
    assert (ended.state == "done") == (len(read) == len(CONTENT)) == (then is ranged)


async def test_one_that_is_held_up_just_when_it_is_done_is_closed(make_home, make_peer, downloads):
    home, peer, _ = await talking(make_home, make_peer)
    reader, writer = os.pipe()
    reading, transfers = Reader(reader).start(), home.inside.transfers

    def hold(event):
        for each in event.transfers:
            if each.state == "done":
                home.inside.do_soon(transfers.hold(each.id), name="hold")

    home.hub.subscribe(TransfersChanged, hold)
    async with serving(whole) as server:
        message = await told(home, peer, server.url("/cat.png"), hashes=DIGESTS)
        await until_state(home, await download_handle(home, message, writer), "done")
    assert await reading.all() == CONTENT


async def test_a_cancelled_one_leaves_nothing(make_home, make_peer, downloads, tmp_path):
    home, peer, _ = await talking(make_home, make_peer)
    path = tmp_path / "mine"
    path.write_bytes(b"before")
    async with serving(Stalling()) as server:
        message = await told(home, peer, server.url("/cat.png"))
        id = await download_handle(home, message, opened(path, os.O_APPEND))
        await coming(home)(0)
        await home.call(names.FILES, "cancel", id)
    assert path.read_bytes() == b"before"


@pytest.mark.parametrize("is_pipe", [False, True])
async def test_whatever_hash_was_announced_is_looked_at(
    make_home, make_peer, downloads, tmp_path, is_pipe
):
    home, peer, _ = await talking(make_home, make_peer)
    path = tmp_path / "mine"
    reading, writing = os.pipe() if is_pipe else (None, os.open(path, os.O_WRONLY | os.O_CREAT))
    reader = Reader(reading).start() if is_pipe else None
    async with serving(whole) as server:
        wrong = {"sha3-512": bytes(64)}
        message = await told(home, peer, server.url("/cat.png"), hashes=wrong)
        id = await download_handle(home, message, writing)
        failed = await until_state(home, id, "failed")
        await home.call(names.FILES, "remove", id)
    assert failed.error[0] == "FileError"
    if reader is None:
        assert path.read_bytes() == b""
    else:
        await reader.all()
