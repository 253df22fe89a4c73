"""Coming back to an archive that has grown: how quickly it is stored, and keys meanwhile."""

import asyncio
import sqlite3
import time
from pathlib import Path

from bench.figures import median, percentile
from bench.options import Options
from bench.row import Row, over, under
from bench.sender import Sender
from bench.stage import PROFILE, Stage, stage
from bench.terminal import Recorder
from tests.lab.backend import Backend

STORED_PER_S, KEY_MS = 2_000, 10
KEY_EVERY_S = 0.15
_LIMIT_S = 600.0


async def measure(options: Options) -> list[Row]:
    """Return the rows of catching up with an archive."""
    archived = options.archived // 10 if options.is_quick else options.archived
    async with stage(options.root) as here:
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
            keys = await _type_until(terminal, database, before + archived)
            took = time.monotonic() - begun
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
    ]


async def _fill(here: Stage, sender: Sender, archived: int) -> None:
    # The one who answers knows that the server has taken all that was sent before.
    sender.flood(here.server.jid(PROFILE), archived, last="the last one")
    sender.send(sender.jid, "done")
    await sender.wait_for("done", within=_LIMIT_S)


async def _type_until(terminal: Recorder, database: Path, wanted: int) -> list[float]:
    """Type until so many messages are stored; return the milliseconds of keys."""
    pressed: list[float] = []
    deadline = time.monotonic() + _LIMIT_S
    while _count(database) < wanted:
        assert time.monotonic() < deadline, f"only {_count(database)} of {wanted} messages came"
        pressed.append(time.monotonic())
        terminal.write(chr(ord("a") + len(pressed) % 26))
        await asyncio.sleep(KEY_EVERY_S)
    await terminal.settle(quiet=1.0)
    return pressed


def _count(database: Path) -> int:
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return int(db.execute("SELECT count(*) FROM message").fetchone()[0])
    finally:
        db.close()


Typed = Backend
