"""What is sent is one file as it was, or nothing."""

import asyncio
import gc
import hashlib
import os
import socket

import pytest

from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError, InvalidArgument
from backendd.api.sealed import sealed
from backendd.files.ahead import MOST
from backendd.files.reading import PIECE
from backendd.files.sources import Source
from tests.backendd.files.rest import rest


@pytest.fixture
def path(tmp_path):
    """A file of some pieces and a bit."""
    path = tmp_path / "holiday.mp4"
    path.write_bytes(os.urandom(3 * PIECE + 17))
    return path


async def everything(source, start=0, end=None):
    return await rest_of(source.begin(start, end))


async def rest_of(reading):
    data = b""
    while piece := await reading.next():
        data += piece
    return data


async def refused(path):
    with pytest.raises(FileError) as caught:
        await Source.at(str(path))
    return str(caught.value)


def open_files():
    gc.collect()  # what earlier tests left is none of these
    return len(os.listdir("/proc/self/fd"))


async def test_a_file_is_read_whole_and_in_parts(path):
    content = path.read_bytes()
    async with await Source.at(str(path)) as source:
        assert (source.name, source.path, source.size) == ("holiday.mp4", str(path), len(content))
        assert source.mime == "video/mp4"
        assert await everything(source) == content
        assert await everything(source, PIECE + 5) == content[PIECE + 5 :]
        assert await everything(source, 10, 30) == content[10:30]
        assert await everything(source, len(content) - 3) == content[-3:]
        assert await everything(source, len(content)) == b""


async def test_an_empty_file_is_a_file(tmp_path):
    (tmp_path / "empty").touch()
    async with await Source.at(str(tmp_path / "empty")) as source:
        assert await everything(source) == b""
        assert await source.hashes() == {"sha-256": hashlib.sha256(b"").digest()}


async def test_a_file_is_hashed_once_for_each_name(path):
    content = path.read_bytes()
    async with await Source.at(str(path)) as source:
        first = await source.hashes()
        both = await source.hashes(("sha-256", "blake2b-512", "md5"))
    assert first == {"sha-256": hashlib.sha256(content).digest()}
    assert both == first | {"blake2b-512": hashlib.blake2b(content).digest()}


async def test_a_link_is_the_file_that_it_leads_to(tmp_path, path):
    (tmp_path / "link.mp4").symlink_to(path)
    async with await Source.at(str(tmp_path / "link.mp4")) as source:
        assert source.name == "link.mp4"
        assert source.size == path.stat().st_size


async def test_what_is_no_file_is_refused_by_what_it_is(tmp_path):
    os.mkfifo(tmp_path / "fifo")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
    assert await refused(tmp_path) == f'"{tmp_path}" is a directory; only files can be sent'
    assert "is a pipe" in await refused(tmp_path / "fifo")
    assert "is a socket" in await refused(tmp_path / "socket")
    assert "is a device" in await refused("/dev/zero")
    assert "send a copy of it" in await refused("/proc/self/status")


async def test_of_what_the_backend_does_not_see_it_is_said_that_this_goes_for_the_backend(tmp_path):
    assert "is not there" in await refused(tmp_path / "nowhere")


async def test_what_a_sentence_says_of_a_path_controls_nothing(tmp_path):
    assert "\x1b" not in await refused(tmp_path / "\x1b[31mred")


@pytest.mark.parametrize("path", ["holiday.mp4", "", "~/x", "./x", "/tmp/a\0b"])
async def test_a_path_is_absolute(path):
    with pytest.raises(InvalidArgument):
        await Source.at(path)


async def test_a_descriptor_is_sent_from_its_beginning_and_left_as_it_is(path):
    with path.open("rb") as opened:
        opened.seek(100)
        async with await Source.of(Descriptor.copy(opened.fileno()), "a/b\x07.mp4") as source:
            assert (source.name, source.path) == ("b.mp4", "")
            assert await everything(source) == path.read_bytes()
        assert opened.tell() == 100


async def test_a_descriptor_outlives_the_call_that_brought_it():
    with sealed("note", b"in memory") as brought:
        source = await Source.of(brought, "note.txt")
    assert await everything(source) == b"in memory"
    source.close()


async def test_a_descriptor_of_no_file_is_refused(tmp_path, path):
    ends = os.pipe()
    numbers = [*ends, os.open(path, os.O_WRONLY), os.open(path, os.O_PATH), os.open("/", 0)]
    with pytest.raises(FileError, match="is a pipe"):
        await Source.of(Descriptor(numbers[0]), "pipe")
    for number in numbers[1:]:
        with pytest.raises(FileError):
            await Source.of(Descriptor(number), "name")


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_bytes(b"shorter"),
        lambda path: path.write_bytes(path.read_bytes() + b"longer"),
        lambda path: os.utime(path, ns=(1, 1)),
    ],
    ids=["shorter", "longer", "written anew"],
)
async def test_a_file_that_changes_while_it_is_sent_is_sent_no_further(path, change):
    path.write_bytes(os.urandom(3 * MOST * PIECE))
    async with await Source.at(str(path)) as source:
        reading = source.begin()
        await reading.next()
        change(path)
        with pytest.raises(FileError, match="has changed"):
            await rest_of(reading)
        with pytest.raises(FileError, match="has changed"):
            await everything(source, PIECE)
        with pytest.raises(FileError, match="has changed"):
            await source.hashes()


async def test_a_file_that_changed_since_it_was_known_is_not_sent_on(path):
    async with await Source.at(str(path)) as source:
        known = source.stamp
    (await Source.at(str(path), known=known)).close()
    path.write_bytes(b"another")
    before = open_files()
    with pytest.raises(FileError, match="has changed"):
        await Source.at(str(path), known=known)
    assert open_files() == before


async def test_what_is_replaced_by_another_file_is_sent_as_it_was(path):
    content = path.read_bytes()
    async with await Source.at(str(path)) as source:
        path.unlink()
        path.write_bytes(b"another")
        assert await everything(source) == content


async def test_who_stops_sending_leaves_nothing_open(path):
    before = open_files()
    source = await Source.at(str(path))
    reading = source.begin()
    await reading.next()
    reading.close()
    source.close()
    with pytest.raises(FileError, match="closed"):
        await everything(source)
    await rest()
    assert open_files() == before


async def test_several_read_one_file_at_once(path):
    async with await Source.at(str(path)) as source:
        read = await asyncio.gather(*(everything(source) for _ in range(4)))
    assert set(read) == {path.read_bytes()}


async def test_what_is_read_in_order_is_hashed_by_the_way(tmp_path):
    content = os.urandom(3 * PIECE + 17)
    path = tmp_path / "file"
    path.write_bytes(content)
    async with await Source.at(str(path)) as source:
        source.hash_along()
        reading = source.begin()  # that comes to nothing
        await reading.next()
        reading.close()
        await everything(source)
        path.write_bytes(b"")  # nothing is read any more
        assert await source.hashes() == {"sha-256": hashlib.sha256(content).digest()}


async def test_what_is_still_read_though_it_was_given_up_makes_no_other_hash(tmp_path):
    content = os.urandom(3 * PIECE + 17)
    path = tmp_path / "file"
    path.write_bytes(content)
    for _ in range(20):
        async with await Source.at(str(path)) as source:
            source.hash_along()
            given_up = [source.begin() for _ in range(3)]
            for each in given_up:
                await each.next()
            await asyncio.gather(everything(source), *(rest_of(each) for each in given_up))
            assert await source.hashes() == {"sha-256": hashlib.sha256(content).digest()}


async def test_what_was_not_read_in_order_is_read_for_its_hash(tmp_path):
    content = os.urandom(2 * PIECE)
    path = tmp_path / "file"
    path.write_bytes(content)
    async with await Source.at(str(path)) as source:
        source.hash_along()
        await everything(source, PIECE)
        assert await source.hashes() == {"sha-256": hashlib.sha256(content).digest()}
