"""Searching a great history through the bus, indexing an old one, and what the index costs."""

import asyncio
import sqlite3
import time
from pathlib import Path

from backendd.api import names
from backendd.api.wire import Variant
from backendd.store import index
from bench import past, texts
from bench.figures import median, percentile
from bench.groups import indexing
from bench.options import Options
from bench.row import Row, under
from bench.stage import Stage, stage
from tests.lab.backend import Backend
from tests.lab.caller import Caller

SEARCH_MS, INSERT_US, INDEX_KB = 20, 500, 0.5
SMALL = 2_000
"""Messages of the small conversation."""

_RARE = texts.word(25_000)
_QUERIES = {
    "a common word": "the",
    "a rare word": _RARE,
    "a common word and a rare one": f"the {_RARE}",
    "a phrase": '"of the"',
    "a beginning of one letter": "t*",
    "a beginning of two letters": "th*",
    "a long beginning": "peopl*",
    "two Han characters": "一丁",
    "a part of a Thai sentence": "สวัสดี",
    "an emoji": "🍺",
    "`c++`": "c++",
    "a word that is nowhere": "nowhere",
}
# FTS5 has to look at each message that has both words.
_DEAR = {
    "a phrase that is nowhere, of two words that are everywhere": '"okay so"',
    "two words of which each message has one": "tea coffee",
}
_TIMES = 20


async def measure(options: Options) -> list[Row]:
    """Return the rows of searching."""
    async with stage(options.root) as here:
        backend = await here.backend()
        await backend.stop()
        great, small, old = (f"peer{number}@{here.server.domain}" for number in range(3))
        unindexed = options.stored // 10
        await asyncio.to_thread(
            past.fill,
            backend.database,
            peers={great: options.stored - unindexed - SMALL, small: SMALL},
            unindexed={old: unindexed},
            said=texts.message,
        )
        await backend.start()
        rows = await indexing.measure(here, backend.database, great, unindexed)
        rows += await _search_all(here, options.stored, small)
        await backend.stop()
        size, cost = await asyncio.to_thread(_costs, backend)
    return [
        *rows,
        under("what the index costs a stored message", cost, INSERT_US, "us"),
        under("disk for the index, a message", size, INDEX_KB, "kB"),
    ]


async def _search_all(here: Stage, stored: int, small: str) -> list[Row]:
    caller = await here.caller()
    await caller.wait_state("online")
    there, half = Variant("s", small), Variant("x", stored // 2)
    took = {what: await _search(caller, query) for what, query in (_QUERIES | _DEAR).items()}
    took["a common word in a small conversation"] = await _search(caller, "the", peer=there)
    took["a rare word, far back"] = await _search(caller, _RARE, before=half)
    await caller.close()
    return [
        under(
            f"search {stored:,} messages for {what}, first 50, p95",
            *(percentile(each, 95), SEARCH_MS, "ms"),
            also=f"p50 {median(each):.1f}",
        )
        for what, each in took.items()
    ]


async def _search(caller: Caller, query: str, **options: Variant) -> list[float]:
    """Return the milliseconds that each of some searches took."""
    took = []
    for _ in range(_TIMES):
        begun = time.monotonic()
        await caller.call(names.MESSAGES, "Search", "sa{sv}", query, options)
        took.append((time.monotonic() - begun) * 1000)
    return took


def _costs(backend: Backend) -> tuple[float, float]:
    """Return the kB that the index takes for a message, and the microseconds to add one to it."""
    db = sqlite3.connect(backend.database)
    (size,) = db.execute("SELECT sum(length(block)) FROM message_words_data").fetchone()
    (count,) = db.execute("SELECT count(*) FROM message").fetchone()
    db.close()
    with_index = _insert(backend.database)
    db = sqlite3.connect(backend.database)
    db.execute("DROP TRIGGER message_words_added")
    db.close()
    return size / count / 1000, max(0.0, with_index - _insert(backend.database))


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
        index.complete(db)
        db.execute("COMMIT")
    took = time.monotonic() - begun
    db.close()
    return took / count * 1_000_000
