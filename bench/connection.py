"""The least that asyncio can do: bring a file over a connection.

A program, run twice: `python -m bench.connection take PORT PATH` writes a line when it listens,
and then how many seconds it took from the first byte until the file is on the disk; `... give PORT
PATH` brings it.
"""

import argparse
import asyncio
import os
import time
from pathlib import Path

from tests.lab.server import HOST

_PIECE = 256 * 1024


async def give(port: int, path: Path) -> None:
    """Bring a file."""
    _, writer = await asyncio.open_connection(HOST, port)
    with path.open("rb") as file:
        while piece := await asyncio.to_thread(file.read, _PIECE):
            writer.write(piece)
            await writer.drain()
    writer.close()
    await writer.wait_closed()


async def take(port: int, path: Path) -> float:
    """Return how many seconds it took."""
    took: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        begun = time.monotonic()
        with path.open("wb") as file:
            while piece := await reader.read(_PIECE):
                await asyncio.to_thread(file.write, piece)
            file.flush()
            await asyncio.to_thread(os.fsync, file.fileno())
        writer.close()
        took.set_result(time.monotonic() - begun)

    async with await asyncio.start_server(on_connection, HOST, port, limit=_PIECE):
        print("listening", flush=True)
        return await took


def main() -> None:
    """Give or take as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=("give", "take"))
    parser.add_argument("port", type=int)
    parser.add_argument("path", type=Path)
    given = parser.parse_args()
    if given.way == "give":
        asyncio.run(give(given.port, given.path))
    else:
        print(asyncio.run(take(given.port, given.path)), flush=True)


if __name__ == "__main__":
    main()
