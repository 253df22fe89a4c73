"""A test that fails with a database open ends, and the run with it."""

import subprocess
import sys
from pathlib import Path

_FAILS = """
from backendd.store.database import Database

async def test_that_fails(tmp_path):
    database = await Database.open(tmp_path / "left.db")
    assert not await database.read(lambda db: 1)
    await database.close()
"""


def test_a_run_ends_in_which_one_failed_that_left_a_database_open(tmp_path):
    path = tmp_path / "test_fails.py"
    path.write_text(_FAILS)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.lab.left_open"]
    options = [
        "-o",
        "asyncio_mode=auto",
        f"--rootdir={tmp_path}",
        f"--basetemp={tmp_path / 'base'}",
    ]
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        [*command, *options, str(path)], cwd=root, capture_output=True, text=True, check=False
    )
    assert "1 failed" in ended.stdout
    assert "closed what the test left open" in ended.stdout
