"""What a command of `jp` costs: its start, a message sent, a long conversation printed as JSON.

Programs are started in turns. The bars are those of others: of `busctl`, which is C and starts no
interpreter, and of Libervia's command, which takes 0.68 s for a message where poezio takes 0.323
to be logged in.
"""

import asyncio
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from backendd.api import names
from bench import rivals
from bench.figures import median
from bench.groups.start import logged_in
from bench.options import Options
from bench.past import fill
from bench.row import Row, amount, beside, under
from bench.stage import PROFILE, Stage, stage
from tests.lab.backend import Backend

LISTED, LIST_S = 10_000, 1.0
_TIMES_BUSCTL = 2
# 0.3 of Libervia's 0.68 s, on a machine where poezio took 0.323 s.
_OF_POEZIO = round(0.3 * 0.68 / 0.323, 2)
_SCRIPT = str(Path(sys.executable).parent / "jp")


async def measure(options: Options) -> list[Row]:
    """Return the rows of the command line."""
    async with stage(options.root) as here:
        backend = await here.backend()
        await backend.stop()
        long = here.server.jid("bob")
        fill(backend.database, peers={long: LISTED})
        await backend.start()
        peer = here.server.jid("eve")
        took = await _in_turns(backend, _commands(peer), 5 * options.rounds)
        listed = [
            await _run(
                (_SCRIPT, "message", "list", long, "--limit", str(LISTED), "--json"), backend
            )
            for _ in range(options.rounds)
        ]
        theirs = await _poezio(here, options.rounds)
        await backend.stop()
    return _rows(took, listed, theirs)


def _commands(peer: str) -> Mapping[str, Sequence[str]]:
    path = names.profile_path(PROFILE)
    return {
        "python": (sys.executable, "-c", "pass"),
        "help": (_SCRIPT, "--version"),
        "busctl": (
            *("busctl", "--user", "call", names.BUS_NAME, path, names.MESSAGES),
            *("Send", "ss", peer, "hello"),
        ),
        "send": (_SCRIPT, "message", "send", peer, "hello"),
    }


def _rows(
    took: Mapping[str, Sequence[float]], listed: Sequence[float], theirs: float | None
) -> list[Row]:
    send, busctl, python = (1000 * median(took[key]) for key in ("send", "busctl", "python"))
    bar = _TIMES_BUSCTL * busctl + python
    return [
        Row("`jp --version`", "", f"{amount(1000 * median(took['help']))} ms"),
        Row(
            "`jp message send` to its id",
            "under twice busctl's call and Python's start",
            f"{amount(send)} ms",
            f"{_TIMES_BUSCTL} * {amount(busctl)} + {amount(python)} ms",
            f"{send / bar:.2f}",
            send < bar,
        ),
        beside(
            "`jp message send` to its id", send / 1000, "poezio's start", theirs, _OF_POEZIO, "s"
        ),
        under(f"`jp message list --json` of {LISTED:,} messages", median(listed), LIST_S, "s"),
    ]


async def _in_turns(
    backend: Backend, commands: Mapping[str, Sequence[str]], rounds: int
) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {key: [] for key in commands}
    for _ in range(rounds):
        for key, words in commands.items():
            took[key].append(await _run(words, backend))
    return took


async def _run(words: Sequence[str], backend: Backend) -> float:
    """Return how long a command takes, in seconds; it has to succeed."""

    def run() -> float:
        # Without a thread or a loop in between: they would be part of it.
        nothing = os.open(os.devnull, os.O_WRONLY)
        begun = time.perf_counter()
        pid = os.posix_spawnp(
            words[0], [*words], backend.env, file_actions=[(os.POSIX_SPAWN_DUP2, nothing, 1)]
        )
        _, status = os.waitpid(pid, 0)
        took = time.perf_counter() - begun
        os.close(nothing)
        if status:
            raise RuntimeError(f"{' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}")
        return took

    return await asyncio.to_thread(run)


async def _poezio(here: Stage, rounds: int) -> float | None:
    """Return how long poezio takes to be logged in, in seconds; None where it isn't installed."""
    if not rivals.poezio_version():
        return None
    took = []
    for _ in range(rounds):
        begun = time.monotonic()
        terminal = await rivals.poezio(here)
        took.append(await logged_in(terminal, rivals.POEZIO_ONLINE) - begun)
    return median(took)
