"""What SQLite's failures mean to a person."""

import os
import sqlite3
from pathlib import Path

from backendd.api.errors import StorageError

# The primary result codes (https://sqlite.org/rescode.html) that the place of the database
# causes. All others are mistakes of whoever asked, and stay what they are.
_SENTENCES = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
    sqlite3.SQLITE_READONLY: "the database can't be written",
    sqlite3.SQLITE_PERM: "the database can't be opened: permission denied",
    sqlite3.SQLITE_CANTOPEN: "the database can't be opened",
    sqlite3.SQLITE_BUSY: "another program keeps the database busy",
    sqlite3.SQLITE_LOCKED: "another program keeps the database busy",
    sqlite3.SQLITE_PROTOCOL: "another program keeps the database busy",
    sqlite3.SQLITE_NOMEM: "there is not enough memory for the database",
    sqlite3.SQLITE_CORRUPT: "the database is damaged",
    sqlite3.SQLITE_NOTADB: "the database is damaged",
}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NO_ROOM = 64 * 1024


class Damaged(sqlite3.DatabaseError):
    """An examination found the file broken."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def is_damage(error: BaseException) -> bool:
    """Return whether `error` says that the file itself is broken."""
    return _code(error) in _DAMAGED


def is_of_database(error: BaseException) -> bool:
    """Return whether the database itself failed, whatever it was asked to do."""
    return _code(error) in _SENTENCES


def explain(error: BaseException, path: Path) -> StorageError | None:
    """Return the StorageError that `error` amounts to, or None if the disk is not to blame."""
    sentence = _SENTENCES.get(_code(error))
    if sentence is None:
        return None
    # Without room SQLite also fails in other ways: it can't make the files beside the database.
    if not is_damage(error) and _is_full(path.parent):
        sentence = _SENTENCES[sqlite3.SQLITE_FULL]
    return StorageError(f"{sentence} ({path})")


def _code(error: BaseException) -> int:
    if isinstance(error, MemoryError):
        return sqlite3.SQLITE_NOMEM  # which the sqlite3 module raises as this
    extended: int = getattr(error, "sqlite_errorcode", 0)
    return extended & 0xFF


def _is_full(directory: Path) -> bool:
    try:
        room = os.statvfs(directory)
    except OSError:
        return False
    return room.f_bavail * room.f_frsize < _NO_ROOM
