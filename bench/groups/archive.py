"""Coming back to an archive that has grown: how quickly it is stored; keys and sends meanwhile."""

import asyncio
import sqlite3
import time
from pathlib import Path

from bench.figures import median, percentile
from bench.options import Options
from bench.row import Row, over, under
from bench.sender import Sender
from bench.stage import PROFILE, Stage, stage
from bench.terminal import Recorder, latencies
from tests.lab.caller import Caller

STORED_PER_S, KEY_MS, SEND_MS = 2_000, 10, 20
KEY_EVERY_S = 0.15
_MOST_KEYS = 100  # the input line has no more columns
_LIMIT_S = 600.0
_SENDS_AT_ONCE = 10  # between two looks at how much has come
# Prosody's own archive on the disk hands out less than 2,000 messages a second; so here the
# server keeps it in memory.
_SERVER = """
storage = { archive = "memory" }
max_archive_query_results = 250
"""


async def measure(options: Options) -> list[Row]:
    """Return the rows of catching up with an archive."""
    archived = options.archived // 10 if options.is_quick else options.archived
    async with stage(options.root, settings=_SERVER) as here:
        bob = await Sender(here.server, "bob").connect()
        backend = await here.backend()
        database = backend.scratch.data / "backendd.db"
        bob.send(here.server.jid(PROFILE), "hello")
        async with await here.primitivus(backend) as terminal:
            await terminal.settle("hello", quiet=1.0)
            caller = await here.caller()
            await caller.call("org.primitivus.Backend1.Profile", "Disconnect")
            await _fill(here, bob, archived)
            before = _count(database)
            begun = time.monotonic()
            await caller.call("org.primitivus.Backend1.Profile", "Connect")
            typed = await _type_until(terminal, database, before + archived)
            took = time.monotonic() - begun
            await terminal.settle(quiet=1.0)
            keys = latencies(terminal, typed)
        await caller.call("org.primitivus.Backend1.Profile", "Disconnect")
        await _fill(here, bob, archived)
        before = _count(database)
        await caller.call("org.primitivus.Backend1.Profile", "Connect")
        sent = await _send_until(caller, here.server.jid("eve"), database, before + archived)
        await caller.close()
        await bob.close()
        await backend.stop()
    return [
        over(
            f"catching up with {archived:,} messages of an archive",
            *(archived / took, STORED_PER_S, "messages/s"),
        ),
        under(
            "key to screen meanwhile, p95",
            *(percentile(keys, 95), KEY_MS, "ms"),
            also=f"p50 {median(keys):.1f}",
        ),
        under(
            "`Send` meanwhile, round trip with its commit, p95",
            *(percentile(sent, 95), SEND_MS, "ms"),
            also=f"p50 {median(sent):.1f}",
        ),
    ]


async def _fill(here: Stage, sender: Sender, archived: int) -> None:
    sender.flood(here.server.jid(PROFILE), archived, last="the last one")
    await sender.wait_taken(within=_LIMIT_S)


async def _type_until(terminal: Recorder, database: Path, wanted: int) -> dict[str, float]:
    """Type until so many messages are stored; return when which text was typed."""
    typed: dict[str, float] = {}
    text = ""
    deadline = time.monotonic() + _LIMIT_S
    while _count(database) < wanted:
        assert time.monotonic() < deadline, f"only {_count(database)} of {wanted} messages came"
        if len(text) < _MOST_KEYS:
            key = chr(ord("a") + len(text) % 26)
            text += key
            typed[text] = time.monotonic()
            terminal.write(key)
        await asyncio.sleep(KEY_EVERY_S)
    return typed


async def _send_until(caller: Caller, to: str, database: Path, wanted: int) -> list[float]:
    """Send until so many messages have come; return the milliseconds each took."""
    took: list[float] = []
    deadline = time.monotonic() + _LIMIT_S
    while _count(database) < wanted:
        assert time.monotonic() < deadline, f"only {_count(database)} of {wanted} messages came"
        for _ in range(_SENDS_AT_ONCE):
            begun = time.monotonic()
            await caller.send(to, f"meanwhile {len(took)}")
            took.append((time.monotonic() - begun) * 1000)
    return took


def _count(database: Path) -> int:
    """Return how many messages of others are stored."""
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return int(db.execute("SELECT count(*) FROM message WHERE direction = 'in'").fetchone()[0])
    finally:
        db.close()
