"""`jp` as it is run: with pipes, with nothing at its standard input, in a terminal."""

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple

from jp.arguments import Line
from jp.keys import keys_of
from tests.lab.terminal import Terminal

COMMAND = (sys.executable, "-m", "jp")


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    output: str
    errors: str

    @property
    def records(self) -> list[dict[str, object]]:
        """What it printed as JSON."""
        return [json.loads(line) for line in self.output.splitlines()]

    @property
    def record(self) -> dict[str, object]:
        """The one record that it printed as JSON."""
        (record,) = self.records
        return record


class CommandLine:
    """Runs `jp` for one user."""

    def __init__(self, env: Mapping[str, str], directory: Path) -> None:
        self.env = dict(env)
        self.directory = directory

    async def __call__(self, *words: str, given: str | bytes | None = "") -> Ended:
        """Return how it ended; what is `given` is at its standard input, which None closes."""
        process = await self.start(*words, stdin=None if given is None else asyncio.subprocess.PIPE)
        data = given.encode() if isinstance(given, str) else given
        output, errors = await process.communicate(data)
        assert process.returncode is not None
        said = Ended(process.returncode, output.decode(), errors.decode())
        assert "Traceback" not in said.errors, said.errors
        if said.code == 0 and "--json" in words and "--help" not in words:
            with chdir(self.directory):
                _check_keys(words, said)
        return said

    async def ok(self, *words: str, given: str | bytes | None = "") -> Ended:
        """Return how it ended, which has to be well."""
        ended = await self(*words, given=given)
        assert ended.code == 0, ended
        return ended

    async def start(
        self, *words: str, stdin: int | None = asyncio.subprocess.PIPE
    ) -> asyncio.subprocess.Process:
        """Return it as it runs, its output and errors in pipes; without `stdin` that is closed."""
        command: tuple[str, ...] = (*COMMAND, *words)
        if stdin is None:
            command = ("sh", "-c", 'exec "$@" <&-', "sh", *command)
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=stdin,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self.env,
            cwd=self.directory,
        )

    async def run_into(self, output: int, *words: str) -> tuple[int | None, bytes]:
        """Return the exit status and what was said as errors, with this as standard output."""
        process = await asyncio.create_subprocess_exec(
            *COMMAND,
            *words,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=asyncio.subprocess.PIPE,
            env=self.env,
            cwd=self.directory,
        )
        _, errors = await process.communicate()
        return process.returncode, errors

    async def start_in_shell(self, line: str, secret: str) -> asyncio.subprocess.Process:
        """Return it as a shell runs it with `line`; `secret` is in a file of that name."""
        (self.directory / "secret").write_text(f"{secret}\n")
        return await asyncio.create_subprocess_exec(
            *("sh", "-c", f'"$0" -m jp {line}', sys.executable),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self.env,
            cwd=self.directory,
        )

    async def in_terminal(self, *words: str, rows: int = 24, columns: int = 80) -> Terminal:
        """Return it in a terminal of its own."""
        return await Terminal.start(
            (*COMMAND, *words), env=self.env, cwd=self.directory, rows=rows, columns=columns
        )


def _check_keys(words: Sequence[str], said: Ended) -> None:
    """Fail where a command prints keys that its `@prints` does not name: --fields refuses them."""
    line = Line(words)
    assert line.command is not None
    known = keys_of(line.command, line.words)
    if known is None:
        return
    unknown = {key for each in said.records for key in each} - set(known)
    assert not unknown, f"`jp {line.command.words}` prints {unknown}: add them to its @prints"
