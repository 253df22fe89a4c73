"""Programs that are begun: whole, or ended, at whichever moment who waits for them is cancelled."""

import asyncio
import os
import select
from contextlib import suppress

import pytest

from backendd.api.processes import DEVNULL, PIPE, begin, running
from backendd.api.tasks import Tasks

# More turns of the loop than beginning takes, and what is written has come.
TURNS = range(24)
PIPES = {"stdin": PIPE, "stdout": PIPE, "stderr": PIPE}
NONE = {"stdin": DEVNULL, "stdout": DEVNULL, "stderr": DEVNULL}


async def turns(number):
    for _ in range(number):
        await asyncio.sleep(0)


def children():
    """Return the processes that this one has begun, and that are not ended and waited for."""
    with open(f"/proc/self/task/{os.getpid()}/children") as listed:
        return set(listed.read().split())


@pytest.fixture
def before():
    return children()


async def wait_for_ever(ways):
    """Begin a program that doesn't end by itself, and wait for it."""
    async with running("sleep", "1000", **ways) as program:
        await program.wait()


@pytest.mark.parametrize("ways", [PIPES, NONE], ids=["pipes", "none"])
@pytest.mark.parametrize("turn", TURNS)
async def test_whenever_who_waits_is_cancelled_it_ends_and_so_does_the_program(turn, ways, before):
    waiting = Tasks().start(wait_for_ever(ways), name="waiting")
    await turns(turn)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert children() == before


@pytest.mark.parametrize("turn", TURNS)
async def test_it_ends_also_when_it_is_cancelled_again_while_it_ends(turn):
    waiting = Tasks().start(wait_for_ever(PIPES), name="waiting")
    await turns(turn)
    for _ in TURNS:
        waiting.cancel()
        await turns(1)
    with suppress(asyncio.CancelledError):
        await waiting


@pytest.mark.parametrize("turn", TURNS)
def test_a_program_that_is_just_beginning_keeps_no_loop_from_its_end(turn, before):
    async def main():
        tasks = Tasks()
        tasks.start(wait_for_ever(PIPES), name="waiting")
        await turns(turn)

    # It cancels all that is left, and waits for it.
    asyncio.run(main())
    assert children() <= before


async def test_what_is_begun_goes_on_when_nobody_waits_any_more():
    program = begin("cat", **PIPES)
    waiting = Tasks().start(program.wait(), name="waiting")
    await turns(1)
    waiting.cancel()
    await program.stdin.write_all(b"still here")
    assert await program.stdout.read_all() == b"still here"
    assert await program.wait() == 0
    program.let_go()


async def test_what_is_left_to_itself_goes_on_and_is_forgotten_when_it_has_ended(before):
    program = begin("cat", **PIPES)
    descriptor = os.pidfd_open(program.pid)
    assert children() != before
    program.let_go()  # which ends what it reads
    await asyncio.to_thread(select.select, [descriptor], [], [])
    os.close(descriptor)
    async with running("true"):
        pass
    assert children() == before


async def test_what_is_written_and_read_is_whole_however_long_it_is():
    async with running("sh", "-c", "wc -c; exit 3", **PIPES) as program:
        await program.stdin.write_all(bytes(1_000_000))
        assert (await program.stdout.read_all()).strip() == b"1000000"
        assert await program.wait() == 3


async def test_what_a_program_does_not_want_to_read_is_let_go():
    async with running("true", **PIPES) as program:
        await program.stdin.write_all(bytes(1_000_000))
        assert await program.wait() == 0


async def test_a_program_that_is_not_there_is_an_error_of_the_system():
    with pytest.raises(FileNotFoundError):
        begin("nosuchprogram")


async def test_a_program_is_ended_with_its_children_where_they_are_a_session_of_its_own(before):
    script = "sleep 1000 & echo $!; wait"
    program = begin("sh", "-c", script, stdout=PIPE, start_new_session=True)
    child = os.pidfd_open(int(await program.stdout.read()))
    await program.end()
    assert children() == before
    await asyncio.to_thread(select.select, [child], [], [])
    os.close(child)
