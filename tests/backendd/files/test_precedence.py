"""What goes before work with files, and that files come on all the same."""

import asyncio
import threading

import pytest

from backendd.api.descriptors import Descriptor
from backendd.api.tasks import Tasks
from backendd.files import precedence, threads
from backendd.files.hashing import Hasher
from backendd.files.precedence import PRECEDENCE
from backendd.files.sources import Source
from backendd.files.threads import Handle
from backendd.files.writer import Writer
from backendd.store.database import Database
from tests.lab.patience import PATIENCE_S

TURNS = 20
CONTENT = bytes(17)


@pytest.fixture
async def database(tmp_path):
    opened = await Database.open(tmp_path / "backendd.db", first=PRECEDENCE)
    yield opened
    await opened.close()


@pytest.fixture
async def source(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(CONTENT)
    async with await Source.at(str(path)) as opened:
        yield opened


async def send(source, folder):
    assert await source.begin().next() == CONTENT


async def hash_all(source, folder):
    assert await source.hashes()


async def receive(source, folder):
    with (folder / "received").open("wb") as file:
        writer = Writer(Handle(Descriptor.copy(file.fileno())), Hasher(), lambda number: None)
    await writer.write(CONTENT)
    await writer.close()
    assert (folder / "received").read_bytes() == CONTENT


WAYS = pytest.mark.parametrize("way", [send, hash_all, receive])


@pytest.fixture
def patient(monkeypatch):
    """Have work with files wait for as long as it takes."""
    monkeypatch.setattr(precedence, "LONGEST_S", PATIENCE_S)


async def turns():
    """Return when work that was begun before, and waits for nothing, has long been done."""
    for _ in range(TURNS):
        await threads.run(lambda: None)


@WAYS
@pytest.mark.parametrize("asked", ["read", "write"])
@pytest.mark.usefixtures("patient")
async def test_work_with_files_waits_while_something_is_stored_or_read(
    way, asked, database, source, tmp_path
):
    has_begun, go_on = threading.Event(), threading.Event()

    def work(_):
        has_begun.set()
        assert go_on.wait(PATIENCE_S)

    storing = Tasks().start(getattr(database, asked)(work), name="store")
    assert await asyncio.to_thread(has_begun.wait, PATIENCE_S)
    working = Tasks().start(way(source, tmp_path), name="work with files")
    await turns()
    is_done = working.done()
    go_on.set()
    await storing
    await working
    assert not is_done


@WAYS
@pytest.mark.usefixtures("patient")
async def test_work_with_files_waits_for_all_that_goes_before(way, source, tmp_path):
    with PRECEDENCE:
        with PRECEDENCE:
            pass
        working = Tasks().start(way(source, tmp_path), name="work with files")
        await turns()
        assert not working.done()
    await working


@WAYS
async def test_files_come_on_while_there_is_always_something_to_be_stored(way, source, tmp_path):
    with PRECEDENCE:
        await way(source, tmp_path)
