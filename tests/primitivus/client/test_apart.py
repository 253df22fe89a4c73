"""Work that may hang is left behind at the end."""

import asyncio
import subprocess
import sys

import pytest

from primitivus.client.apart import apart

HANG = """
import asyncio, os, threading
from primitivus.client.apart import apart

def hang(begun):
    begun.set()
    os.read(os.pipe()[0], 1)

async def main():
    begun = threading.Event()
    waiting = asyncio.ensure_future(apart(lambda: hang(begun)))
    await asyncio.to_thread(begun.wait)

asyncio.run(main())
print("left")
"""


async def test_what_comes_of_the_work_is_returned_or_raised():
    assert await apart(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        await apart(lambda: 1 // 0)


async def test_the_end_of_the_program_waits_for_no_work_that_hangs():
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", HANG], capture_output=True, text=True, check=True
    )
    assert done.stdout == "left\n"
