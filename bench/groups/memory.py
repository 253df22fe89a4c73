"""Memory of the daemon and the terminal UI, before and after many messages; many profiles."""

import asyncio

from bench import flooding
from bench.options import Options
from bench.processes import cpu_s, pss_mb
from bench.row import Row, under
from bench.sender import Sender
from bench.stage import ACCOUNTS, PROFILE, stage

DAEMON_MB, DAEMON_AFTER_MB, TUI_MB, TUI_AFTER_MB = 50, 60, 35, 45
MANY_MB, MANY_PERCENT = 120, 1
_AFTER = 20_000
_MANY = 50


async def measure(options: Options) -> list[Row]:
    """Return the rows of memory."""
    return [*(await _one(options)), *(await _many(options))]


async def _one(options: Options) -> list[Row]:
    after = _AFTER // 10 if options.is_quick else _AFTER
    async with stage(options.root / "one") as here:
        bob = await Sender(here.server, "bob").connect()
        backend = await here.backend()
        await asyncio.sleep(1.0)
        daemon = pss_mb(backend.pid)
        bob.send(here.server.jid(PROFILE), "hello")
        async with await here.primitivus(backend) as terminal:
            await terminal.settle("hello", quiet=1.0)
            tui = pss_mb(terminal.pid)
            bob.flood(here.server.jid(PROFILE), after, last="the last of all")
            terminal.press("esc")
            await flooding.follow(terminal, "the last of all", quiet=2.0)
            daemon_after, tui_after = pss_mb(backend.pid), pss_mb(terminal.pid)
        await bob.close()
    later = f"after {after:,} messages"
    return [
        under("memory of the daemon, one profile online", daemon, DAEMON_MB, "MB"),
        under(f"memory of the daemon, {later}", daemon_after, DAEMON_AFTER_MB, "MB"),
        under("memory of the TUI", tui, TUI_MB, "MB"),
        under(f"memory of the TUI, {later}", tui_after, TUI_AFTER_MB, "MB"),
    ]


async def _many(options: Options) -> list[Row]:
    names = [f"profile{number}" for number in range(_MANY)]
    seconds = 10 if options.is_quick else 60
    async with stage(options.root / "many", accounts=(*ACCOUNTS, *names)) as here:
        backend = await here.backend(profiles=names)
        await asyncio.sleep(2.0)
        memory, used = pss_mb(backend.pid), cpu_s(backend.pid)
        await asyncio.sleep(seconds)
        percent = 100 * (cpu_s(backend.pid) - used) / seconds
    return [
        under(f"memory of the daemon, {_MANY} profiles online", memory, MANY_MB, "MB"),
        under(f"CPU of the daemon, {_MANY} profiles idle", percent, MANY_PERCENT, "% of a core"),
    ]
