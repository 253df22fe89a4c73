"""A timeline of many entries: opened, turned over, searched; and posts as long as they may be."""

import asyncio
import re
import time
from functools import partial
from itertools import islice

from backendd.api import names
from bench import markup, texts, written
from bench.figures import median, percentile
from bench.options import Options
from bench.processes import cpu_s
from bench.row import Row, under
from bench.stage import Stage, stage
from bench.terminal import ROWS, Recorder
from primitivus.model.xhtml.reading import read
from primitivus.themes.symbols import UTF8
from primitivus.widgets.blogs.xhtml.rows import lay_out
from tests.lab.backend import Backend
from tests.lab.caller import Caller

ENTRIES = 10_000
OPEN_MS, PAGE_MS, SEARCH_MS, LAYOUT_MS = 30, 20, 20, 50

_QUERIES = {
    "a common word": "the",
    "a rare word": texts.word(25_000),
    "a phrase": '"of the"',
    "a beginning of one letter": "t*",
    "two Han characters": "一丁",
}
_TIMES = 20
_REST_S = 0.5
_NUMBER = re.compile(r"number (\d+) of what was written")


async def measure(options: Options) -> list[Row]:
    """Return the rows of blogs."""
    async with stage(options.root) as here:
        backend = await here.backend()
        await backend.stop()
        fill = partial(written.fill, backend.database, here.server.domain, count=ENTRIES)
        await asyncio.to_thread(fill)
        await backend.start()
        caller = await here.caller()
        await caller.wait_state("online")
        await _at_rest(backend.pid)
        took = {what: await _search(caller, query) for what, query in _QUERIES.items()}
        await caller.close()
        opened, turned = await _read(here, backend, options)
    worst, kind = max((_laid_out(post), kind) for kind, post in markup.posts().items())
    size = f"{ENTRIES:,} entries of blogs"
    return [
        under(f"open {size}", median(opened), OPEN_MS, "ms"),
        under("PageDown in them, p95", percentile(turned, 95), PAGE_MS, "ms", also=_p50(turned)),
        *(
            under(
                f"search {size} for {what}, first 50, p95",
                *(percentile(each, 95), SEARCH_MS, "ms"),
                also=_p50(each),
            )
            for what, each in took.items()
        ),
        under(
            f"a post of {markup.LONGEST // 1000} kB laid out, the dearest of "
            f"{len(markup.posts())} kinds",
            *(worst, LAYOUT_MS, "ms"),
            also=kind,
        ),
    ]


def _p50(milliseconds: list[float]) -> str:
    return f"p50 {median(milliseconds):.1f}"


async def _at_rest(pid: int) -> None:
    """Return once a daemon is done with what it reads of blogs as it connects."""
    used, before = cpu_s(pid), -1.0
    while used > before:
        await asyncio.sleep(_REST_S)
        used, before = cpu_s(pid), used


async def _search(caller: Caller, query: str) -> list[float]:
    """Return the milliseconds that each of some searches took, asked as by the TUI."""
    took = []
    for _ in range(_TIMES):
        begun = time.monotonic()
        await caller.call(names.BLOG, "Search", "sa{sv}", query, {"markup": False})
        took.append((time.monotonic() - begun) * 1000)
    return took


async def _read(here: Stage, backend: Backend, options: Options) -> tuple[list[float], list[float]]:
    """Return the milliseconds of opening the timeline, and of each page of it."""
    opened, turned = [], []
    async with await here.primitivus(backend) as terminal:
        await terminal.settle()
        terminal.press("esc")
        terminal.press("M-B")
        await terminal.settle(_NUMBER.pattern)
        for _ in range(options.rounds):
            terminal.press("u")  # only what is unread, which is nothing
            await terminal.settle(shows=lambda rows: not _numbers(rows))
            pressed = time.monotonic()
            terminal.press("u")
            await terminal.settle(_NUMBER.pattern)
            opened.append((terminal.completed(after=pressed) - pressed) * 1000)
        for _ in range(options.keys):
            turned.append(await _turn(terminal))
    return opened, turned


async def _turn(terminal: Recorder) -> float:
    """Return the milliseconds that the next page took."""
    last = _marked(terminal.rows)
    pressed = time.monotonic()
    terminal.press("page down")
    await terminal.settle(quiet=0.1, shows=lambda rows: _marked(rows) < last)
    return (terminal.chunks[-1].time - pressed) * 1000


def _numbers(rows: list[str]) -> list[int]:
    return [int(found[1]) for row in rows if (found := _NUMBER.search(row))]


def _marked(rows: list[str]) -> int:
    """Return the number of the entry that is marked, which stands once more below the list."""
    return _numbers(rows)[-1]


def _laid_out(xhtml: str) -> float:
    """Return the milliseconds until the first screen of a post is laid out."""
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        document = read(xhtml)
        assert document is not None
        rows = list(islice(lay_out(document, 100, UTF8), ROWS))
        took.append((time.perf_counter() - begun) * 1000)
        assert rows
    return median(took)
