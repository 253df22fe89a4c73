"""Pictures among the messages: what they cost a key, and the bytes of scrolling past them."""

import time
from pathlib import Path

from PIL import Image

from backendd.api.names import FILES, MESSAGES
from bench import hosting as places
from bench.figures import median, percentile
from bench.groups.drawing import typed
from bench.hosting import hosting
from bench.options import Options
from bench.row import Row, under
from bench.stage import Stage, stage
from bench.terminal import Recorder
from tests.lab.backend import Backend
from tests.lab.server import DOMAIN, free_ports

KEY_MS, SCROLL_MS, SHOWN_MS = 10, 20, 2000
PICTURES, PAGES = 8, 5
# Of a camera.
SIZE = (4000, 3000)
_KEYS = "nobody who types has to wait because of the pictures that stand above what is typed"
# What a picture is drawn with that has no two pixels alike.
_BLOCK = "▀"


async def measure(options: Options) -> list[Row]:
    """Return the rows of pictures, which are drawn out of half blocks in all colours."""
    (port,) = free_ports(1)
    async with (
        stage(options.root, settings=places.settings(DOMAIN, port)) as here,
        hosting(here.server, port),
    ):
        backend = await here.backend()
        backend.env["COLORTERM"] = "truecolor"
        photo = options.root / "photo.jpg"
        _photo().save(photo, quality=90)
        await _send(here, photo)
        return await _among(here, backend, options.keys)


def _photo() -> Image.Image:
    """Return a picture with as much in it as one can be."""
    noise = (Image.effect_noise((SIZE[0] // 8, SIZE[1] // 8), 90) for _ in "RGB")
    return Image.merge("RGB", list(noise)).resize(SIZE)


async def _send(here: Stage, photo: Path) -> None:
    caller = await here.caller()
    to = here.server.jid("eve")
    for number in range(PICTURES):
        await caller.call(MESSAGES, "Send", "ss", to, f"before picture {number}")
        await caller.call(FILES, "Send", "ssa{sv}", to, str(photo), {})
    await caller.close()


async def _among(here: Stage, backend: Backend, keys: int) -> list[Row]:
    async with await here.primitivus(backend) as terminal:
        begun = time.monotonic()
        await terminal.settle(_BLOCK, quiet=2.0)
        shown = (terminal.first(_shows_picture) - begun) * 1000
        took, _ = await typed(terminal, _KEYS[:keys])
        terminal.press("esc")
        terminal.submit(":focus messages")
        for key in ("page up", "page down"):
            for _ in range(PAGES):
                terminal.press(key)
                await terminal.settle(quiet=1.0)  # each picture is read when it is seen first
        scrolled, written = await _scroll(terminal, "up", keys)
    told = f"{SIZE[0] * SIZE[1] // 10**6} megapixels"
    return [
        under(f"a picture of {told}, from the start to the screen", shown, SHOWN_MS, "ms"),
        under(
            "key to screen below pictures, p95",
            *(percentile(took, 95), KEY_MS, "ms"),
            also=f"p50 {median(took):.1f}",
        ),
        under(
            "a line scrolled among pictures, p95",
            *(percentile(scrolled, 95), SCROLL_MS, "ms"),
            also=f"p50 {median(scrolled):.1f}, {median(written):,.0f} bytes",
        ),
    ]


def _shows_picture(rows: list[str]) -> bool:
    return any(_BLOCK in row for row in rows)


async def _scroll(terminal: Recorder, key: str, lines: int) -> tuple[list[float], list[int]]:
    """Return the milliseconds of each line, and its bytes."""
    took, written = [], []
    for _ in range(lines):
        before, pressed = terminal.received, time.monotonic()
        terminal.press(key)
        await terminal.settle(quiet=0.15)
        if terminal.received > before:
            took.append((terminal.chunks[-1].time - pressed) * 1000)
            written.append(terminal.received - before)
    return took, written
