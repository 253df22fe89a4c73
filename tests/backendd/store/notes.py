"""Writes and reads on the table of notes that the store's tests make."""

import sqlite3
from collections.abc import Callable

from backendd.store.database import Transaction


def add(text: str) -> Callable[[Transaction], int]:
    def work(transaction: Transaction) -> int:
        cursor = transaction.db.execute("INSERT INTO note (text) VALUES (?)", (text,))
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    return work


def texts(db: sqlite3.Connection) -> list[str]:
    return [text for (text,) in db.execute("SELECT text FROM note ORDER BY id")]
