"""Programs of the user's choice that are run for what they write."""

import asyncio
import os
import shlex
import signal
from asyncio import StreamReader
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from backendd.api import sizes
from backendd.api.tasks import Tasks
from backendd.api.values import Value
from primitivus.commands.errors import CommandError
from primitivus.model.line import clean

# So much is kept of what a program complains of.
_COMPLAINT = 300
_PIECE = 64 * 1024
# One that was killed has ended after this, or has children that nothing here can reach.
_LEAVE_S = 1.0


def words_of(text: str, what: str) -> list[str]:
    """Return the words of a command that is set or typed, without a shell; CommandError."""
    try:
        return shlex.split(text)
    except ValueError as error:
        raise CommandError(f"{what} can't be read: {error}") from None


class Surroundings(Value):
    """What a program finds where it begins: what it may read, a descriptor, and its directory."""

    read: int = DEVNULL
    directory: str | None = None


NOTHING = Surroundings()


async def output(
    words: Sequence[str], *, most: int, patience_s: float, surroundings: Surroundings = NOTHING
) -> bytes:
    """Return what a program writes, up to `most` bytes; CommandError where it fails.

    It has no terminal, and by default nothing to read. One that takes longer, or writes more, is
    ended with all that it has begun.
    """
    name = words[0]
    try:
        async with (
            _running(words, surroundings) as (process, complaint),
            asyncio.timeout(patience_s),
        ):
            written = await _read(process.stdout, most + 1)
            if len(written) > most:
                raise CommandError(f'"{name}" wrote more than {sizes.shown(most)} and was ended')
            status, why = await process.wait(), await complaint
    except TimeoutError:
        raise CommandError(f'"{name}" took longer than {patience_s:g} s and was ended') from None
    if status:
        raise CommandError(f'"{name}" ended with {status}{": " if why else ""}{why}')
    return written


@asynccontextmanager
async def _running(
    words: Sequence[str], surroundings: Surroundings
) -> AsyncIterator[tuple[Process, asyncio.Task[str]]]:
    """Give a program and what it will have complained of; it is ended by an exception."""
    tasks = Tasks()
    process = await _begin(words, surroundings, tasks)
    complaint = tasks.start(_complaint(process.stderr), name=f"what {words[0]} complains of")
    try:
        yield process, complaint
    except BaseException:
        await tasks.stop()
        await _end(process)
        raise


async def _begin(words: Sequence[str], surroundings: Surroundings, tasks: Tasks) -> Process:
    """Return a program that runs; CommandError. Whoever is cancelled meanwhile leaves none."""
    beginning = tasks.start(_process(words, surroundings), name=f"begin {words[0]}")
    try:
        begun = await asyncio.shield(beginning)
    except asyncio.CancelledError:
        # Before it has begun nothing of it could be ended but itself, and not what it begins.
        begun = await beginning
        if isinstance(begun, Process):
            await _end(begun)
        raise
    if isinstance(begun, CommandError):
        raise begun
    return begun


async def _process(words: Sequence[str], surroundings: Surroundings) -> Process | CommandError:
    try:
        return await asyncio.create_subprocess_exec(
            *words,
            stdin=surroundings.read,
            stdout=PIPE,
            stderr=PIPE,
            cwd=surroundings.directory,
            start_new_session=True,
        )
    except FileNotFoundError:
        return CommandError(f'no program "{words[0]}" is here')
    except OSError as error:
        return CommandError(f'"{words[0]}" can\'t be run: {error.strerror}')


async def _end(process: Process) -> None:
    """Kill a program and its children, and let go of what it wrote."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    with suppress(TimeoutError):
        async with asyncio.timeout(_LEAVE_S):
            await process.communicate()


async def _complaint(stream: StreamReader | None) -> str:
    """Return the first line of what a program says went wrong; what follows is read as well."""
    said = await _read(stream, _COMPLAINT)
    while stream is not None and await stream.read(_PIECE):
        pass
    lines = clean(said.decode(errors="replace")).split("\n")
    return next((each.strip() for each in lines if each.strip()), "")


async def _read(stream: StreamReader | None, most: int) -> bytes:
    """Return what comes until its end, or the first `most` bytes."""
    data = bytearray()
    while stream is not None and len(data) < most:
        if not (piece := await stream.read(min(_PIECE, most - len(data)))):
            break
        data += piece
    return bytes(data)
