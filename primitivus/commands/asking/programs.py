"""Programs of the user's choice that are run for what they write."""

import asyncio
import shlex
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from backendd.api.processes import DEVNULL, PIPE, Pipe, Program, running
from backendd.api.tasks import Tasks
from backendd.api.values import Value
from primitivus.commands.errors import CommandError
from primitivus.model.editing.line import clean
from primitivus.model.wording.written import as_size
from primitivus.sentences import tr

# So much is kept of what a program complains of.
_COMPLAINT = 300


def words_of(text: str, what: str) -> list[str]:
    """Return the words of a command that is set or typed, without a shell; CommandError."""
    try:
        return shlex.split(text)
    except ValueError as error:
        raise CommandError(tr('"{what}" can\'t be read: {why}', what=what, why=error)) from None


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
            _running(words, surroundings) as (program, complaint),
            asyncio.timeout(patience_s),
        ):
            written = await _read(program.stdout, most + 1)
            if len(written) > most:
                raise CommandError(
                    tr(
                        '"{name}" wrote more than {size} and was ended',
                        name=name,
                        size=as_size(most),
                    )
                )
            status, why = await program.wait(), await complaint
    except TimeoutError:
        raise CommandError(
            tr(
                '"{name}" took longer than {seconds:g} s and was ended',
                name=name,
                seconds=patience_s,
            )
        ) from None
    except FileNotFoundError:
        raise CommandError(tr('no program "{name}" is here', name=name)) from None
    except OSError as error:
        raise CommandError(
            tr('"{name}" can\'t be run: {why}', name=name, why=error.strerror)
        ) from None
    if status:
        told = tr('"{name}" ended with {status}', name=name, status=status)
        raise CommandError(f"{told}: {why}" if why else told)
    return written


@asynccontextmanager
async def _running(
    words: Sequence[str], surroundings: Surroundings
) -> AsyncIterator[tuple[Program, asyncio.Task[str]]]:
    """Give a program and what it will have complained of; it is ended by an exception."""
    tasks = Tasks()
    ways = {"stdin": surroundings.read, "cwd": surroundings.directory, "start_new_session": True}
    async with running(*words, stdout=PIPE, stderr=PIPE, **ways) as program:
        complaint = tasks.start(_complaint(program.stderr), name=f"what {words[0]} complains of")
        try:
            yield program, complaint
        except BaseException:
            await tasks.stop()
            raise


async def _complaint(pipe: Pipe | None) -> str:
    """Return the first line of what a program says went wrong; what follows is read as well."""
    said = await _read(pipe, _COMPLAINT)
    while pipe is not None and await pipe.read():
        pass
    lines = clean(said.decode(errors="replace")).split("\n")
    return next((each.strip() for each in lines if each.strip()), "")


async def _read(pipe: Pipe | None, most: int) -> bytes:
    """Return what comes until its end, or the first `most` bytes."""
    data = bytearray()
    while pipe is not None and len(data) < most:
        if not (piece := await pipe.read(most - len(data))):
            break
        data += piece
    return bytes(data)
