"""Writing, reading, group commit."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest

from backendd.api.errors import StorageError, UnknownItem
from backendd.store.connection import ConnectionThread
from backendd.store.database import Database, Transaction
from tests.backendd.store.notes import add, texts

T = TypeVar("T")


def start(work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    return asyncio.get_running_loop().create_task(work)


async def trace(database: Database) -> list[str]:
    """Return a list to which every statement of the writer is added."""
    statements: list[str] = []

    def work(transaction: Transaction) -> None:
        transaction.db.set_trace_callback(statements.append)

    await database.write(work)
    statements.clear()
    return statements


async def test_a_write_returns_what_its_work_returned_and_is_read_back(database: Database):
    assert await database.write(add("a")) == 1
    assert await database.write(add("b")) == 2
    assert await database.read(texts) == ["a", "b"]


async def test_writes_of_one_moment_share_a_commit(database: Database):
    statements = await trace(database)
    ids = await asyncio.gather(*(database.write(add(str(number))) for number in range(300)))
    assert ids == list(range(1, 301))
    assert statements.count("COMMIT") == 1


async def test_what_comes_while_a_commit_runs_shares_the_next_one(database: Database):
    statements = await trace(database)
    reached, may_go_on = threading.Event(), threading.Event()

    def slow(transaction: Transaction) -> None:
        reached.set()
        may_go_on.wait()

    first = start(database.write(slow))
    await asyncio.to_thread(reached.wait)
    later = []
    for number in range(20):  # each in a step of the loop of its own
        later.append(start(database.write(add(str(number)))))
        await asyncio.sleep(0)
    may_go_on.set()
    await asyncio.gather(first, *later)
    assert statements.count("COMMIT") == 2


async def test_five_thousand_writes_are_few_commits(database: Database):
    statements = await trace(database)
    await asyncio.gather(*(database.write(add(str(number))) for number in range(5000)))
    assert statements.count("COMMIT") == 10
    assert len(await database.read(texts)) == 5000


async def test_a_batch_is_one_hop_to_the_thread(database: Database):
    # Why aiosqlite's private method is used: its public ones would make 1,500 hops of this.
    hops = 0
    run = database._writer.run

    async def counted(work: Callable[[sqlite3.Connection], object]) -> object:
        nonlocal hops
        hops += 1
        return await run(work)

    database._writer.run = counted
    await asyncio.gather(*(database.write(add(str(number))) for number in range(500)))
    assert hops == 1


async def test_a_work_that_fails_harms_only_itself(database: Database):
    def refuse(transaction: Transaction) -> None:
        add("half")(transaction)
        raise UnknownItem("no such item")

    results = await asyncio.gather(
        database.write(add("a")),
        database.write(refuse),
        database.write(add("a")),
        database.write(add("b")),
        return_exceptions=True,
    )
    assert results[0] == 1
    assert isinstance(results[1], UnknownItem)
    assert isinstance(results[2], sqlite3.IntegrityError)
    assert await database.read(texts) == ["a", "b"]


async def test_effects_run_in_order_on_the_loop_before_their_writers_go_on(database: Database):
    events: list[object] = []

    def with_effects(text: str) -> Callable[[Transaction], int]:
        def work(transaction: Transaction) -> int:
            transaction.after_commit(lambda: events.append((text, threading.get_ident())))
            return add(text)(transaction)

        return work

    async def write(text: str) -> None:
        await database.write(with_effects(text))
        events.append(f"{text} done")

    await asyncio.gather(write("a"), write("b"))
    here = threading.get_ident()
    assert events == [("a", here), ("b", here), "a done", "b done"]


async def test_effects_of_a_failed_work_never_run(database: Database):
    events = []

    def fail(transaction: Transaction) -> None:
        transaction.after_commit(lambda: events.append("told"))
        raise UnknownItem("no such item")

    with pytest.raises(UnknownItem):
        await database.write(fail)
    await database.write(add("after"))
    assert events == []


async def test_an_effect_sees_what_was_committed(database: Database):
    seen: list[asyncio.Task[list[str]]] = []

    def work(transaction: Transaction) -> None:
        add("a")(transaction)
        loop = asyncio.get_running_loop
        transaction.after_commit(lambda: seen.append(loop().create_task(database.read(texts))))

    await database.write(work)
    assert await seen[0] == ["a"]


async def test_an_effect_that_fails_leaves_the_write_done(
    database: Database, caplog: pytest.LogCaptureFixture
):
    def work(transaction: Transaction) -> int:
        transaction.after_commit(lambda: 1 / 0)
        return add("a")(transaction)

    assert await database.write(work) == 1
    assert "what follows a write failed" in caplog.text


async def test_a_caller_who_is_cancelled_takes_nothing_back(database: Database):
    events: list[str] = []

    def work(transaction: Transaction) -> None:
        add("a")(transaction)
        transaction.after_commit(lambda: events.append("told"))

    caller = start(database.write(work))
    await asyncio.sleep(0)
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    await database.write(add("b"))
    assert await database.read(texts) == ["a", "b"]
    assert events == ["told"]


async def test_a_reader_can_not_write(database: Database):
    with pytest.raises(StorageError, match="can't be written"):
        await database.read(lambda db: db.execute("INSERT INTO note (text) VALUES ('x')"))
    with pytest.raises(StorageError, match="can't be written"):
        await database.read_long(lambda db: db.execute("INSERT INTO note (text) VALUES ('x')"))


async def test_a_read_sees_one_state_however_long_it_takes(database: Database):
    reached, may_go_on = threading.Event(), threading.Event()

    def twice(db: sqlite3.Connection) -> tuple[list[str], list[str]]:
        before = texts(db)
        reached.set()
        may_go_on.wait()
        return before, texts(db)

    reading = start(database.read(twice))
    await asyncio.to_thread(reached.wait)
    await database.write(add("meanwhile"))
    may_go_on.set()
    assert await reading == ([], [])
    assert await database.read(texts) == ["meanwhile"]


async def test_who_reads_does_not_wait_for_what_is_read_at_length(database: Database):
    may_go_on = threading.Event()
    await database.write(add("here"))

    def at_length(db: sqlite3.Connection) -> list[str]:
        may_go_on.wait()
        return texts(db)

    reading = start(database.read_long(at_length))
    assert await database.read(texts) == ["here"]
    assert not reading.done()
    may_go_on.set()
    assert await reading == ["here"]


async def test_closing_finishes_what_waits_and_folds_the_log_up(path: Path, steps: Path):
    database = await Database.open(path, steps=steps)
    writes = [start(database.write(add(str(number)))) for number in range(1000)]
    await asyncio.sleep(0)
    await database.close()
    assert len(await asyncio.gather(*writes)) == 1000
    assert not path.with_name(path.name + "-wal").exists()
    alone = sqlite3.connect(path)
    assert len(texts(alone)) == 1000
    alone.close()


async def test_a_closed_database_says_so(path: Path, steps: Path):
    database = await Database.open(path, steps=steps)
    await database.close()
    await database.close()
    with pytest.raises(StorageError, match="closed"):
        await database.read_long(texts)
    with pytest.raises(StorageError, match="closed"):
        await database.write(add("a"))
    with pytest.raises(StorageError, match="closed"):
        await database.read(texts)


async def test_what_is_acknowledged_is_synced(database: Database):
    def settings(transaction: Transaction) -> list[object]:
        pragmas = ("journal_mode", "synchronous", "foreign_keys")
        return [transaction.db.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]

    full = 2
    assert await database.write(settings) == ["wal", full, 1]


async def test_aiosqlite_still_has_the_method_that_is_leant_on():
    thread = ConnectionThread(lambda: sqlite3.connect(":memory:"))
    await thread.open()
    ran_in = await thread.run(lambda db: threading.get_ident())
    await thread.close()
    assert ran_in != threading.get_ident()
