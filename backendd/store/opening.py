"""Opening the database file: its settings, its migrations, and what is done if it is damaged."""

import logging
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from backendd.api.errors import StorageError
from backendd.store import damage, index, repair, salvage
from backendd.store.failures import Damaged
from backendd.store.migrations import Step
from backendd.store.salvage import Salvaged
from backendd.store.transaction import committed

log = logging.getLogger(__name__)

_BUSY_S = 5.0
_CACHED_STATEMENTS = 256


def open_writer(path: Path, steps: Sequence[Step]) -> sqlite3.Connection:
    """Return the connection that writes, with every step of `steps` taken.

    Raises StorageError; a damaged file raises sqlite3.DatabaseError (see `damage`).
    """
    if damage.is_set_aside(path):
        raise Damaged("putting another in its place was interrupted")
    _create(path)
    # First of all: the file of a newer program, or a damaged one, must not be changed in any way.
    with closing(_connect(f"{path.absolute().as_uri()}?mode=ro")) as look:
        version = _version(look, path, newest=len(steps))
        _examine(look, path)
    db = _connect(path)
    try:
        _settle(db)
        for step in steps[version:]:
            _take(db, step)
        index.renew(db)
        db.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        db.close()
        raise
    return db


def rebuild(path: Path, steps: Sequence[Step]) -> Path:
    """Put a new database in the place of a damaged one, with all of it that can be read.

    Returns where the damaged one is kept. Raises StorageError and sqlite3.Error; then it is still
    in its place, and the next start begins again.
    """
    aside = damage.set_aside(path)
    made = path.with_name(path.name + ".new")
    damage.remove(made)
    _create(made)
    with closing(_connect(made)) as target, salvage.opened(aside, _connect) as source:
        _settle(target)
        salvaged = _fill(target, source, steps)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damage.report(aside, str(salvaged))
    damage.put_in_place(made, path)
    log.error("%s; the damaged one is kept as %s", salvaged, aside)
    return aside


def _fill(
    target: sqlite3.Connection, source: sqlite3.Connection | None, steps: Sequence[Step]
) -> Salvaged:
    if source is None:
        for step in steps:
            _take(target, step)
        return Salvaged()
    (version,) = source.execute("PRAGMA user_version").fetchone()
    # As it was, or it would be a table of another form that is filled.
    reached = version if 0 < version <= len(steps) else len(steps)
    for step in steps[:reached]:
        _take(target, step)
    salvaged = salvage.copy(source, target)
    if repair.applies_to(target):
        repair.repair(target, lost_messages=salvaged.missing.get("message"))
    for step in steps[reached:]:
        _take(target, step)
    if repair.applies_to(target):
        repair.renew_ids(target)
    index.invalidate(target)
    return salvaged


def open_reader(path: Path) -> sqlite3.Connection:
    """Return a connection that can't change anything."""
    db = _connect(path)
    db.execute("PRAGMA query_only = ON")
    db.execute("PRAGMA temp_store = MEMORY")
    return db


def _create(path: Path) -> None:
    # SQLite would make it with the umask's mode; the files beside it take the mode of this one.
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageError(f"{path} can't be opened: {error.strerror}") from error
    try:
        os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def _settle(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    # FULL, or what was acknowledged may be lost when the power fails.
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA temp_store = MEMORY")
    index.prepare(db)


def _connect(path: Path | str) -> sqlite3.Connection:
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


def _take(db: sqlite3.Connection, step: Step) -> None:
    # Foreign keys are off until all steps are taken: a table that others refer to can only be
    # remade without them. `executescript` would commit a transaction begun before it.
    with committed(db):
        db.executescript(f"BEGIN IMMEDIATE;\n{step.sql}\n;PRAGMA user_version = {step.number};")
        _check_foreign_keys(db, step)
    log.info("migrated the database to version %d (%s)", step.number, step.name)


def _check_foreign_keys(db: sqlite3.Connection, step: Step) -> None:
    broken = db.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise sqlite3.IntegrityError(f"step {step.number} breaks foreign keys: {broken[:3]}")
