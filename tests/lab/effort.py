"""How dear a query is, in steps of SQLite's machine instead of seconds: the same on any machine."""

import sqlite3
from collections.abc import Callable

_AT_A_TIME = 20


def effort(db: sqlite3.Connection, work: Callable[[], object]) -> int:
    """Return about how many steps `work` takes."""
    count = 0

    def on_progress() -> None:
        nonlocal count
        count += _AT_A_TIME

    db.set_progress_handler(on_progress, _AT_A_TIME)
    try:
        work()
    finally:
        db.set_progress_handler(None, _AT_A_TIME)
    return count
