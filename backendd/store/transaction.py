"""One transaction over many writes: what runs in the writer's thread."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from backendd.api.values import Value

Effect = Callable[[], None]


@dataclass(slots=True)
class Transaction:
    """What one write works with: the connection, and what is to happen after the commit."""

    db: sqlite3.Connection
    effects: list[Effect] = field(default_factory=list)

    def after_commit(self, effect: Effect) -> None:
        """Call `effect` on the event loop once all is committed; never if it isn't."""
        self.effects.append(effect)


Write = Callable[[Transaction], Any]


class Outcome(Value):
    """How one write ended: its result and effects, or the error it raised."""

    result: Any = None
    effects: Sequence[Effect] = ()
    error: BaseException | None = None


@contextmanager
def committed(db: sqlite3.Connection) -> Iterator[None]:
    """Commit what is begun in here; if anything raises, nothing of it is stored."""
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        # SQLite has rolled back by itself after some failures, a full disk among them.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def commit_all(db: sqlite3.Connection, writes: Sequence[Write]) -> list[Outcome]:
    """Return how each of `writes` ended, all of them in one transaction that is committed.

    One that raises is undone alone. If this itself raises, nothing of any of them is stored.
    """
    with committed(db):
        db.execute("BEGIN IMMEDIATE")
        return [_run(db, write) for write in writes]


def _run(db: sqlite3.Connection, write: Write) -> Outcome:
    transaction = Transaction(db)
    db.execute("SAVEPOINT write")
    try:
        result = write(transaction)
    except Exception as error:  # whatever it is, it goes to the one who asked for this write
        if not db.in_transaction:
            raise  # and the writes before it are gone with it
        db.execute("ROLLBACK TO write")
        db.execute("RELEASE write")
        return Outcome(error=error)
    db.execute("RELEASE write")
    return Outcome(result, transaction.effects)
