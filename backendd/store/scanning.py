"""Reading what can be read of a table in a damaged database."""

import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any

from backendd.store import tables

Row = tuple[Any, ...]

_PATIENCE = 50_000
"""Failing queries; what isn't found until then is given up."""
_BEYOND = 10_000
"""How many ids above the last one that was read are looked for, where the end can't be read."""
_TOP = 2**63 - 1
_TYPES = {"INTEGER": int, "TEXT": str, "BLOB": bytes}


class Scan:
    """The rows of one table; `is_whole` and `lost` say afterwards what could not be read.

    `lost` are ranges of ids; a table that has no ids of its own has none.
    """

    def __init__(self, db: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
        self.is_whole = True
        self.lost: list[tuple[int, int]] = []
        self._db = db
        self._table = table
        self._columns = list(columns)
        self._checks = self._make_checks()
        self._left = _PATIENCE

    def rows(self) -> Iterator[Row]:
        """Yield every row that can be read and has values of the types of its columns."""
        for row in self._by_id() if self._has_ids() else self._from_both_ends():
            if all(check(value) for check, value in zip(self._checks, row, strict=True)):
                yield row
            else:
                self.is_whole = False

    def _has_ids(self) -> bool:
        (sql,) = self._db.execute(
            "SELECT sql FROM sqlite_schema WHERE name = ?", (self._table,)
        ).fetchone()
        return "WITHOUT ROWID" not in sql.upper()

    def _make_checks(self) -> list[Callable[[object], bool]]:
        declared = {
            column.name: (_TYPES.get(column.type.upper()), bool(column.is_required))
            for column in tables.columns(self._db, self._table)
        }
        return [_check(*declared[column]) for column in self._columns]

    # -- without ids: forwards to the damage, and backwards to it

    def _from_both_ends(self) -> Iterator[Row]:
        columns = tables.columns(self._db, self._table)
        keys = [column.name for column in columns if column.key]
        for direction in ("ASC", "DESC"):
            order = ", ".join(f"{key} {direction}" for key in keys)
            query = f"SELECT {self._list()} FROM {self._table} ORDER BY {order}"
            if not (yield from self._read(query, ())):
                self.is_whole = False
            else:
                return

    # -- with ids: around the damage, and into it by halves

    def _by_id(self) -> Iterator[Row]:
        ranges = [(1, _TOP)]
        while ranges:
            low, high = ranges.pop()
            low, is_done = yield from self._run(low, high, "ASC")
            if is_done:
                continue
            high, _ = yield from self._run(low, high, "DESC")
            high = min(high, max(self._sequence(), low + _BEYOND)) if high == _TOP else high
            if high < low:
                continue
            if low == high or self._left <= 0:
                self._lose(low, high)
                continue
            middle = (low + high) // 2
            ranges += [(middle + 1, high), (low, middle)]

    def _run(self, low: int, high: int, direction: str) -> Generator[Row, None, tuple[int, bool]]:
        """Read on from one end; return where that stopped, and whether nothing is left."""
        at = low if direction == "ASC" else high
        query = (
            f"SELECT {self._list()}, rowid FROM {self._table} NOT INDEXED "
            f"WHERE rowid BETWEEN ? AND ? ORDER BY rowid {direction}"
        )
        try:
            for row in self._db.execute(query, (low, high)):
                at = row[-1] + (1 if direction == "ASC" else -1)
                yield row[:-1]
        except sqlite3.Error:
            self._left -= 1
            return at, False
        return at, True

    def _lose(self, low: int, high: int) -> None:
        self.is_whole = False
        if self.lost and self.lost[-1][1] == low - 1:
            low = self.lost.pop()[0]
        self.lost.append((low, high))

    def _sequence(self) -> int:
        return sequences(self._db).get(self._table, 0)

    def _read(self, query: str, values: Sequence[int]) -> Generator[Row, None, bool]:
        """Yield rows; return whether that came to its end."""
        try:
            yield from self._db.execute(query, values)
        except sqlite3.Error:
            self._left -= 1
            return False
        return True

    def _list(self) -> str:
        return ", ".join(self._columns)


def sequences(db: sqlite3.Connection) -> dict[str, int]:
    """Return the highest id that was ever given, by table, as far as that can be read."""
    try:
        return {
            name: highest
            for name, highest in db.execute("SELECT name, seq FROM sqlite_sequence")
            if isinstance(highest, int)
        }
    except sqlite3.Error:
        return {}


def _check(kind: type | None, is_needed: bool) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        if value is None:
            return not is_needed
        return kind is None or isinstance(value, kind)

    return check
