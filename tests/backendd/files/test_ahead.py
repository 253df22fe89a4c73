"""How a file is read before it is wanted."""

import contextlib
import os
import threading

import pytest

from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError
from backendd.files import reading
from backendd.files.ahead import MOST, Ahead
from backendd.files.reading import PIECE
from backendd.files.threads import Handle
from tests.backendd.files.rest import rest
from tests.lab.patience import PATIENCE_S

PIECES = 3 * MOST


class Disk:
    """Reads an open file, and remembers what of it; it breaks at an offset, or waits there."""

    def __init__(self, fails_at=-1, waits_at=-1):
        self.offsets = []
        self.are_some_read, self.is_waiting = threading.Event(), threading.Event()
        self.go_on = threading.Event()
        self._fails_at = fails_at
        self._waits_at = waits_at

    def read(self, offset, size, number):
        if offset == self._fails_at:
            raise FileError("the disk is broken")
        if offset == self._waits_at:
            self.is_waiting.set()
            assert self.go_on.wait(PATIENCE_S)
        self.offsets.append(offset)
        if len(self.offsets) >= MOST:
            self.are_some_read.set()
        return reading.read(offset, size, number)


@pytest.fixture
def content():
    return os.urandom(PIECES * PIECE + 17)


@pytest.fixture
def begin(tmp_path, content):
    """Call it for the reading of a file."""
    path = tmp_path / "file"
    path.write_bytes(content)
    handle = Handle(Descriptor(os.open(path, os.O_RDONLY)))
    yield lambda disk: Ahead(handle, disk.read, range(5, len(content)), contextlib.nullcontext)
    handle.close()


async def test_all_of_it_comes_once_and_in_order(begin, content):
    disk, data = Disk(), b""
    ahead = begin(disk)
    while piece := await ahead.next():
        data += piece
    assert data == content[5:]
    assert disk.offsets == [5 + number * PIECE for number in range(PIECES + 1)]
    assert await ahead.next() == b""


async def test_it_is_read_on_while_who_sends_it_keeps_the_loop(begin):
    disk = Disk()
    await begin(disk).next()
    assert disk.are_some_read.wait(PATIENCE_S), "nothing was read meanwhile"


async def test_no_more_is_read_than_there_is_room_for(begin):
    disk = Disk()
    ahead = begin(disk)
    await ahead.next()
    await rest()
    assert MOST <= len(disk.offsets) <= MOST + 1
    for _ in range(MOST):
        await ahead.next()
    await rest()
    assert MOST < len(disk.offsets) <= 2 * MOST + 1


async def test_what_was_read_before_the_disk_broke_comes_before_the_error(begin, content):
    ahead = begin(Disk(fails_at=5 + 2 * PIECE))
    assert await ahead.next() + await ahead.next() == content[5 : 5 + 2 * PIECE]
    for _ in range(2):
        with pytest.raises(FileError, match="broken"):
            await ahead.next()


async def test_nothing_more_is_read_for_who_has_closed_it(begin):
    disk = Disk(waits_at=5 + PIECE)
    ahead = begin(disk)
    await ahead.next()
    assert disk.is_waiting.wait(PATIENCE_S)
    ahead.close()
    disk.go_on.set()
    await rest()
    assert disk.offsets == [5, 5 + PIECE]
