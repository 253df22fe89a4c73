"""What tests have started ends with them, however they end."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.lab.patience import PATIENCE_S

ROOT = Path(__file__).parents[2]
BUS = "from tests.lab.bus import PrivateBus as Started"
PROSODY = "from tests.lab.prosody import Prosody as Started"
# Started in a thread that ends at once, as tests do that may not block.
START = """
import sys, threading
from pathlib import Path
started = Started(Path(sys.argv[1]))
thread = threading.Thread(target=started.start)
thread.start()
thread.join()
print(started.pid, flush=True)
sys.stdin.read()
started.stop()
"""


async def start(what, directory):
    """Return a process that has started something, and the number of that."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", f"{what}\n{START}", str(directory)),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    return process, int(await process.stdout.readline())


async def until_ended(pid):
    """Return once a process is gone that is no child of ours."""
    descriptor, ended = os.pidfd_open(pid), asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(descriptor, ended.set)
    try:
        async with asyncio.timeout(PATIENCE_S):
            await ended.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)


@pytest.mark.parametrize("what", [BUS, PROSODY])
async def test_what_tests_have_started_ends_where_they_are_killed(tmp_path, what):
    process, pid = await start(what, tmp_path / "started")
    process.send_signal(signal.SIGKILL)
    await process.communicate()
    await until_ended(pid)


async def test_what_runs_as_long_as_its_test_is_ended_by_that(tmp_path):
    process, pid = await start(BUS, tmp_path / "started")
    os.kill(pid, 0)
    await process.communicate(b"")
    assert process.returncode == 0
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
