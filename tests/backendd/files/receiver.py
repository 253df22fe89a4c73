"""Receives where another fills the disk meanwhile; prints what came of it."""

import asyncio
import json
import sys
from pathlib import Path

from backendd.api.errors import FileError
from backendd.files import parts
from backendd.files.directory_targets import DirectoryTarget
from backendd.files.targets import Bounds

SIZE = 3 << 20


async def main(place: str) -> dict[str, str]:
    key = parts.new_key()
    told = {}
    try:
        target = await DirectoryTarget.open(place, "a", key, Bounds(SIZE))
    except FileError as error:
        return {"refused": str(error)}
    await target.write(b"x" * (1 << 20))
    filler = Path(place, "filler")
    await asyncio.to_thread(filler.write_bytes, b"y" * (2 << 20))
    try:
        await target.write(b"x" * (SIZE - target.position))
        await target.finish()
    except FileError as error:
        told["while another filled it"] = str(error)
    await target.close()
    await asyncio.to_thread(filler.unlink)
    target = await DirectoryTarget.open(place, "a", key, Bounds(SIZE))
    await target.write(b"x" * (SIZE - target.position))
    told["in the end"] = (await target.finish()).hashes["sha-256"].hex()
    return told


print(json.dumps(asyncio.run(main(sys.argv[1]))))  # noqa: T201
