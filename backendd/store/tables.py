"""What a database says of its own tables."""

import sqlite3

from backendd.api.tuples import NamedTuple


class Column(NamedTuple):
    """A column as `PRAGMA table_info` describes it."""

    number: int
    name: str
    type: str
    is_required: int
    default: str | None
    key: int
    """Its place in the primary key, counted from 1; 0 where it isn't part of it."""


class ForeignKey(NamedTuple):
    """A foreign key as `PRAGMA foreign_key_list` describes it."""

    number: int
    part: int
    parent: str
    column: str
    parent_column: str | None
    on_update: str
    on_delete: str
    match: str


def columns(db: sqlite3.Connection, table: str) -> list[Column]:
    """Return the columns of a table, in order; none where there is no such table."""
    return [Column._make(row) for row in db.execute(f"PRAGMA table_info({table})")]


def references(db: sqlite3.Connection, table: str) -> list[ForeignKey]:
    """Return what of a table refers to others."""
    return [ForeignKey._make(row) for row in db.execute(f"PRAGMA foreign_key_list({table})")]
