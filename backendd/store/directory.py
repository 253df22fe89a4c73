"""The data directory: private, ours, and used by one backend at a time."""

import fcntl
import os
import stat
from pathlib import Path

from backendd.api.errors import StorageError

_DATABASE = "backendd.db"
_LOCK = "backendd.lock"


def holder(path: Path) -> int | None:
    """Return the process that holds a directory, or None if it has ended, or nobody does."""
    try:
        pid = int((path / _LOCK).read_text())
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid


class DataDirectory:
    """A directory held for this process until it is closed. Make one with `open`."""

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self.database = path / _DATABASE
        self._lock = lock

    @classmethod
    def open(cls, path: Path) -> "DataDirectory":
        """Return the directory, made if need be, mode 0700; StorageError if it can't be ours."""
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make_private(path)
            return cls(path, _lock(path / _LOCK))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise StorageError(f"the data directory {path} can't be used: {reason}") from error

    def close(self) -> None:
        """Let another backend have it."""
        os.close(self._lock)


def _make_private(path: Path) -> None:
    status = path.stat()
    if status.st_uid != os.geteuid():
        raise StorageError(f"the data directory {path} belongs to another user")
    if stat.S_IMODE(status.st_mode) & 0o077:
        path.chmod(0o700)


def _lock(path: Path) -> int:
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        # The kernel drops this lock with the process, however it ends; a pid file would stay.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
    except BlockingIOError as error:
        holder = os.read(descriptor, 32).decode("ascii", "replace").strip()
        os.close(descriptor)
        raise StorageError(
            f"another backend (pid {holder or 'unknown'}) already uses {path.parent}"
        ) from error
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
