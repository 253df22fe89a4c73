"""Waits until somebody owns a bus name who isn't the one given; prints the new owner's pid.

Run as the user: `python watch.py NAME FORMER_PID` (0 for nobody).
"""

import asyncio
import sys

from backendd.api.link import Link

_DRIVER = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
_PATIENCE_S = 50


async def _main(name: str, former: int) -> int:
    link = await Link.open()
    owners: asyncio.Queue[str] = asyncio.Queue()
    link.watch_name(name, owners.put_nowait)
    while True:
        owner = await owners.get()
        if not owner:
            continue
        (pid,) = await link.call(*_DRIVER, "GetConnectionUnixProcessID", "s", [owner])
        if pid != former:
            await link.close()
            return int(pid)


if __name__ == "__main__":
    work = asyncio.wait_for(_main(sys.argv[1], int(sys.argv[2])), _PATIENCE_S)
    sys.stdout.write(f"{asyncio.run(work)}\n")
