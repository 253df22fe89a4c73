"""The data directory: private, ours, one backend."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from backendd.api.errors import StorageError
from backendd.store.directory import DataDirectory

HOLD = """
import sys
from pathlib import Path
from backendd.store.directory import DataDirectory
DataDirectory.open(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_is_made_for_the_owner_alone(tmp_path: Path):
    directory = DataDirectory.open(tmp_path / "share" / "primitivus")
    directory.close()
    assert mode(directory.path) == 0o700
    assert directory.database == directory.path / "backendd.db"


def test_one_that_others_can_read_is_closed_to_them(tmp_path: Path):
    path = tmp_path / "primitivus"
    path.mkdir(mode=0o755)
    DataDirectory.open(path).close()
    assert mode(path) == 0o700


def test_a_second_backend_is_told_who_has_it(tmp_path: Path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StorageError, match=rf"another backend \(pid {holder.pid}\)"):
            DataDirectory.open(tmp_path)
        holder.kill()
        holder.wait()
        DataDirectory.open(tmp_path).close()  # however the first one ended


def test_a_file_in_its_place_is_a_sentence(tmp_path: Path):
    (tmp_path / "primitivus").touch()
    with pytest.raises(StorageError, match="can't be used: File exists"):
        DataDirectory.open(tmp_path / "primitivus")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a directory of another user's")
def test_a_directory_of_another_user_is_refused(tmp_path: Path):
    path = tmp_path / "primitivus"
    path.mkdir()
    os.chown(path, 65534, 65534)
    with pytest.raises(StorageError, match="belongs to another user"):
        DataDirectory.open(path)
    assert mode(path) == 0o755 & ~_umask()


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
