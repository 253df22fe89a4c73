"""Files by way of the server: how fast they go, and what they cost all else meanwhile."""

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path
from typing import Any, NamedTuple

from backendd.api import names
from backendd.api.link import Link, MatchRule, Signal
from bench import hosting as places
from bench.figures import median, percentile
from bench.hosting import Hosting, hosting
from bench.options import Options
from bench.processes import pss_mb
from bench.row import Row, amount, beside, under
from bench.stage import Stage, stage
from tests.lab.caller import Caller
from tests.lab.server import DOMAIN, free_ports

RATIO, GROWTH_MB, SEND = 1.3, 20, 2
SIZE, QUICK_SIZE = 2 * 1024**3, 256 * 1024**2
BARE = "bare aiohttp"

_SENDS = 200
_WAIT_S = 0.02
_LOOK_S = 0.1
_LIMIT_S = 200.0


async def measure(options: Options) -> list[Row]:
    """Return the rows of files."""
    (port,) = free_ports(1)
    load = _load(options)
    async with (
        stage(options.root, settings=places.settings(DOMAIN, port)) as here,
        hosting(here.server, port) as place,
    ):
        backend = await here.backend()
        async with _user(here) as user:
            rows = await _meanwhile(user, load, backend.pid)
            rows += await _beside(user, load, place, options.floods)
        await backend.stop()
    return rows


class Load(NamedTuple):
    """The file that goes, and where it may be put again."""

    path: Path
    size: int
    folder: Path

    @property
    def told(self) -> str:
        """How large it is."""
        return f"{amount(self.size / 1024**2)} MiB"


def _load(options: Options) -> Load:
    load = Load(
        options.root / "file",
        QUICK_SIZE if options.is_quick else SIZE,
        options.root / "here",
    )
    load.folder.mkdir()
    with load.path.open("wb") as file:
        file.truncate(load.size)
    return load


class User:
    """Who sends and fetches files, and says something meanwhile."""

    def __init__(self, link: Link, caller: Caller, peer: str) -> None:
        self._caller = caller
        self._peer = peer
        self._told = asyncio.Event()
        self._over: dict[int, dict[str, Any]] = {}
        link.subscribe(MatchRule(names.BUS_NAME, caller.path), self._on_signal)

    async def send(self, path: Path) -> dict[str, Any]:
        """Return the record of a transfer once the file is on the server."""
        return await self._until_over(self._call("Send", "ss", self._peer, str(path)))

    async def fetch(self, message: int, folder: Path) -> dict[str, Any]:
        """Return the record of a transfer once the file is here."""
        return await self._until_over(self._call("Download", "xus", message, 0, str(folder)))

    async def say(self, number: int) -> float:
        """Return how many milliseconds it takes to say something."""
        begun = time.monotonic()
        await self._caller.send(self._peer, f"message {number}")
        return (time.monotonic() - begun) * 1000

    def _call(self, member: str, signature: str, *args: object) -> Awaitable[Any]:
        return self._caller.call(names.FILES, member, signature, *args)

    async def _until_over(self, asked: Awaitable[Any]) -> dict[str, Any]:
        id = int(await asked)
        async with asyncio.timeout(_LIMIT_S):
            while id not in self._over:
                self._told.clear()
                await self._told.wait()
        record = self._over[id]
        assert record["state"] == "done", record["error"]
        return record

    def _on_signal(self, signal: Signal) -> None:
        if (signal.interface, signal.member) != (names.FILES, "Changed"):
            return
        for record in signal.args[0]:
            if record["state"] in ("done", "failed", "cancelled"):
                self._over[record["id"]] = record
        self._told.set()


@contextlib.asynccontextmanager
async def _user(here: Stage) -> AsyncIterator[User]:
    link, caller = await Link.open(here.bus.address), await here.caller()
    yield User(link, caller, here.server.jid("eve"))
    await caller.close()
    await link.close()


# -- what it costs


async def _meanwhile(user: User, load: Load, pid: int) -> list[Row]:
    """Return the rows of the daemon while the first file of its life goes out, and of memory."""
    idle = [await _said(user, number) for number in range(_SENDS)]
    before = most = pss_mb(pid)
    busy: list[float] = []
    looked = time.monotonic()
    async with asyncio.TaskGroup() as tasks:
        going = tasks.create_task(user.send(load.path))
        while not going.done():
            busy.append(await _said(user, len(busy)))
            if time.monotonic() - looked > _LOOK_S:
                most, looked = max(most, pss_mb(pid)), time.monotonic()
    return [
        under(
            f"memory of the daemon grows by, while {load.told} go out",
            *(most - before, GROWTH_MB, "MB"),
        ),
        beside(
            "`Send` of a message meanwhile, round trip with its commit, p95",
            *(percentile(busy, 95), "an idle daemon", percentile(idle, 95), SEND, "ms"),
        ),
    ]


async def _said(user: User, number: int) -> float:
    took = await user.say(number)
    await asyncio.sleep(_WAIT_S)
    return took


# -- how fast they go


async def _beside(user: User, load: Load, place: Hosting, rounds: int) -> list[Row]:
    ours: dict[str, list[float]] = {"put": [], "get": []}
    bare: dict[str, list[float]] = {"put": [], "get": []}
    for _ in range(rounds):
        bare["put"].append(await _carry("put", place.place(load.size), load.path))
        begun = time.monotonic()
        record = await user.send(load.path)
        ours["put"].append(time.monotonic() - begun)
        bare["get"].append(await _carry("get", place.place(load.size), load.folder / "bare"))
        begun = time.monotonic()
        await user.fetch(record["message_id"], load.folder)
        ours["get"].append(time.monotonic() - begun)
        for each in load.folder.iterdir():
            each.unlink()
    return [
        beside(
            f"{load.told} {where} a web server",
            *(median(ours[way]), BARE, median(bare[way]), RATIO, "s"),
        )
        for way, where in (("put", "to"), ("get", "from"))
    ]


async def _carry(way: str, url: str, path: Path) -> float:
    """Return how many seconds aiohttp alone takes."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.carrier", way, url, str(path)),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(_LIMIT_S):
            told, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return float(told)
