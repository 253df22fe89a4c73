"""Searching a great history through the bus, and what the index costs a new message."""

import asyncio
import sqlite3
import time
from pathlib import Path

from backendd.api import names
from backendd.store import index
from bench import past
from bench.figures import median, percentile
from bench.options import Options
from bench.row import Row, under
from bench.stage import stage
from tests.lab.caller import Caller

SEARCH_MS, INSERT_US = 20, 500
_QUERIES = {
    "a common word": "said",
    "a rare word": "77777",
    "a phrase": '"all these years"',
    "a beginning": "numb*",
}
_TIMES = 20


async def measure(options: Options) -> list[Row]:
    """Return the rows of searching."""
    async with stage(options.root) as here:
        backend = await here.backend()
        await backend.stop()
        peers = {f"peer0@{here.server.domain}": options.stored}
        await asyncio.to_thread(past.fill, backend.database, peers=peers)
        await backend.start()
        caller = await here.caller()
        await caller.wait_state("online")
        took = {what: await _search(caller, query) for what, query in _QUERIES.items()}
        await caller.close()
        await backend.stop()
        costs = await asyncio.to_thread(_cost, backend.database)
    rows = [
        under(
            f"search {options.stored:,} messages for {what}, first 50, p50",
            *(median(each), SEARCH_MS, "ms"),
            also=f"p95 {percentile(each, 95):.1f}",
        )
        for what, each in took.items()
    ]
    return [*rows, under("what the index costs a stored message", costs, INSERT_US, "us")]


async def _search(caller: Caller, query: str) -> list[float]:
    took = []
    for _ in range(_TIMES):
        begun = time.monotonic()
        found = await caller.call(names.MESSAGES, "Search", "s", query)
        took.append((time.monotonic() - begun) * 1000)
        assert found, query
    return took


def _cost(database: Path) -> float:
    """Return the microseconds that a message takes longer with the index than without."""
    with_index = _insert(database)
    db = sqlite3.connect(database)
    db.execute("DROP TRIGGER message_words_added")
    db.close()
    return max(0.0, with_index - _insert(database))


def _insert(database: Path, count: int = 5_000, batch: int = 100) -> float:
    db = sqlite3.connect(database, isolation_level=None)
    index.prepare(db)
    columns = [row[1] for row in db.execute("PRAGMA table_info(message)") if row[1] != "id"]
    listed = ", ".join(columns)
    (newest,) = db.execute("SELECT max(id) FROM message").fetchone()
    begun = time.monotonic()
    for start in range(0, count, batch):
        db.execute("BEGIN")
        for number in range(batch):
            db.execute(
                f"INSERT INTO message ({listed}) SELECT {listed} FROM message WHERE id = ?",
                (newest - start - number,),
            )
        db.execute("COMMIT")
    took = time.monotonic() - begun
    db.close()
    return took / count * 1_000_000
