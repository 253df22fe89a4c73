"""A full disk, an unwritable one, and a process that is killed."""

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from backendd.api.errors import StorageError
from backendd.store.database import Database
from backendd.store.directory import DataDirectory
from tests.backendd.store.notes import add, texts

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: to mount, or to be nobody")

WRITE_UNTIL_KILLED = """
import asyncio, sys
from pathlib import Path
from backendd.store.database import Database
from tests.backendd.store.notes import add

async def write(database, number):
    await database.write(add(str(number)))
    print(number, flush=True)

async def main():
    database = await Database.open(Path(sys.argv[1]), steps=Path(sys.argv[2]))
    for start in range(0, 1_000_000, 50):
        await asyncio.gather(*(write(database, start + i) for i in range(50)))

asyncio.run(main())
"""

OPEN_AS_NOBODY = """
import asyncio, concurrent.futures.thread, os, sys, urllib.parse  # all of it, while it can be read
from pathlib import Path
from backendd.api.errors import StorageError
from backendd.store.database import Database
from backendd.store.directory import DataDirectory
from tests.backendd.store.notes import add

async def main(directory, steps):
    database = await Database.open(DataDirectory.open(directory).database, steps=steps)
    try:
        await database.write(add("x"))
    finally:
        await database.close()

os.setgid(65534)
os.setuid(65534)
try:
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
except StorageError as error:
    print(error)
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "primitivus-test", place], capture_output=True
    )
    if made.returncode != 0:
        pytest.skip(f"a tmpfs can't be mounted here: {made.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", place], check=True)


def fill(disk: Path) -> Path:
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return ballast


@needs_root
async def test_a_full_disk_fails_every_write_and_stores_no_half_of_one(
    small_disk: Path, steps: Path
):
    database = await Database.open(small_disk / "backendd.db", steps=steps)
    await database.write(add("before"))
    ballast = fill(small_disk)
    effects: list[str] = []
    writes = [database.write(add(f"{number}" + "x" * 5000)) for number in range(20)]
    results = await asyncio.gather(*writes, return_exceptions=True)
    assert {type(result) for result in results} == {StorageError}
    assert all("the disk is full" in str(result) for result in results)
    assert effects == []
    assert await database.read(texts) == ["before"]

    ballast.unlink()
    await database.write(add("after"))
    assert await database.read(texts) == ["before", "after"]
    await database.close()


@needs_root
async def test_a_full_disk_is_named_at_start_as_well(small_disk: Path, steps: Path):
    fill(small_disk)
    with pytest.raises(StorageError, match="the disk is full"):
        await Database.open(small_disk / "backendd.db", steps=steps)


@needs_root
async def test_one_write_too_large_for_the_disk_harms_no_later_one(small_disk: Path, steps: Path):
    database = await Database.open(small_disk / "backendd.db", steps=steps)
    with pytest.raises(StorageError, match="full"):
        await database.write(add("x" * 8_000_000))
    assert await database.write(add("small")) == 1
    await database.close()


def as_nobody(directory: Path) -> str:
    finished = subprocess.run(
        [sys.executable, "-c", OPEN_AS_NOBODY, directory, directory.parent / "steps"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert finished.stderr == ""
    return finished.stdout


@pytest.fixture
def nobodys(steps: Path) -> Iterator[Path]:
    """A directory of nobody's, with the steps beside it; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        place.chmod(0o711)
        shutil.copytree(steps, place / "steps")
        (place / "data").mkdir()
        os.chown(place / "data", 65534, 65534)
        yield place / "data"


@needs_root
def test_an_unwritable_directory_is_a_sentence(nobodys: Path):
    nobodys.chmod(0o500)
    assert "can't be used: Permission denied" in as_nobody(nobodys)


@needs_root
def test_an_unwritable_database_is_a_sentence(nobodys: Path):
    assert as_nobody(nobodys) == ""
    os.chown(nobodys / "backendd.db", 0, 0)
    assert "can't be opened: Permission denied" in as_nobody(nobodys)


@needs_root
def test_a_directory_that_is_roots_is_refused_to_nobody(nobodys: Path):
    os.chown(nobodys, 0, 0)
    nobodys.chmod(0o777)
    assert "belongs to another user" in as_nobody(nobodys)


@pytest.mark.parametrize("lines", [1, 777, 5000])
def test_killed_in_the_middle_nothing_acknowledged_is_lost(lines: int, path: Path, steps: Path):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITE_UNTIL_KILLED, path, steps], stdout=subprocess.PIPE
    )
    with writer:
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline() for _ in range(lines)]
        writer.send_signal(signal.SIGKILL)
        acknowledged += writer.stdout.readlines()
    if not acknowledged[-1].endswith(b"\n"):
        acknowledged.pop()
    db = sqlite3.connect(path)
    stored = texts(db)
    (health,) = db.execute("PRAGMA integrity_check").fetchone()
    db.close()
    assert health == "ok"
    told = [line.decode().strip() for line in acknowledged]
    assert stored[: len(told)] == told  # in the order of the calls, and none of them missing


def test_the_directory_of_a_killed_backend_is_free(tmp_path: Path):
    child = os.fork()
    if child == 0:
        DataDirectory.open(tmp_path)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    DataDirectory.open(tmp_path).close()
