"""Attaching to a great history, opening a conversation of it, turning its pages."""

import asyncio
import math
import re
import time
from functools import partial
from itertools import pairwise

from bench import past, rivals
from bench.figures import median, percentile
from bench.groups.start import logged_in
from bench.options import Options
from bench.row import Row, beside, under
from bench.stage import Stage, stage
from bench.terminal import Recorder
from tests.lab.backend import Backend

CONVERSATIONS = 200
OPEN_MS, PAGE_MS, HELD_MS = 30, 20, 60
HELD_PAGES = 200
REPEAT_S = 1 / 30
"""How quickly a key repeats that is held."""

_NUMBER = re.compile(r"number (\d+) of what")


async def measure(options: Options) -> list[Row]:
    """Return the rows of attaching, opening and turning pages."""
    attached: list[float] = []
    opened: list[float] = []
    theirs: list[float] = []
    async with stage(options.root) as here:
        backend = await here.backend()
        await backend.stop()
        await asyncio.to_thread(_fill, here, backend, options.stored)
        await backend.start()
        caller = await here.caller()
        await caller.wait_state("online")
        await caller.close()
        for _ in range(options.rounds):
            to_screen, to_open = await _attach(here, backend)
            attached.append(to_screen)
            opened.append(to_open * 1000)
            if rivals.profanity_version():
                begun = time.monotonic()
                terminal = await rivals.profanity(here)
                theirs.append(await logged_in(terminal, rivals.PROFANITY_ONLINE) - begun)
        turned, held = await _turn_pages(here, backend, options.keys)
    size = f"{options.stored:,} messages"
    return [
        beside(
            f"`primitivus` to its first complete screen, {size}, {CONVERSATIONS} conversations",
            *(median(attached), "profanity", median(theirs) if theirs else None, 1.0, "s"),
        ),
        under(f"open a conversation of {size}", median(opened), OPEN_MS, "ms"),
        under("PageUp, p95", percentile(turned, 95), PAGE_MS, "ms", also=_median_of(turned)),
        under(
            f"PageUp held for {HELD_PAGES} pages, slowest page",
            *(max(held), HELD_MS, "ms"),
            also=f"{_median_of(held)}, {held.count(math.inf)} lost",
        ),
    ]


def _median_of(milliseconds: list[float]) -> str:
    return f"p50 {median(milliseconds):.1f}"


def _fill(here: Stage, backend: Backend, stored: int) -> None:
    peers = {f"peer{n}@{here.server.domain}": 10 for n in range(CONVERSATIONS)}
    # The great one is the second of the list: the first one opens by itself.
    peers[f"peer1@{here.server.domain}"] = stored - 10 * (CONVERSATIONS - 1)
    past.fill(backend.scratch.data / "backendd.db", peers=peers)


async def _attach(here: Stage, backend: Backend) -> tuple[float, float]:
    """Return how long the first screen took, and the great conversation."""
    begun = time.monotonic()
    async with await here.primitivus(backend) as terminal:
        await terminal.settle(r"peer0@")
        attached = terminal.completed() - begun
        pressed = await _open_great(terminal)
        return attached, terminal.completed(after=pressed) - pressed


async def _open_great(terminal: Recorder) -> float:
    """Open the conversation; return when the key for it was pressed."""
    terminal.press("esc")
    await terminal.settle()
    pressed = time.monotonic()
    terminal.press("M-2")
    await terminal.settle(r"number \d{5,} of")
    return pressed


async def _turn_pages(here: Stage, backend: Backend, keys: int) -> tuple[list[float], list[float]]:
    """Return the milliseconds of single pages, and of those of a key that is held."""
    async with await here.primitivus(backend) as terminal:
        await terminal.settle(r"peer0@")
        await _open_great(terminal)
        turned, tops = [], [_top(terminal.rows)]
        for _ in range(keys):
            pressed = time.monotonic()
            terminal.press("page up")
            await terminal.settle(quiet=0.1, shows=partial(_is_above, tops[-1]))
            tops.append(_top(terminal.rows))
            turned.append((terminal.chunks[-1].time - pressed) * 1000)
        assert tops == sorted(tops, reverse=True), f"PageUp didn't always move: {tops}"
        page = round(median([a - b for a, b in pairwise(tops)]))
        held = await _hold(terminal, page)
    return turned, held


async def _hold(terminal: Recorder, page: int) -> list[float]:
    """Return the milliseconds of each page; without end where a key found nothing above yet."""
    start = _top(terminal.rows)
    pressed = []
    begun = time.monotonic()
    for number in range(HELD_PAGES):
        await asyncio.sleep(begun + number * REPEAT_S - time.monotonic())
        pressed.append(time.monotonic())
        terminal.press("page up")
    await terminal.settle(quiet=0.5)
    tops = list(terminal.timeline(_top, after=pressed[0]))
    took = []
    for number, when in enumerate(pressed):
        # Day lines shorten a page a little; half a page is enough to know which one it is.
        wanted = start - (number + 0.5) * page
        shown = (seen.time for seen in tops if seen.time >= when and seen.value <= wanted)
        took.append((next(shown, math.inf) - when) * 1000)
    return took


def _top(rows: list[str]) -> int:
    """Return the number of the first message on the screen."""
    return next((int(found[1]) for row in rows if (found := _NUMBER.search(row))), 0)


def _is_above(number: float, rows: list[str]) -> bool:
    return _top(rows) < number
