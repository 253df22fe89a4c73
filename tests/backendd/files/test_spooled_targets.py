"""What must not be seen before it is verified is not seen before."""

import gc
import hashlib
import os

import pytest

from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError
from backendd.files.handed_targets import open_handed
from backendd.files.hashing import Hasher
from backendd.files.spooled_targets import SpooledTarget
from backendd.files.targets import Bounds
from backendd.files.writer import BATCH
from tests.backendd.files.rest import rest

CONTENT = os.urandom(2 * BATCH + 4321)
SHA256 = hashlib.sha256(CONTENT).digest()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "taken"


def opened(path):
    return Descriptor(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def open_files():
    gc.collect()  # what earlier tests left is none of these
    return len(os.listdir("/proc/self/fd"))


async def spooled(path, **how):
    with opened(path) as file:
        return await SpooledTarget.open(str(path.parent), await open_handed(file), **how)


async def test_its_taker_has_nothing_before_it_is_verified_and_all_of_it_then(path):
    before = open_files()
    async with await spooled(path, bounds=Bounds(len(CONTENT))) as target:
        await target.write(CONTENT)
        assert os.listdir(path.parent) == ["taken"]
        assert path.read_bytes() == b""
        received = await target.finish({"sha-256": SHA256})
    assert (received.path, received.size, received.is_verified) == ("", len(CONTENT), True)
    assert path.read_bytes() == CONTENT
    await rest()
    assert open_files() == before


async def test_its_taker_has_nothing_of_another_file(path):
    before = open_files()
    async with await spooled(path) as target:
        await target.write(CONTENT)
        with pytest.raises(FileError, match="not the file that was announced"):
            await target.finish({"sha-256": b"another"})
    assert path.read_bytes() == b""
    await rest()
    assert open_files() == before


async def test_its_taker_has_nothing_of_what_is_abandoned_or_begins_anew(path):
    async with await spooled(path) as target:
        await target.write(CONTENT)
        await target.restart()
        await target.write(CONTENT[:10])
        await target.abandon()
    assert path.read_bytes() == b""


async def test_whatever_hash_is_told_in_the_end_is_looked_at(path):
    async with await spooled(path) as target:
        await target.write(CONTENT)
        hashes = {"blake2b-512": hashlib.blake2b(CONTENT).digest()}
        assert (await target.finish(hashes)).is_verified


async def test_what_came_can_be_looked_at_again(path):
    again = Hasher()
    async with await spooled(path) as target:
        await target.write(CONTENT)
        assert await target.recall(again)
    assert again.digests() == {"sha-256": SHA256}


async def test_where_there_is_no_room_for_it_nothing_begins(path):
    with pytest.raises(FileError, match="no room"):
        await spooled(path, bounds=Bounds(1 << 60))


async def test_the_directory_has_to_be_there(path):
    with opened(path) as file, pytest.raises(FileError, match="is not there"):
        await SpooledTarget.open(str(path.parent / "nowhere"), await open_handed(file))
