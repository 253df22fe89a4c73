"""Files by the server, and directly: how fast they go, and what they cost all else meanwhile."""

import asyncio
import sys
import time
from pathlib import Path
from typing import NamedTuple

from bench import direct
from bench import hosting as places
from bench.figures import median, percentile
from bench.hosting import Hosting, hosting
from bench.options import Options
from bench.processes import pss_mb
from bench.row import Row, amount, beside, under
from bench.stage import stage
from bench.user import Record, User, user
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
        async with user(here, "eve") as who:
            rows = await _meanwhile(who, load, backend.pid)
            rows += await _beside(who, load, place, options.floods)
        await backend.stop()
    return rows + await direct.measure(options)


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


# -- what it costs


async def _meanwhile(user: User, load: Load, pid: int) -> list[Row]:
    """Return the rows of the daemon while the first file of its life goes out, and of memory."""
    idle = [await _said(user, number) for number in range(_SENDS)]
    before = most = pss_mb(pid)
    busy: list[float] = []
    looked = time.monotonic()
    async with asyncio.TaskGroup() as tasks:
        going = tasks.create_task(_put(user, load.path))
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
    took = await user.say(f"message {number}")
    await asyncio.sleep(_WAIT_S)
    return took


# -- how fast they go


async def _beside(user: User, load: Load, place: Hosting, rounds: int) -> list[Row]:
    ours: dict[str, list[float]] = {"put": [], "get": []}
    bare: dict[str, list[float]] = {"put": [], "get": []}
    for _ in range(rounds):
        bare["put"].append(await _carry("put", place.place(load.size), load.path))
        begun = time.monotonic()
        record = await _put(user, load.path)
        ours["put"].append(time.monotonic() - begun)
        bare["get"].append(await _carry("get", place.place(load.size), load.folder / "bare"))
        begun = time.monotonic()
        await user.over(await user.fetch(record["message_id"], load.folder))
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


async def _put(user: User, path: Path) -> Record:
    return await user.over(await user.send(path))


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
