"""Programs that are run for what they write: bounded in time and size, gone when not awaited."""

import asyncio
import os
import select

import pytest

from backendd.api.tasks import Tasks
from primitivus.commands.asking.programs import output
from primitivus.commands.errors import CommandError


async def run(*words, most=1_000_000, patience_s=60.0):
    return await output(words, most=most, patience_s=patience_s)


async def is_gone(pid):
    """Return once this process has ended."""
    try:
        number = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        ended, _, _ = await asyncio.to_thread(select.select, [number], [], [], 30)
    finally:
        os.close(number)
    assert ended


async def test_what_a_program_writes_is_returned_byte_by_byte():
    assert await run("head", "-c", "300000", "/dev/zero") == bytes(300_000)


async def test_a_program_has_nothing_to_read_and_no_terminal():
    assert await run("sh", "-c", "cat; (: < /dev/tty) 2> /dev/null || echo none") == b"none\n"


async def test_what_a_program_complains_of_is_told_when_it_fails():
    with pytest.raises(CommandError, match=r'^"sh" ended with 3: no picture here$'):
        await run("sh", "-c", "printf 'no \033picture here\nmore' >&2; exit 3")


async def test_a_program_may_complain_at_length_and_still_succeed():
    noisy = "head -c 1000000 /dev/zero >&2; echo done"
    assert await run("sh", "-c", noisy) == b"done\n"


async def test_a_program_that_is_not_there_is_told():
    with pytest.raises(CommandError, match='no program "nosuchprogram" is here'):
        await run("nosuchprogram")


async def test_a_program_that_may_not_be_run_is_told(tmp_path):
    (tmp_path / "grab").touch()
    with pytest.raises(CommandError, match="can't be run: Permission denied"):
        await run(str(tmp_path / "grab"))


async def test_a_program_that_writes_too_much_is_ended_with_its_children(tmp_path):
    script = f"sleep 1000 & echo $! > {tmp_path}/pid; cat /dev/zero"
    with pytest.raises(CommandError, match=r"wrote more than 100 kB and was ended"):
        await run("sh", "-c", script, most=100_000)
    await is_gone(int((tmp_path / "pid").read_text()))


async def test_a_program_that_takes_too_long_is_ended_with_its_children(tmp_path):
    script = f"sleep 1000 & echo $! > {tmp_path}/pid; wait"
    with pytest.raises(CommandError, match=r"took longer than 2 s and was ended"):
        await run("sh", "-c", script, patience_s=2)
    await is_gone(int((tmp_path / "pid").read_text()))


async def test_a_program_nobody_waits_for_any_more_is_ended(tmp_path):
    os.mkfifo(tmp_path / "begun")
    script = f"echo $$ > {tmp_path}/begun; sleep 1000"
    running = Tasks().start(run("sh", "-c", script), name="a program")
    pid = int(await asyncio.to_thread((tmp_path / "begun").read_text))
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await is_gone(pid)
