"""Files that are put into a directory: whole, and never over another one."""

import os
import stat
import tempfile
from pathlib import Path

import pytest

from primitivus.commands.files.placing import moved

CONTENT = bytes(range(256)) * 100
OTHER_DISK = "/dev/shm"


@pytest.fixture
def came(tmp_path):
    path = tmp_path / "came.bin"
    path.write_bytes(CONTENT)
    path.chmod(0o600)
    return path


@pytest.fixture(params=["this disk", "another disk"])
def directory(request, tmp_path):
    """A directory to which a file may or may not have to be copied."""
    if request.param == "this disk":
        (tmp_path / "there").mkdir()
        yield tmp_path / "there"
        return
    if not os.access(OTHER_DISK, os.W_OK) or _disk(OTHER_DISK) == _disk(tmp_path):
        pytest.skip(f"{OTHER_DISK} is no other disk that can be written to")
    with tempfile.TemporaryDirectory(dir=OTHER_DISK) as there:
        yield Path(there)


def _disk(path):
    return os.stat(path).st_dev


def inside(directory):
    return sorted(each.name for each in directory.iterdir())


def test_a_file_is_moved_whole_and_stays_for_its_owner_alone(came, directory):
    path = moved(str(came), "plan.bin", str(directory))
    assert path == str(directory / "plan.bin")
    assert Path(path).read_bytes() == CONTENT
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert not came.exists()
    assert inside(directory) == ["plan.bin"]


@pytest.mark.parametrize("other", ["a file", "a link that leads nowhere", "a directory"])
def test_nothing_is_written_over(came, directory, other):
    there = directory / "plan.tar.gz"
    match other:
        case "a file":
            there.write_text("another one")
        case "a directory":
            there.mkdir()
        case _:
            there.symlink_to(directory / "elsewhere")
    path = moved(str(came), "plan.tar.gz", str(directory))
    assert path == str(directory / "plan (2).tar.gz")
    assert Path(path).read_bytes() == CONTENT
    assert inside(directory) == ["plan (2).tar.gz", "plan.tar.gz"]


def test_what_fails_leaves_the_file_where_it_was_and_nothing_there(came, directory):
    with pytest.raises(FileNotFoundError):
        moved(str(came), "no/such/folder", str(directory))
    assert came.read_bytes() == CONTENT
    assert inside(directory) == []
