"""The least that aiohttp can do: bring a file to a web server, or fetch one from there.

A program: `python -m bench.carrier put|get URL PATH`. Writes how many seconds that took, from the
first request to the end of the file; what is fetched is on the disk then.
"""

import argparse
import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO

import aiohttp

_PIECE = 256 * 1024


async def carry(way: str, url: str, path: Path) -> float:
    """Return how many seconds it took."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(None)) as session:
        begun = time.monotonic()
        await (put if way == "put" else get)(session, url, path)
        return time.monotonic() - begun


async def put(session: aiohttp.ClientSession, url: str, path: Path) -> None:
    """Send a file."""
    with path.open("rb") as file:
        about = {"Content-Length": str(os.fstat(file.fileno()).st_size)}
        async with session.put(url, data=_pieces(file), headers=about) as answer:
            answer.raise_for_status()


async def get(session: aiohttp.ClientSession, url: str, path: Path) -> None:
    """Fetch a file."""
    async with session.get(url) as answer:
        answer.raise_for_status()
        with path.open("wb") as file:
            async for piece in answer.content.iter_chunked(_PIECE):
                await asyncio.to_thread(file.write, piece)
            file.flush()
            await asyncio.to_thread(os.fsync, file.fileno())


async def _pieces(file: BinaryIO) -> AsyncIterator[bytes]:
    while piece := await asyncio.to_thread(file.read, _PIECE):
        yield piece


def main() -> None:
    """Bring or fetch as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=("put", "get"))
    parser.add_argument("url")
    parser.add_argument("path", type=Path)
    given = parser.parse_args()
    print(asyncio.run(carry(given.way, given.url, given.path)), flush=True)


if __name__ == "__main__":
    main()
