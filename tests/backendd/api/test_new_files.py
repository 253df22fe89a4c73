"""New files: none until they are whole, and never over another one."""

import os
import subprocess
import sys
import time

import pytest

from backendd.api import new_files
from backendd.api.new_files import NewFile
from backendd.api.unfinished import LEFT_AFTER_S, Unfinished

KILLED = """
import os, sys
from pathlib import Path
from backendd.api import new_files
from backendd.api.unfinished import Unfinished
if sys.argv[3] == "hidden":
    new_files._NAMELESS = os.O_WRONLY | os.O_DIRECTORY
new = new_files.NewFile.at(Path(sys.argv[1]), Unfinished(Path(sys.argv[2])))
os.write(new.file.fileno(), b"half")
os.kill(os.getpid(), 9)
"""
OLD = time.time() - LEFT_AFTER_S - 60


@pytest.fixture(params=["nameless", "hidden"])
def way(request, monkeypatch):
    """How a file is kept until it is whole: as this system can, and as others do."""
    if request.param == "hidden":
        monkeypatch.setattr(new_files, "_NAMELESS", os.O_WRONLY | os.O_DIRECTORY)
    return request.param


@pytest.fixture
def unfinished(tmp_path_factory):
    return Unfinished(tmp_path_factory.mktemp("state") / "notes")


@pytest.fixture
def written(unfinished):
    """Call it to have a file with this in it; returns its name."""

    def write(path, data):
        new = NewFile.at(path, unfinished)
        try:
            os.write(new.file.fileno(), data)
            return new.finish()
        finally:
            new.close()

    return write


def test_a_file_has_its_name_once_it_is_whole_or_one_that_is_free(way, written, tmp_path):
    assert [written(tmp_path / "a.txt", each) for each in (b"1", b"22", b"3")] == [
        "a.txt", "a (2).txt", "a (3).txt",
    ]  # fmt: skip
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {
        "a.txt": b"1", "a (2).txt": b"22", "a (3).txt": b"3",
    }  # fmt: skip
    assert {each.stat().st_mode & 0o777 for each in tmp_path.iterdir()} == {0o600}


def test_of_one_that_is_given_up_nothing_is_left(way, unfinished, tmp_path):
    new = NewFile.at(tmp_path / "a", unfinished)
    os.write(new.file.fileno(), b"half")
    new.close()
    assert list(tmp_path.iterdir()) == []


def kill(directory, notes, way):
    """Return what is left where somebody was killed who wrote a file."""
    run = [sys.executable, "-c", KILLED, directory / "a", notes, way]
    assert subprocess.run(run, check=False).returncode == -9
    return list(directory.iterdir())


def test_of_one_whose_program_is_killed_nothing_is_left(tmp_path):
    assert kill(tmp_path, tmp_path.parent / "notes", "nameless") == []


def test_what_is_left_where_files_have_names_is_removed_a_day_later(unfinished, written, tmp_path):
    notes, (left,) = unfinished._notes, kill(tmp_path, unfinished._notes, "hidden")
    assert unfinished.clean() == 0
    assert (tmp_path / left).read_bytes() == b"half"
    os.utime(left, (OLD, OLD))
    assert unfinished.clean() == 1
    assert list(tmp_path.iterdir()) == []
    assert list(notes.iterdir()) == []


def test_what_is_written_still_stays_however_old_it_is(unfinished, monkeypatch, tmp_path):
    monkeypatch.setattr(new_files, "_NAMELESS", os.O_WRONLY | os.O_DIRECTORY)
    new = NewFile.at(tmp_path / "a", unfinished)
    (left,) = tmp_path.iterdir()
    os.utime(left, (OLD, OLD))
    assert unfinished.clean() == 0
    assert new.finish() == "a"
    new.close()
    assert not list(unfinished._notes.iterdir())


def test_nothing_else_is_removed_whatever_notes_say(unfinished, tmp_path):
    notes, key = unfinished._notes, "0123456789abcdef"
    notes.mkdir(parents=True)
    others = [tmp_path / "letter", tmp_path / f".{key}.part", tmp_path / f".{key[::-1]}.part"]
    others[0].write_text("dear")
    others[1].symlink_to(others[0])
    others[2].mkdir()
    (notes / "note").write_text(str(others[0]))
    (notes / key[::-1]).write_text(str(others[2]))
    (notes / key).write_text(str(others[1]))
    (notes / ("f" * 16)).write_text(str(others[0]))
    os.utime(others[0], (OLD, OLD))
    assert unfinished.clean() == 0
    assert {each.name for each in tmp_path.iterdir()} == {each.name for each in others}


def test_where_no_notes_can_be_kept_files_are_written_without(way, tmp_path):
    (tmp_path / "file").touch()
    new = NewFile.at(tmp_path / "a", Unfinished(tmp_path / "file" / "notes"))
    assert new.finish() == "a"
    new.close()


def test_a_disk_that_is_elsewhere_is_waited_for(unfinished, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    (left,) = kill(disk, unfinished._notes, "hidden")
    os.utime(left, (OLD, OLD))
    disk.rename(tmp_path / "elsewhere")
    assert unfinished.clean() == 0
    (tmp_path / "elsewhere").rename(disk)
    assert unfinished.clean() == 1
