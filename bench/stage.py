"""What is measured stands on this: a server, a bus, a daemon, people who send."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bench.terminal import COLUMNS, ROWS, Recorder
from tests.lab.backend import Backend
from tests.lab.bus import PrivateBus
from tests.lab.caller import Caller
from tests.lab.prosody import Prosody
from tests.lab.scratch import Scratch

ACCOUNTS = ("prim", "prof", "poez", "bare", "bob", "eve", "mallory")
PROFILE = "prim"
# Above its limit, 10,000 messages, Prosody rewrites the archive for each one.
_NO_LIMIT = "storage_archive_item_limit = 100*1000*1000\n"


class Stage:
    """A server that runs, and makers of all that talks to it."""

    def __init__(
        self, root: Path, server: Prosody, bus: PrivateBus, leaving: AsyncExitStack
    ) -> None:
        self.root = root
        self.server = server
        self.bus = bus
        self._leaving = leaving
        self._count = 0

    async def another(self) -> "Stage":
        """Return a stage with a bus of its own, for another daemon, at the same server."""
        self._count += 1
        root = self.root / f"stage{self._count}"
        bus = await _bus(root, self._leaving)
        return Stage(root, self.server, bus, self._leaving)

    def scratch(self) -> Scratch:
        """Return a home for another user."""
        self._count += 1
        return Scratch(self.root / f"user{self._count}")

    async def backend(self, *, profiles: Iterable[str] = (PROFILE,)) -> Backend:
        """Return a running daemon, the only one, whose profiles of the server are online."""
        backend = Backend(self.scratch(), self.bus.address)
        self._leaving.push_async_callback(backend.stop)
        await backend.start()
        for name in profiles:
            await self.add_profile(backend, name)
        return backend

    async def add_profile(self, backend: Backend, name: str) -> None:
        """Make a profile for the account of the same name, and return when it is online."""
        await backend.add_profile(
            *(name, self.server.jid(name), self.server.password(name)),
            port=self.server.port,
            ca_file=self.server.ca_file,
        )
        caller = await self.caller(name)
        await caller.wait_state("online")
        await caller.close()

    async def caller(self, profile: str = PROFILE) -> Caller:
        """Return a link to a profile; who asks for it closes it."""
        return await Caller.open(self.bus.address, profile)

    async def primitivus(self, backend: Backend) -> Recorder:
        """Return the terminal UI, just started in the newest chat; who asks for it closes it."""
        settings = backend.scratch.config / "primitivus.toml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        # What a measurement was sent before waits there, else that would show.
        settings.write_text('start = "newest"\n')
        return await run((sys.executable, "-m", "primitivus"), backend.env, backend.scratch)


async def run(command: tuple[str, ...], env: Mapping[str, str], scratch: Scratch) -> Recorder:
    """Start a program in a terminal."""
    env = {**env, "TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    return await Recorder.start(command, env=env, cwd=scratch.root, rows=ROWS, columns=COLUMNS)


@asynccontextmanager
async def stage(
    root: Path, *, accounts: Iterable[str] = ACCOUNTS, settings: str = ""
) -> AsyncIterator[Stage]:
    """Set up server and bus below `root`; end everything of it afterwards.

    `settings` is Lua to add to the configuration of the server.
    """
    async with AsyncExitStack() as leaving:
        # What is sent to somebody who is offline shall wait in the archive only.
        server = Prosody(
            root / "server",
            accounts=accounts,
            without=("offline",),
            settings=_NO_LIMIT + settings,
        )
        leaving.push_async_callback(asyncio.to_thread, server.stop)
        await asyncio.to_thread(server.start)
        yield Stage(root, server, await _bus(root, leaving), leaving)


async def _bus(root: Path, leaving: AsyncExitStack) -> PrivateBus:
    bus = PrivateBus(root / "bus")
    leaving.push_async_callback(asyncio.to_thread, bus.stop)
    await asyncio.to_thread(bus.start)
    return bus
