"""New files: none until they are whole, and never over another one."""

import os
import subprocess
import sys

import pytest

from backendd.api import new_files
from backendd.api.new_files import NewFile

KILLED = """
import os, sys
from pathlib import Path
from backendd.api.new_files import NewFile
new = NewFile.at(Path(sys.argv[1]))
os.write(new.file.fileno(), b"half")
os.kill(os.getpid(), 9)
"""


@pytest.fixture(params=["nameless", "hidden"])
def way(request, monkeypatch):
    """How a file is kept until it is whole: as this system can, and as others do."""
    if request.param == "hidden":
        monkeypatch.setattr(new_files, "_NAMELESS", os.O_WRONLY | os.O_DIRECTORY)
    return request.param


def written(path, data):
    new = NewFile.at(path)
    try:
        os.write(new.file.fileno(), data)
        return new.finish()
    finally:
        new.close()


def test_a_file_has_its_name_once_it_is_whole_or_one_that_is_free(way, tmp_path):
    assert [written(tmp_path / "a.txt", each) for each in (b"1", b"22", b"3")] == [
        "a.txt", "a (2).txt", "a (3).txt",
    ]  # fmt: skip
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {
        "a.txt": b"1", "a (2).txt": b"22", "a (3).txt": b"3",
    }  # fmt: skip
    assert {each.stat().st_mode & 0o777 for each in tmp_path.iterdir()} == {0o600}


def test_of_one_that_is_given_up_nothing_is_left(way, tmp_path):
    new = NewFile.at(tmp_path / "a")
    os.write(new.file.fileno(), b"half")
    new.close()
    assert list(tmp_path.iterdir()) == []


def test_of_one_whose_program_is_killed_nothing_is_left(tmp_path):
    killed = subprocess.run([sys.executable, "-c", KILLED, tmp_path / "a"], check=False)
    assert killed.returncode == -9
    assert list(tmp_path.iterdir()) == []
