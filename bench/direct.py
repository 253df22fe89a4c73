"""Files from client to client: by a connection and in-band, between two daemons at one server."""

import asyncio
import contextlib
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from backendd.api import names
from bench.figures import median, percentile
from bench.options import Options
from bench.row import Row, amount, beside
from bench.stage import PROFILE, Stage, stage
from bench.user import User, user
from tests.lab.server import free_ports

CONNECTION, IN_BAND, MEANWHILE = 2, 0.33, 2
BLOCK = 4096
"""What a stream of slixmpp has in a block where nobody says otherwise."""

_MIB = 1024**2
_GIVER, _TAKER, _BARE = PROFILE, "bob", "bare"
_SAYINGS = 100
_WAIT_S = 0.02
_LIMIT_S = 200.0
_MEMORY = Path("/dev/shm")
# As it comes, Prosody reads 4 KiB and rests a millisecond then, and collects garbage all the time
# that much passes: it would be all that is measured.
_SERVER = """
network_default_read_size = 64*1024
gc = { mode = "incremental", threshold = 200 }
"""


async def measure(options: Options) -> list[Row]:
    """Return the rows of files from client to client."""
    async with (
        stage(options.root / "direct", settings=_SERVER) as here,
        _users(here) as (giver, taker),
    ):
        with _place(options.root) as place:
            pair = Pair(giver, taker, place)
            rows = await _connection(pair, options)
            rows += await _in_band(pair, here, options)
    return rows


class Pair:
    """Who gives files, and who takes them; both have them at a place."""

    def __init__(self, giver: User, taker: User, place: Path) -> None:
        self.giver = giver
        self.taker = taker
        self.place = place
        self.taken = place / "taken"
        self.taken.mkdir()

    def file(self, size: int) -> Path:
        """Return a file of so many bytes."""
        path = self.place / "file"
        with path.open("wb") as file:
            file.truncate(size)
        return path

    def clear(self) -> None:
        """Have nobody find again what was taken."""
        for each in self.taken.iterdir():
            each.unlink()

    async def carry(self, path: Path, method: str) -> float:
        """Return how many seconds it takes from the taker's word until both have it done."""
        sent = await self.giver.send(path, method)
        offered = await self.taker.offered()
        begun = time.monotonic()
        taken = await self.taker.accept(offered, self.taken)
        await self.giver.over(sent)
        record = await self.taker.over(taken)
        took = time.monotonic() - begun
        assert record["method"] == method
        self.clear()
        return took

    async def say(self, text: str) -> float:
        """Return how many milliseconds it takes until the other side has a message."""
        begun = time.monotonic()
        await self.giver.say(text)
        await self.taker.hear(text)
        return (time.monotonic() - begun) * 1000


@contextlib.asynccontextmanager
async def _users(here: Stage) -> AsyncIterator[tuple[User, User]]:
    there = await here.another()
    await here.backend(profiles=[_GIVER])
    await there.backend(profiles=[_TAKER])
    async with user(here, _TAKER, _GIVER) as giver, user(there, _GIVER, _TAKER) as taker:
        for each in (giver, taker):
            await each.caller.call(names.ROSTER, "Approve", "s", each.peer)
        for each in (giver, taker):
            await each.caller.call(names.ROSTER, "Subscribe", "s", each.peer)
        for each in (giver, taker):
            await each.befriended()
        yield giver, taker


@contextlib.contextmanager
def _place(root: Path) -> Iterator[Path]:
    """Yield where files are in memory, if that can be: it is no disk that is measured."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else root) as place:
        yield Path(place)


# -- by a connection


async def _connection(pair: Pair, options: Options) -> list[Row]:
    size = (128 if options.is_quick else 1024) * _MIB
    path = pair.file(size)
    ours, bare = list[float](), list[float]()
    for _ in range(options.floods):
        bare.append(await _bring(path, pair.taken / "bare"))
        pair.clear()
        ours.append(await pair.carry(path, "jingle-s5b"))
    return [
        beside(
            f"{amount(size / _MIB)} MiB to a contact's program, by SOCKS5",
            *(median(ours), "bare asyncio", median(bare), CONNECTION, "s"),
        )
    ]


async def _bring(path: Path, to: Path) -> float:
    """Return how many seconds asyncio alone takes, over TCP."""
    (port,) = free_ports(1)
    program = (sys.executable, "-m", "bench.connection")
    async with _running(*program, "take", str(port), str(to)) as taking:
        await _line(taking)
        async with _running(*program, "give", str(port), str(path)):
            return float(await _line(taking))


# -- in-band


async def _in_band(pair: Pair, here: Stage, options: Options) -> list[Row]:
    size = (4 if options.is_quick else 32) * _MIB
    path = pair.file(size)
    ours, bare = list[float](), list[float]()
    for _ in range(options.floods):
        bare.append(await _stream(here, size))
        ours.append(await pair.carry(path, "jingle-ibb"))
    idle = [await _said(pair, f"idle {number}") for number in range(_SAYINGS)]
    busy = list[float]()
    async with asyncio.TaskGroup() as tasks:
        going = tasks.create_task(pair.carry(path, "jingle-ibb"))
        while not going.done():
            busy.append(await _said(pair, f"busy {len(busy)}"))
    return [
        beside(
            f"{amount(size / _MIB)} MiB to a contact's program, in-band",
            *(median(ours), "slixmpp", median(bare), IN_BAND, "s"),
        ),
        beside(
            "a message from bus to bus meanwhile, p95",
            *(percentile(busy, 95), "an idle connection", percentile(idle, 95), MEANWHILE, "ms"),
        ),
    ]


async def _said(pair: Pair, text: str) -> float:
    took = await pair.say(text)
    await asyncio.sleep(_WAIT_S)
    return took


async def _stream(here: Stage, size: int) -> float:
    """Return how many seconds a stream of slixmpp takes."""
    server = here.server
    account = (server.jid(_BARE), server.password(_BARE), str(server.port), str(server.ca_file))
    program = (sys.executable, "-m", "bench.in_band", *account)
    async with (
        _running(*program, "take") as taking,
        _running(*program, "give", await _line(taking), str(size), str(BLOCK)) as giving,
    ):
        return float(await _line(giving))


# -- other programs


@contextlib.asynccontextmanager
async def _running(*command: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Yield a program, which has ended afterwards."""
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        yield process
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.wait()


async def _line(process: asyncio.subprocess.Process) -> str:
    """Return what a program writes next."""
    assert process.stdout is not None
    async with asyncio.timeout(_LIMIT_S):
        return (await process.stdout.readline()).decode().strip()
