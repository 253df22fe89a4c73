"""Indexing what was stored before there was an index; what else is done doesn't wait for it."""

import asyncio
import sqlite3
import time
from pathlib import Path

from backendd.api import names
from backendd.api.link import Link, MatchRule, Signal
from bench.figures import median, percentile
from bench.row import Row, over, under
from bench.sender import Sender
from bench.stage import PROFILE, Stage

INDEXED_PER_S, WAIT_MS, OPEN_MS = 2_000, 20, 30
_LIMIT_S = 400.0
_EVERY_S = 0.1


async def measure(here: Stage, database: Path, great: str, unindexed: int) -> list[Row]:
    """Return the rows of a daemon, just started, that has so many messages to index."""
    begun = time.monotonic()
    sent: list[float] = []
    opened: list[float] = []
    arrived: list[float] = []
    caller = await here.caller()
    await caller.wait_state("online")
    bob = await Arrivals(here).open()
    while _is_busy(database):
        assert time.monotonic() - begun < _LIMIT_S, f"not indexed within {_LIMIT_S:.0f} s"
        for took, work in (
            (sent, caller.send(here.server.jid("eve"), f"meanwhile {len(sent)}")),
            (opened, caller.messages(great)),
            (arrived, bob.arrive(f"number {len(arrived)}")),
        ):
            started = time.monotonic()
            await work
            took.append((time.monotonic() - started) * 1000)
            await asyncio.sleep(_EVERY_S)
    speed = unindexed / (time.monotonic() - begun)
    await bob.close()
    await caller.close()
    return [
        over(
            f"indexing {unindexed:,} older messages in the background",
            *(speed, INDEXED_PER_S, "messages/s"),
        ),
        _waited("`Send` meanwhile, round trip with its commit", sent, WAIT_MS),
        _waited("a message from the wire to the bus meanwhile", arrived, WAIT_MS),
        _waited("a page of a great conversation meanwhile", opened, OPEN_MS),
    ]


def _waited(what: str, took: list[float], limit: float) -> Row:
    return under(f"{what}, p95", percentile(took, 95), limit, "ms", also=f"p50 {median(took):.1f}")


def _is_busy(database: Path) -> bool:
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return db.execute("SELECT 1 FROM indexed").fetchone() is not None
    finally:
        db.close()


class Arrivals:
    """Somebody who writes to the profile, and a frontend that is told of it."""

    def __init__(self, here: Stage) -> None:
        self._here = here
        self._sender = Sender(here.server, "bob")
        self._told = asyncio.Event()
        self._wanted = ""
        self._link: Link

    async def open(self) -> "Arrivals":
        """Return this when both are connected."""
        self._link = await Link.open(self._here.bus.address)
        self._link.subscribe(
            MatchRule(names.BUS_NAME, names.profile_path(PROFILE)), self._on_signal
        )
        await self._sender.connect()
        return self

    async def close(self) -> None:
        """Leave."""
        await self._sender.close()
        await self._link.close()

    async def arrive(self, body: str) -> None:
        """Write this; return when it was told."""
        self._wanted = body
        self._told.clear()
        self._sender.send(self._here.server.jid(PROFILE), body)
        async with asyncio.timeout(60):
            await self._told.wait()

    def _on_signal(self, signal: Signal) -> None:
        if signal.member != "Changed" or signal.interface != names.MESSAGES:
            return
        if any(record.get("body") == self._wanted for record in signal.args[1]):
            self._told.set()
