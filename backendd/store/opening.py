"""Opening the database file: its settings, and its migrations."""

import logging
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from backendd.api.errors import StorageError
from backendd.store import damage, index
from backendd.store.failures import Damaged
from backendd.store.migrations import Migration
from backendd.store.transaction import committed

log = logging.getLogger(__name__)

_BUSY_S = 5.0
_CACHED_STATEMENTS = 256


def open_writer(path: Path, steps: Sequence[Migration]) -> sqlite3.Connection:
    """Return the connection that writes, with every step of `steps` taken.

    Raises StorageError; a damaged file raises sqlite3.DatabaseError (see `damage`).
    """
    if damage.is_set_aside(path):
        raise Damaged("putting another in its place was interrupted")
    create(path)
    # First of all: the file of a newer program, or a damaged one, must not be changed in any way.
    with closing(connect(f"{path.absolute().as_uri()}?mode=ro")) as look:
        version = _version(look, path, newest=len(steps))
        _examine(look, path)
    db = connect(path)
    try:
        settle(db)
        for step in steps[version:]:
            take(db, step)
        index.renew(db)
        _forget_statistics(db)
        db.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        db.close()
        raise
    return db


def open_reader(path: Path) -> sqlite3.Connection:
    """Return a connection that can't change anything."""
    db = connect(path)
    db.execute("PRAGMA query_only = ON")
    db.execute("PRAGMA temp_store = MEMORY")
    return db


def create(path: Path) -> None:
    """Make the file of a database where there is none, for nobody but us to read."""
    # SQLite would make it with the umask's mode; the files beside it take the mode of this one.
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageError(f"{path} can't be opened: {error.strerror}") from error
    try:
        os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def settle(db: sqlite3.Connection) -> None:
    """Prepare a connection to write."""
    db.execute("PRAGMA journal_mode = WAL")
    # FULL, or what was acknowledged may be lost when the power fails.
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA temp_store = MEMORY")
    index.prepare(db)


def connect(path: Path | str) -> sqlite3.Connection:
    """Return a connection to a path, or to a URI."""
    # No isolation level: sqlite3 would begin transactions of its own; ours are explicit.
    db = sqlite3.connect(
        path,
        uri=isinstance(path, str),
        timeout=_BUSY_S,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=_CACHED_STATEMENTS,
    )
    # One text that is damaged must not cost all that is read with it.
    db.text_factory = partial(str, encoding="utf-8", errors="replace")
    return db


def _forget_statistics(db: sqlite3.Connection) -> None:
    """Have nothing be known of how much is in the tables.

    SQLite goes by it for as long as nobody counts anew: where a table was small then, it goes
    through all of it once it is large. Without it, it goes by the indexes, in the same way always.
    """
    query = "SELECT name FROM sqlite_schema WHERE name IN ('sqlite_stat1', 'sqlite_stat4')"
    for (table,) in db.execute(query).fetchall():
        if db.execute(f"DELETE FROM {table} RETURNING 1").fetchall():
            db.execute("ANALYZE sqlite_schema")  # counts nothing, but reads what is there anew


def _version(db: sqlite3.Connection, path: Path, *, newest: int) -> int:
    db.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # reads what user_version doesn't
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if version > newest:
        raise StorageError(f"{path} was made by a newer version of Primitivus; update this one")
    return version


def _examine(db: sqlite3.Connection, path: Path) -> None:
    # All of it is read, which takes seconds for a large one: only done when there is a reason.
    mark = damage.mark_of(path)
    if not mark.exists():
        return
    (finding,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if finding != "ok":
        raise Damaged("an examination found it broken")
    mark.unlink()


def take(db: sqlite3.Connection, step: Migration) -> None:
    """Take a step, wholly or not at all."""
    # Foreign keys are off until all steps are taken: a table that others refer to can only be
    # remade without them. `executescript` would commit a transaction begun before it.
    with committed(db):
        db.executescript(f"BEGIN IMMEDIATE;\n{step.sql}\n;PRAGMA user_version = {step.number};")
        _check_foreign_keys(db, step)
    log.info("migrated the database to version %d (%s)", step.number, step.name)


def _check_foreign_keys(db: sqlite3.Connection, step: Migration) -> None:
    broken = db.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise sqlite3.IntegrityError(f"step {step.number} breaks foreign keys: {broken[:3]}")
