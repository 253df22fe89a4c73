"""What is received is under its name whole and verified, or not there."""

import asyncio
import errno
import gc
import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from backendd.api.errors import DiskFull, FileError, InvalidArgument, TooLarge
from backendd.api.tasks import Tasks
from backendd.files import directory_targets, parts
from backendd.files.directory_targets import DirectoryTarget
from backendd.files.targets import Bounds
from backendd.files.writer import BATCH, SYNCED
from tests.backendd.files.rest import rest

CONTENT = os.urandom(2 * BATCH + 4321)
SHA256 = hashlib.sha256(CONTENT).digest()
RECEIVER = Path(__file__).with_name("receiver.py")


@pytest.fixture
def key():
    return parts.new_key()


@pytest.fixture
def place(tmp_path):
    """The directory it goes to."""
    place = tmp_path / "downloads"
    place.mkdir()
    return place


def listed(place):
    return sorted(os.listdir(place))


def open_files():
    gc.collect()  # what earlier tests left is none of these
    return len(os.listdir("/proc/self/fd"))


def a_part(place):
    (found,) = place.glob(".*.part")
    return found


def content(received):
    return Path(received.path).read_bytes()


def bytes_read():
    """Return how many bytes this process has read, from wherever."""
    told = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(told["rchar"])


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def only_one_name(*_, **__):
    raise OSError(errno.EPERM, "")


async def bring(target, content=CONTENT, piece=65_536):
    for start in range(0, len(content), piece):
        await target.write(content[start : start + piece])


async def receive(place, name="photo.jpg", content=CONTENT, hashes=None, **how):
    async with await DirectoryTarget.open(str(place), name, parts.new_key(), **how) as target:
        await bring(target, content)
        return await target.finish(hashes or {})


async def test_a_file_has_its_name_once_it_is_complete(place, key):
    target = await DirectoryTarget.open(str(place), "photo.jpg", key, Bounds(len(CONTENT)))
    await bring(target)
    assert listed(place) == [f".photo.jpg.{key}.part"]
    received = await target.finish({"sha-256": SHA256})
    assert (received.path, received.size) == (str(place / "photo.jpg"), len(CONTENT))
    assert (received.hashes, received.is_verified) == ({"sha-256": SHA256}, True)
    assert listed(place) == ["photo.jpg"]
    assert (place / "photo.jpg").read_bytes() == CONTENT


async def test_an_empty_file_is_a_file(place):
    received = await receive(place, content=b"", bounds=Bounds(0))
    assert content(received) == b""


async def test_without_a_hash_nothing_is_verified(place):
    assert not (await receive(place)).is_verified
    sha1 = hashlib.sha1(CONTENT).digest()
    assert not (await receive(place, hashes={"sha-1": sha1})).is_verified


async def test_whatever_hash_is_told_in_the_end_is_looked_at(place):
    received = await receive(place, hashes={"sha3-512": hashlib.sha3_512(CONTENT).digest()})
    assert received.is_verified
    assert received.hashes.keys() == {"sha-256", "sha3-512"}


@pytest.mark.parametrize("name", ["sha-256", "blake2b-256", "sha-1"])
async def test_another_file_than_the_announced_one_leaves_nothing(place, name):
    with pytest.raises(FileError, match="not the file that was announced"):
        await receive(place, hashes={name: b"another"})
    assert listed(place) == []


async def test_a_file_is_for_its_owner_alone_whatever_the_mask(place, key):
    mask = os.umask(0)
    try:
        target = await DirectoryTarget.open(str(place), "a", key)
        assert mode(a_part(place)) == 0o600
        received = await target.finish()
    finally:
        os.umask(mask)
    assert mode(received.path) == 0o600


async def test_no_file_is_ever_written_over(place):
    (place / "photo.jpg").write_bytes(b"mine")
    (place / "photo (2).jpg").symlink_to("nowhere")
    (place / "photo (3).jpg").mkdir()
    received = await receive(place)
    assert received.path == str(place / "photo (4).jpg")
    assert (place / "photo.jpg").read_bytes() == b"mine"
    assert not (place / "nowhere").exists()


async def test_many_of_one_name_that_end_together_all_stay(place):
    received = await asyncio.gather(*(receive(place, content=b"%d" % n) for n in range(20)))
    found = {content(each) for each in received}
    assert len(listed(place)) == len(found) == 20


async def test_where_files_have_one_name_only_none_is_written_over_either(place, monkeypatch):
    # No file system without links can be mounted everywhere.
    monkeypatch.setattr(os, "link", only_one_name)
    (place / "photo.jpg").write_bytes(b"mine")
    received = await receive(place)
    assert received.path == str(place / "photo (2).jpg")
    assert content(received) == CONTENT
    assert listed(place) == ["photo (2).jpg", "photo.jpg"]


@pytest.mark.parametrize("name", ["../../x.txt", "/x.txt", ".x.txt", "\u202ex.txt", "a\\x.txt"])
async def test_a_name_leads_nowhere_else(tmp_path, place, name):
    received = await receive(place, name)
    assert received.path == str(place / "x.txt")
    assert listed(tmp_path) == ["downloads"]


async def test_no_link_is_followed_to_write(tmp_path, place, key):
    (tmp_path / "precious").write_bytes(b"mine")
    (place / f".a.{key}.part").symlink_to(tmp_path / "precious")
    with pytest.raises(FileError, match="something else"):
        await DirectoryTarget.open(str(place), "a", key)
    assert (tmp_path / "precious").read_bytes() == b"mine"


async def test_the_directory_may_be_a_link_of_its_owner(tmp_path, place):
    (tmp_path / "link").symlink_to(place)
    received = await receive(tmp_path / "link")
    assert received.path == str(tmp_path / "link" / "photo.jpg")
    assert listed(place) == ["photo.jpg"]


async def test_a_directory_is_made_where_that_is_wanted(tmp_path):
    missing = tmp_path / "a" / "b"
    with pytest.raises(FileError, match="is not there"):
        await receive(missing)
    await receive(missing, make_directory=True)
    assert listed(missing) == ["photo.jpg"]


async def test_a_directory_is_one_and_has_an_absolute_path(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(FileError, match="not in a directory"):
        await receive(tmp_path / "file")
    with pytest.raises(InvalidArgument):
        await receive("downloads")


async def test_more_than_was_announced_is_refused_as_it_comes(place, key):
    target = await DirectoryTarget.open(str(place), "a", key, Bounds(100))
    await target.write(b"x" * 100)
    with pytest.raises(FileError, match="more came"):
        await target.write(b"x")
    await target.abandon()


async def test_less_than_was_announced_is_no_file_but_can_go_on(place, key):
    target = await DirectoryTarget.open(str(place), "a", key, Bounds(2_000_000))
    await target.write(b"x" * 1000)
    with pytest.raises(FileError, match="only 1 kB of 2 MB came"):
        await target.finish()
    await target.close()
    assert listed(place) == [f".a.{key}.part"]


async def test_no_more_comes_than_may(place, key):
    target = await DirectoryTarget.open(str(place), "a", key, Bounds(most=100))
    with pytest.raises(TooLarge):
        await target.expect(101)
    await target.write(b"x" * 100)
    with pytest.raises(TooLarge, match="more than the 100 bytes"):
        await target.write(b"x")
    await target.abandon()
    with pytest.raises(TooLarge):
        Bounds(101, 100)


async def test_what_the_disk_has_no_room_for_does_not_begin(place, key):
    with pytest.raises(DiskFull, match="no room"):
        await DirectoryTarget.open(str(place), "a", key, Bounds(1 << 60))
    assert listed(place) == []
    target = await DirectoryTarget.open(str(place), "a", key)
    with pytest.raises(DiskFull, match="no room"):
        await target.expect(1 << 60)
    await target.close()
    assert listed(place) == []


def mounts():
    command = ["unshare", "-Urm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return bool(shutil.which("unshare")) and not subprocess.run(command, check=False).returncode


needs_mounts = pytest.mark.skipif(not mounts(), reason="no file system can be mounted here")


def mounted(script, place, program):
    """Return what a program prints that runs where a script has mounted something."""
    script += ' && exec "$2" "$3" "$1"'
    command = ["unshare", "-Urm", "sh", "-c", script, "sh", place, sys.executable, program]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=250)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@needs_mounts
def test_a_disk_that_becomes_full_is_said_and_what_came_goes_on_when_there_is_room(place):
    told = mounted('mount -t tmpfs -o size=4m none "$1"', place, RECEIVER)
    assert "the disk has no room for it" in told["while another filled it"]
    assert told["in the end"] == hashlib.sha256(b"x" * (3 << 20)).hexdigest()


@needs_mounts
def test_where_nobody_else_would_find_it_nothing_is_received(tmp_path, place):
    (tmp_path / "systemd-private-1-backendd.service-2" / "tmp").mkdir(parents=True)
    told = mounted('mount --bind "$1"/../systemd-private-*/tmp "$1"', place, RECEIVER)
    assert "is another one for the backend than for you" in told["refused"]
    assert "choose one that is the same for both" in told["refused"]


async def test_what_came_is_found_again_by_its_key(place, key):
    target = await DirectoryTarget.open(str(place), "photo.jpg", key, Bounds(len(CONTENT)))
    await bring(target, CONTENT[:1_500_000])
    await target.close()
    again = await DirectoryTarget.open(str(place), "other.jpg", key, Bounds(len(CONTENT)))
    assert again.position == 1_500_000
    await bring(again, CONTENT[again.position :])
    received = await again.finish({"sha-256": SHA256})
    assert received.is_verified
    assert listed(place) == ["other.jpg"]


async def test_what_came_is_not_read_before_it_goes_on(place, key):
    target = await DirectoryTarget.open(str(place), "a", key)
    await bring(target)
    await target.close()
    before = bytes_read()
    again = await DirectoryTarget.open(str(place), "a", key)
    assert again.position == len(CONTENT)
    await again.close()
    assert bytes_read() - before < len(CONTENT)


async def test_what_came_can_be_looked_through_again_by_who_was_stopped_at_it(place, key):
    target = await DirectoryTarget.open(str(place), "a", key)
    await bring(target, content := bytes(40_000_000))
    await target.close()
    again = await DirectoryTarget.open(str(place), "a", key)
    looking = asyncio.get_running_loop().create_task(again.catch_up())
    await asyncio.sleep(0)
    looking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await looking
    await again.write(b"more")
    whole = hashlib.sha256(content + b"more").digest()
    assert (await again.finish({"sha-256": whole})).is_verified


async def test_who_is_ended_at_once_has_what_was_written(place, key):
    script = (
        "import asyncio, os, sys\n"
        "from backendd.files.directory_targets import DirectoryTarget\n"
        "async def main():\n"
        "    target = await DirectoryTarget.open(sys.argv[1], 'a', sys.argv[2])\n"
        "    await target.write(b'x' * 3_000_000)\n"
        "    await target.write(b'x' * 3_000_000)\n"
        "    os.kill(os.getpid(), 9)\n"
        "asyncio.run(main())\n"
    )
    ended = await asyncio.create_subprocess_exec(sys.executable, "-c", script, place, key)
    assert await ended.wait() == -9
    target = await DirectoryTarget.open(str(place), "a", key)
    assert target.position >= 3_000_000
    await target.write(b"x" * (7_000_000 - target.position))
    whole = hashlib.sha256(b"x" * 7_000_000).digest()
    assert (await target.finish({"sha-256": whole})).is_verified


async def test_what_is_longer_than_the_file_is_not_of_it(place, key):
    target = await DirectoryTarget.open(str(place), "a", key)
    await target.write(b"x" * 1000)
    await target.close()
    target = await DirectoryTarget.open(str(place), "a", key, Bounds(3))
    assert target.position == 0
    await target.write(b"abc")
    await target.finish({"sha-256": hashlib.sha256(b"abc").digest()})
    assert (place / "a").read_bytes() == b"abc"


async def test_after_a_crash_of_the_machine_only_what_is_surely_on_the_disk_counts(place, key):
    target = await DirectoryTarget.open(str(place), "a", key)
    await bring(target, b"x" * (4 * SYNCED + 5), piece=BATCH)
    await target.close()
    os.utime(a_part(place), (0, 0))  # before this machine was started
    target = await DirectoryTarget.open(str(place), "a", key)
    assert target.position == 2 * SYNCED
    await target.abandon()


async def test_what_was_complete_when_all_ended_is_not_written_into(place, key):
    target = await DirectoryTarget.open(str(place), "a", key)
    await target.write(b"whole")
    await target.close()
    os.link(a_part(place), place / "a")
    target = await DirectoryTarget.open(str(place), "a", key)
    assert target.position == 0
    await target.write(b"anew!")
    assert content(await target.finish()) == b"anew!"
    assert (place / "a").read_bytes() == b"whole"
    assert listed(place) == ["a", "a (2)"]


async def test_a_whole_file_is_known_again_under_its_name_unless_somebody_changed_it(place, key):
    marks = []

    async def told(mark):
        marks.append(mark)

    async with await DirectoryTarget.open(str(place), "a", key) as target:
        await bring(target)
        await target.finish({"sha-256": SHA256}, told)
    for is_changed in (False, True):
        if is_changed:
            os.utime(place / "a", (0, 0))
        async with await DirectoryTarget.open(str(place), "a", key, mark=marks[0]) as target:
            assert target.is_whole == (not is_changed)
            if target.is_whole:
                received = await target.finish({"sha-256": SHA256})
                assert (received.path, received.is_verified) == (str(place / "a"), True)
            else:
                await target.abandon()
    assert listed(place) == ["a"]


async def test_a_file_can_begin_anew(place, key):
    target = await DirectoryTarget.open(str(place), "a", key)
    await bring(target)
    await target.restart()
    assert target.position == 0
    await target.write(b"abc")
    await target.finish({"sha-256": hashlib.sha256(b"abc").digest()})
    assert (place / "a").read_bytes() == b"abc"


async def test_two_do_not_receive_the_same_file(place, key):
    async with await DirectoryTarget.open(str(place), "a", key):
        with pytest.raises(FileError, match="already"):
            await DirectoryTarget.open(str(place), "a", key)
    (await DirectoryTarget.open(str(place), "a", key)).path  # noqa: B018
    await rest()


async def test_who_abandons_leaves_nothing(place, key):
    before = open_files()
    target = await DirectoryTarget.open(str(place), "a", key)
    await bring(target)
    await target.abandon()
    await target.abandon()
    with pytest.raises(FileError):
        await target.write(b"x" * BATCH)
    await target.close()
    await rest()
    assert listed(place) == []
    assert open_files() == before


async def test_what_is_finished_is_not_abandoned(place):
    async with await DirectoryTarget.open(str(place), "a", parts.new_key()) as target:
        await target.finish()
        await target.abandon()
    assert listed(place) == ["a"]


@pytest.mark.parametrize("steps", range(12))
async def test_whenever_it_is_cancelled_nothing_is_left_or_all_of_it(place, steps):
    before = open_files()
    target, received = await DirectoryTarget.open(str(place), "a", parts.new_key()), []

    async def transfer():
        try:
            await bring(target)
            received.append(await target.finish({"sha-256": SHA256}))
        except asyncio.CancelledError:
            await target.abandon()
            raise
        finally:
            await target.close()

    tasks = Tasks()
    tasks.start(transfer(), name="transfer")
    for _ in range(2**steps):
        await asyncio.sleep(0)
    await tasks.stop()
    await rest()
    # Who is cancelled once it is finished, while it is closed, has it.
    assert listed(place) == (["a"] if received else [])
    assert open_files() == before


async def test_a_part_that_somebody_removed_or_replaced_is_not_given_a_name(place, key):
    target = await DirectoryTarget.open(str(place), "a", key)
    await target.write(b"abc")
    a_part(place).unlink()
    (place / f".a.{key}.part").write_bytes(b"not it")
    with pytest.raises(FileError, match="removed while"):
        await target.finish()
    await target.abandon()
    assert listed(place) == [f".a.{key}.part"]


async def test_what_is_paused_can_be_discarded_by_its_key(place, key):
    target = await DirectoryTarget.open(str(place), "a", key)
    await target.close()
    (place / "a").write_bytes(b"mine")
    await directory_targets.discard(str(place), key)
    await directory_targets.discard(str(place), key)
    await directory_targets.discard(str(place / "nowhere"), key)
    assert listed(place) == ["a"]


async def test_what_the_dead_left_is_cleaned_up_and_nothing_else(place):
    dead, alive, young, held = (parts.new_key() for _ in range(4))
    for each in (dead, alive, young):
        async with await DirectoryTarget.open(str(place), each, each) as target:
            await target.write(b"x")
    target = await DirectoryTarget.open(str(place), held, held)
    others = (".notes.part", "film.part", f".{dead}.part", f"a.{dead}.part", f".a.{dead[1:]}.part")
    for other in others:
        (place / other).touch()
    (place / f".link.{dead}.part").symlink_to(place / "film.part")
    for path in place.iterdir():
        if young not in path.name:
            os.utime(path, (0, 0), follow_symlinks=False)
    assert await directory_targets.clean(str(place), {alive}) == 1
    kept = [f".{each}.{each}.part" for each in (alive, young, held)]
    assert listed(place) == sorted([*others, *kept, f".link.{dead}.part"])
    await target.abandon()


async def test_a_directory_that_is_not_there_is_clean(place):
    assert await directory_targets.clean(str(place / "nowhere"), ()) == 0


async def test_a_long_name_has_room_beside_what_hides_it(place):
    received = await receive(place, "ä" * 300 + ".jpeg")
    assert Path(received.path).suffix == ".jpeg"
