"""What is received goes into what its taker has opened, and harms nothing that was there."""

import asyncio
import contextlib
import fcntl
import gc
import hashlib
import os
import socket

import pytest

from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError, TooLarge
from backendd.api.sealed import sealed
from backendd.api.tasks import Tasks
from backendd.files.handed_targets import open_handed
from backendd.files.targets import Bounds
from backendd.files.writer import BATCH
from tests.backendd.files.rest import rest
from tests.lab.patience import PATIENCE_S

CONTENT = os.urandom(2 * BATCH + 4321)
SHA256 = hashlib.sha256(CONTENT).digest()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "taken"


def opened(path, flags=0):
    return Descriptor(os.open(path, os.O_WRONLY | os.O_CREAT | flags, 0o600))


def open_files():
    gc.collect()  # what earlier tests left is none of these
    return len(os.listdir("/proc/self/fd"))


async def bring(target, content=CONTENT, piece=65_536):
    for start in range(0, len(content), piece):
        await target.write(content[start : start + piece])


async def take(file, content=CONTENT, hashes=None, **how):
    async with await open_handed(file, **how) as target:
        await bring(target, content)
        return await target.finish(hashes or {})


class Reader:
    """Reads the other end of a pipe or socket to its end; a test that fails leaves it behind."""

    def __init__(self, number):
        self._file = os.fdopen(number, "rb", buffering=0)

    def start(self):
        self._reading = asyncio.get_running_loop().create_task(self._read())
        return self

    async def _read(self):
        stream = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(stream)
        pipe, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, self._file)
        with contextlib.closing(pipe):
            return await stream.read()

    async def all(self):
        return await asyncio.wait_for(self._reading, PATIENCE_S)


async def test_a_file_takes_what_comes(path):
    with opened(path) as file:
        received = await take(file, hashes={"sha-256": SHA256}, bounds=Bounds(len(CONTENT)))
        assert os.lseek(file.fileno(), 0, os.SEEK_CUR) == len(CONTENT)
    assert (received.path, received.size, received.is_verified) == ("", len(CONTENT), True)
    assert path.read_bytes() == CONTENT


async def test_a_file_that_is_whole_stays_so(path):
    with opened(path) as file:
        async with await open_handed(file) as target:
            await bring(target)
            received = await target.finish()
            assert target.is_whole
            assert await target.finish() == received
            await target.abandon()
    assert path.read_bytes() == CONTENT


async def test_a_file_takes_it_behind_what_is_there(path):
    path.write_bytes(b"before ")
    with opened(path, os.O_APPEND) as file:
        await take(file, b"after")
    assert path.read_bytes() == b"before after"


async def test_it_goes_on_when_the_call_that_brought_the_file_is_answered(path):
    file = opened(path)
    target = await open_handed(file)
    file.close()
    await bring(target)
    await target.finish()
    assert path.read_bytes() == CONTENT


@pytest.mark.parametrize("flags", [0, os.O_APPEND])
async def test_another_file_than_the_announced_one_is_taken_back(path, flags):
    path.write_bytes(b"before")
    with opened(path, flags) as file:
        os.lseek(file.fileno(), 0, os.SEEK_END)
        with pytest.raises(FileError, match="not the file that was announced"):
            await take(file, hashes={"sha-256": b"another"})
    assert path.read_bytes() == b"before"


async def test_what_was_written_over_something_is_left(path):
    path.write_bytes(b"x" * 10)
    with opened(path) as file:
        target = await open_handed(file)
        await target.write(b"abc")
        with pytest.raises(FileError, match="can't be taken back"):
            await target.restart()
        await target.abandon()
    assert path.read_bytes() == b"abc" + b"x" * 7


async def test_a_file_can_begin_anew(path):
    with opened(path) as file:
        target = await open_handed(file)
        await bring(target)
        await target.restart()
        await target.write(b"abc")
        received = await target.finish({"sha-256": hashlib.sha256(b"abc").digest()})
    assert (received.size, path.read_bytes()) == (3, b"abc")


async def test_a_hash_that_nobody_made_proves_nothing(path):
    with opened(path) as file:
        received = await take(file, hashes={"sha3-256": b"whatever"})
    assert not received.is_verified


async def test_where_it_can_be_read_any_hash_is_looked_at(path):
    path.write_bytes(b"before")
    file = Descriptor(os.open(path, os.O_RDWR | os.O_APPEND))
    received = await take(file, hashes={"sha3-256": hashlib.sha3_256(CONTENT).digest()})
    assert received.is_verified
    with pytest.raises(FileError, match="not the file that was announced"):
        await take(file, hashes={"sha3-256": b"another"})
    file.close()
    assert path.read_bytes() == b"before" + CONTENT


async def test_the_hashes_that_are_wanted_are_made(path):
    with opened(path) as file:
        wanted = {"sha3-256": hashlib.sha3_256(CONTENT).digest()}
        assert (await take(file, hashes=wanted, algorithms=wanted)).is_verified


async def test_no_more_comes_than_was_announced_or_may(path):
    with opened(path) as file:
        with pytest.raises(FileError, match="more came"):
            await take(file, b"abc", bounds=Bounds(2))
        with pytest.raises(TooLarge):
            await take(file, b"abc", bounds=Bounds(most=2))
        with pytest.raises(FileError, match="no room"):
            await take(file, b"abc", bounds=Bounds(1 << 60))


async def test_what_takes_no_content_is_refused(path, tmp_path):
    path.touch()
    files = [
        os.open(path, os.O_RDONLY),
        os.open(path, os.O_PATH),
        os.open(tmp_path, os.O_RDONLY),
        os.open("/dev/null", os.O_WRONLY),
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).detach(),
        os.eventfd(0),
    ]
    before = open_files()
    for number in files:
        with pytest.raises(FileError):
            await open_handed(Descriptor.copy(number))
    await rest()
    assert open_files() == before
    for number in files:
        os.close(number)


async def test_what_nobody_may_write_is_said_to_be_so():
    with sealed("note", b"closed for ever") as file, pytest.raises(FileError, match="may not be"):
        await take(file)


async def test_a_pipe_takes_what_comes_and_its_reader_sees_the_end():
    reading, writing = os.pipe()
    reader = Reader(reading).start()
    file = Descriptor(writing)
    target = await open_handed(file, Bounds(len(CONTENT)))
    file.close()
    await bring(target, piece=200_000)
    received = await target.finish({"sha-256": SHA256})
    assert received.is_verified
    assert await reader.all() == CONTENT


async def test_a_socket_takes_what_comes_and_its_reader_sees_the_end():
    theirs, ours = socket.socketpair()
    reader = Reader(theirs.detach()).start()
    file = Descriptor(ours.detach())
    target = await open_handed(file)
    file.close()
    await bring(target, piece=200_000)
    assert (await target.finish({"sha-256": SHA256})).is_verified
    assert await reader.all() == CONTENT


@pytest.mark.parametrize("ends", [os.pipe, lambda: [s.detach() for s in socket.socketpair()]])
async def test_who_never_reads_holds_up_nobody_else(path, ends):
    reading, writing = ends()
    flags = fcntl.fcntl(writing, fcntl.F_GETFL)
    before = open_files()
    targets = [await open_handed(Descriptor.copy(writing)) for _ in range(8)]
    tasks = Tasks()
    stuck = [tasks.start(bring(target), name="stuck") for target in targets]
    with opened(path) as file:
        await take(file)
    assert path.read_bytes() == CONTENT
    assert not any(task.done() for task in stuck)
    assert fcntl.fcntl(writing, fcntl.F_GETFL) == flags
    await tasks.stop()
    for target in targets:
        await target.abandon()
    assert open_files() == before
    os.close(reading)
    os.close(writing)


async def test_what_is_closed_while_it_waits_for_its_reader_ends():
    reading, writing = os.pipe()
    before = open_files()
    target = await open_handed(Descriptor(writing))
    task = Tasks().start(bring(target), name="stuck")
    while fcntl.fcntl(reading, fcntl.F_GETPIPE_SZ) != pending(reading):
        await rest()
    await target.close()
    with pytest.raises(FileError, match="closed"):
        await task
    assert open_files() == before - 1
    os.close(reading)


async def test_what_was_brought_to_a_full_pipe_comes_though_who_brought_it_is_cancelled():
    reading, writing = os.pipe()
    target = await open_handed(Descriptor(writing))
    task = Tasks().start(target.write(CONTENT), name="stuck")
    while fcntl.fcntl(reading, fcntl.F_GETPIPE_SZ) != pending(reading):
        await rest()
    task.cancel()
    await asyncio.wait([task])
    reader = Reader(reading).start()
    assert (await target.finish({"sha-256": SHA256})).is_verified
    assert await reader.all() == CONTENT


async def test_who_reads_no_more_ends_it():
    reading, writing = os.pipe()
    target = await open_handed(Descriptor(writing))
    os.close(reading)
    with pytest.raises(FileError, match="taken by nobody"):
        await bring(target)
    await target.close()


async def test_a_pipe_does_not_begin_anew():
    reading, writing = os.pipe()
    target = await open_handed(Descriptor(writing))
    await target.restart()
    await target.write(b"abc")
    with pytest.raises(FileError, match="can't be taken back"):
        await target.restart()
    await target.abandon()
    os.close(reading)


def pending(number):
    """How many bytes wait in a pipe."""
    return int.from_bytes(fcntl.ioctl(number, 0x541B, bytes(4)), "little")
