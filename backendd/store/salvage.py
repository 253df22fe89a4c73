"""What can be read of a damaged database, copied into a new one."""

import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from struct import pack

from backendd.store import tables
from backendd.store.scanning import Row, Scan, sequences

log = logging.getLogger(__name__)

_FIRST = ("profile", "outbox", "message", "contact", "conversation")
# What is known of a stream and of the roster at the server counts only as a whole: without it a new
# stream is made, and the roster comes again.
_LEFT_OUT = ("stream", "presence", "roster", "indexed", "unindexed", "word_index")
_AT_ONCE = 1000
_MARGIN = 1_000_000
_PAGE = 4096
_COPY = ".copy"


@dataclass(slots=True)
class Salvaged:
    """What came over: `rows` in all, and by table what is missing, if anything is."""

    rows: int = 0
    missing: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def __str__(self) -> str:
        if not self.rows:
            return "the database was damaged; nothing of it could be read, and a new one is made"
        if not self.missing:
            return "the database was damaged; all of it could be read and is in a new one"
        parts = ", ".join(_missing(table, lost) for table, lost in self.missing.items())
        return f"the database was damaged; what could be read is in a new one, missing are: {parts}"


@contextmanager
def opened(
    aside: Path, connect: Callable[[str], sqlite3.Connection]
) -> Iterator[sqlite3.Connection | None]:
    """Give a connection that reads the file set aside and changes nothing; None if none can.

    Where its first bytes aren't those of a database it is tried again with those that ours have.
    """
    had_log = _beside(aside, "-wal").exists()
    copy = aside.with_name(aside.name + _COPY)
    source = _readable(aside, connect) or _readable(_with_new_header(aside, copy), connect)
    try:
        yield source
    finally:
        if source is not None:
            source.close()
        for file in (copy, _beside(copy, "-wal"), _beside(copy, "-shm"), _beside(aside, "-shm")):
            file.unlink(missing_ok=True)
        if not had_log:
            _beside(aside, "-wal").unlink(missing_ok=True)


def copy(source: sqlite3.Connection, target: sqlite3.Connection) -> Salvaged:
    """Copy what can be read, table by table, those that matter most first.

    `target` has the tables that `source` should have. Raises what writing there fails with.
    """
    salvaged = Salvaged()
    for table in sorted(_tables(target), key=_rank):
        if table not in _LEFT_OUT:
            _copy_table(source, target, table, salvaged)
    _raise_sequences(source, target, salvaged)
    return salvaged


def _copy_table(
    source: sqlite3.Connection, target: sqlite3.Connection, table: str, salvaged: Salvaged
) -> None:
    try:
        there = {column.name for column in tables.columns(source, table)}
        names = [column.name for column in tables.columns(target, table)]
        columns = [name for name in names if name in there]
        scan = Scan(source, table, columns)
    except (sqlite3.Error, KeyError):
        salvaged.missing[table] = []
        return
    marks = ", ".join("?" * len(columns))
    insert = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})"
    rows = scan.rows()
    while part := _next_rows(rows):
        target.execute("BEGIN")
        salvaged.rows += target.executemany(insert, part).rowcount
        target.execute("COMMIT")
    if not scan.is_whole:
        salvaged.missing[table] = scan.lost


def _next_rows(rows: Iterator[Row]) -> list[Row]:
    return list(islice(rows, _AT_ONCE))


def _raise_sequences(
    source: sqlite3.Connection, target: sqlite3.Connection, salvaged: Salvaged
) -> None:
    """Have no id given again that was given before."""
    given = sequences(source)
    for table, highest in sequences(target).items():
        least = given.get(table, highest + _MARGIN if table in salvaged.missing else highest)
        target.execute(
            "UPDATE sqlite_sequence SET seq = ? WHERE name = ? AND seq < ?", (least, table, least)
        )


def _tables(db: sqlite3.Connection) -> list[str]:
    # Not those of an index of words: triggers fill it.
    query = (
        "SELECT name FROM pragma_table_list "
        "WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'"
    )
    return [name for (name,) in db.execute(query)]


def _rank(table: str) -> tuple[int, str]:
    return _FIRST.index(table) if table in _FIRST else len(_FIRST), table


def _missing(table: str, lost: list[tuple[int, int]]) -> str:
    most = sum(high - low + 1 for low, high in lost)
    return f"up to {most} of {table}" if most else f"some of {table}"


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _readable(
    path: Path | None, connect: Callable[[str], sqlite3.Connection]
) -> sqlite3.Connection | None:
    if path is None:
        return None
    db = None
    try:
        db = connect(f"{path.absolute().as_uri()}?mode=ro")
        db.execute("SELECT count(*), group_concat(sql) FROM sqlite_schema").fetchone()
    except sqlite3.Error:
        if db is not None:
            db.close()
        return None
    return db


def _with_new_header(aside: Path, copy: Path) -> Path | None:
    """Return a copy that begins as our databases do (https://sqlite.org/fileformat.html, 1.3)."""
    if aside.stat().st_size < _PAGE:
        return None
    shutil.copyfile(aside, copy)
    with suppress(FileNotFoundError):
        shutil.copyfile(_beside(aside, "-wal"), _beside(copy, "-wal"))
    pages = copy.stat().st_size // _PAGE
    header = b"SQLite format 3\0" + pack(
        ">H6B12I20xII", _PAGE, 2, 2, 0, 64, 32, 32, 1, pages, 0, 0, 1, 4, 0, 0, 1, 0, 0, 0, 1, 0
    )
    with copy.open("r+b") as file:
        os.chmod(file.fileno(), 0o600)
        file.write(header)
    return copy
