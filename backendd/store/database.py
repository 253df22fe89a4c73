"""The database: one writer with group commit, one reader, and one for what takes long."""

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from backendd.api.errors import StorageError
from backendd.api.tasks import Tasks
from backendd.api.tuples import NamedTuple
from backendd.store import damage, failures, migrations, opening
from backendd.store.connection import ConnectionThread
from backendd.store.migrations import MIGRATIONS
from backendd.store.transaction import Outcome, Transaction, Write, commit_all

__all__ = ["Database", "Transaction"]

log = logging.getLogger(__name__)

T = TypeVar("T")
Context = AbstractContextManager[object]

# Between two commits; what comes meanwhile shares the next one. A lone write doesn't wait.
_PAUSE_S = 0.002
_MOST_AT_ONCE = 500


class _Asked(NamedTuple):
    """A write whose turn has not come."""

    write: Write
    done: asyncio.Future[Any]


class Database:
    """What is stored. Make one with `open`, and close it: its threads keep the process alive."""

    def __init__(
        self, path: Path, writer: ConnectionThread, reader: ConnectionThread, first: Context
    ) -> None:
        self.path = path
        self.set_aside: Path | None = None  # where a damaged predecessor is kept
        self.when_damaged: Callable[[], None] = lambda: None
        self._writer = writer
        self._reader = reader
        self._first = first
        self._long_reader: ConnectionThread | None = None  # most often nobody needs one
        self._opening = asyncio.Lock()
        self._waiting: deque[_Asked] = deque()
        self._tasks = Tasks()
        self._committing: asyncio.Task[None] | None = None
        self._is_closed = False

    @classmethod
    async def open(
        cls, path: Path, *, steps: Path = MIGRATIONS, first: Context | None = None
    ) -> "Database":
        """Return the database at `path`, made if need be, with every migration of `steps` taken.

        It is in `first` while something is stored or read that somebody may wait for.
        A damaged one is set aside, and a new one made of what can be read of it. Raises
        StorageError.
        """
        scripts = migrations.load(steps)
        aside = None
        try:
            writer = await _start(partial(opening.open_writer, path, scripts), path)
        except sqlite3.DatabaseError as error:
            if not failures.is_damage(error):
                raise
            aside = await _rebuild(path, scripts)
            writer = await _start(partial(opening.open_writer, path, scripts), path)
        try:
            reader = await _start(partial(opening.open_reader, path), path)
        except BaseException:
            await writer.close()
            raise
        database = cls(path, writer, reader, first or nullcontext())
        database.set_aside = aside
        return database

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Return what `work` returned, once it is on the disk and its effects have run.

        `work` runs in another thread and only touches the transaction. Several works share one
        commit; one that raises is undone alone, and its error raised here. Works are done in the
        order of the calls. Raises StorageError if nothing could be stored. A caller cancelled
        while it waits doesn't take its write back.
        """
        if self._is_closed:
            raise StorageError("the database is closed")
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Asked(work, done))
        if self._committing is None:
            self._committing = self._tasks.start(self._commit_waiting(), name="database writer")
        return await done

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return what `work` returned; it sees one state of the database, unchanged meanwhile."""
        with self._first:
            return await self._run(self._reader, work)

    async def read_long(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return what `work` returned, as `read` does; who reads meanwhile doesn't wait for it."""
        async with self._opening:
            if self._long_reader is None and not self._is_closed:
                self._long_reader = await _start(partial(opening.open_reader, self.path), self.path)
        return await self._run(self._long_reader or self._reader, work)

    async def close(self) -> None:
        """Finish what waits, and leave a database file that is complete without its log."""
        if self._is_closed:
            return
        self._is_closed = True
        if self._committing is not None:
            await self._committing
        async with self._opening:
            if self._long_reader is not None:
                await self._long_reader.close()
        await self._reader.close()
        try:
            await self._writer.run(_checkpoint)
        except sqlite3.Error as error:
            why = failures.explain(error, self.path) or type(error).__name__
            log.warning("the database could not be folded up: %s", why)
        await self._writer.close()

    async def _run(self, reader: ConnectionThread, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._is_closed:
            raise StorageError("the database is closed")
        try:
            return await reader.run(partial(_read, work))
        except (sqlite3.Error, MemoryError) as error:
            raise self._explain(error) from error

    async def _commit_waiting(self) -> None:
        while self._waiting:
            size = min(len(self._waiting), _MOST_AT_ONCE)
            await self._commit([self._waiting.popleft() for _ in range(size)])
            await asyncio.sleep(_PAUSE_S)
        self._committing = None

    async def _commit(self, asked: list[_Asked]) -> None:
        try:
            writes = [each.write for each in asked]
            with self._first:
                outcomes = await self._writer.run(lambda db: commit_all(db, writes))
        except Exception as error:
            why = failures.explain(error, self.path) or type(error).__name__
            log.error("%d writes could not be stored: %s", len(asked), why)  # noqa: TRY400
            outcomes = [Outcome(error=error)] * len(asked)
        for each, outcome in zip(asked, outcomes, strict=True):
            self._settle(each, outcome)

    def _settle(self, asked: _Asked, outcome: Outcome) -> None:
        for effect in outcome.effects:
            try:
                effect()
            except Exception:
                # It is stored all the same: the writer must not be told otherwise.
                log.exception("what follows a write failed")
        if asked.done.done():
            return
        if outcome.error is None:
            asked.done.set_result(outcome.result)
        else:
            asked.done.set_exception(self._explain(outcome.error))

    def _explain(self, error: BaseException) -> BaseException:
        if failures.is_damage(error):
            damage.mark(self.path)
            self.when_damaged()
        return failures.explain(error, self.path) or error


async def _start(connect: Callable[[], sqlite3.Connection], path: Path) -> ConnectionThread:
    thread = ConnectionThread(connect)
    try:
        await thread.open()
    except sqlite3.Error as error:
        if failures.is_damage(error):
            raise
        raise failures.explain(error, path) or error from error
    return thread


async def _rebuild(path: Path, steps: Sequence[migrations.Migration]) -> Path:
    from backendd.store import rebuilding  # late: only a damaged one needs it

    try:
        return await asyncio.to_thread(rebuilding.rebuild, path, steps)
    except (sqlite3.Error, OSError) as error:
        raise failures.explain(error, path) or StorageError(
            f"the database is damaged, and no other can be put in its place ({path})"
        ) from error


def _read(work: Callable[[sqlite3.Connection], T], db: sqlite3.Connection) -> T:
    db.execute("BEGIN")
    try:
        return work(db)
    finally:
        if db.in_transaction:  # SQLite has ended it by itself after some failures
            db.execute("ROLLBACK")


def _checkpoint(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
