"""Bytes to the terminal: for a message, for a key; and how quickly a key is on the screen."""

import asyncio
import time

from bench import rivals
from bench.figures import median, percentile
from bench.options import Options
from bench.row import Row, under
from bench.sender import Sender
from bench.stage import PROFILE, Stage, stage
from bench.terminal import ROWS, Recorder

FOLDED, BESIDE, KEY_BYTES, KEY_MS = 142, 350, 10, 5
NAMES = 10
MESSAGES = 10
_AT_ONCE = 6
_FOCUS_IN = "\x1b[I"
_KEYS = "the quick brown fox jumps over the lazy dog and runs away before anybody sees it"


async def measure(options: Options) -> list[Row]:
    """Return the rows of messages and keys."""
    theirs = 0.0
    async with stage(options.root, accounts=("prim", "prof", *_names())) as here:
        senders = [await Sender(here.server, name).connect() for name in _names()]
        backend = await here.backend()
        for sender in reversed(senders):  # the first one is at the top of the list
            sender.send(here.server.jid(PROFILE), "hello")
            await asyncio.sleep(0.2)
        async with await here.primitivus(backend) as terminal:
            await terminal.settle("hello")
            # The first sign of somebody has what shows count as read, which is drawn once.
            terminal.write(_FOCUS_IN)
            await terminal.settle()
            keys, written = await typed(terminal, _KEYS[: options.keys])
            beside_list = await _messages(terminal, senders[0], here, PROFILE)
            terminal.press("esc")
            await terminal.settle()
            terminal.submit(":conversations off")
            await terminal.settle()
            folded = await _messages(terminal, senders[0], here, PROFILE)
            terminal.submit(f":split {senders[1].jid}")
            await terminal.settle()
            await _fill(terminal, senders[1], here, PROFILE)
            stacked = await _messages(terminal, senders[0], here, PROFILE)
            terminal.submit(":vsplit")
            await terminal.settle()
            beside_other = await _messages(terminal, senders[0], here, PROFILE)
        if rivals.profanity_version():
            async with await rivals.profanity(here) as terminal:
                await terminal.settle(rivals.PROFANITY_ONLINE)
                terminal.submit(f"/msg {senders[0].jid}")
                await terminal.settle(r"unencrypted")
                theirs = await _messages(terminal, senders[0], here, "prof")
        for sender in senders:
            await sender.close()
    also = f"profanity: {theirs:.0f}" if theirs else ""
    return [
        under("a message in a full window, panes folded", folded, FOLDED, "bytes", also=also),
        under(
            f"a message in a full window, beside a list of {NAMES} names",
            *(beside_list, BESIDE, "bytes"),
        ),
        under("a message above another conversation", stacked, BESIDE, "bytes"),
        under("a message beside another conversation", beside_other, BESIDE, "bytes"),
        under("a typed key", written, KEY_BYTES, "bytes"),
        under(
            "key to screen, idle, p95",
            *(percentile(keys, 95), KEY_MS, "ms"),
            also=f"p50 {median(keys):.1f}",
        ),
    ]


def _names() -> list[str]:
    return [f"friend{number}" for number in range(NAMES)]


async def typed(terminal: Recorder, text: str) -> tuple[list[float], float]:
    """Return the milliseconds from each key to the screen, and the bytes of a key."""
    took = []
    before = terminal.received
    for number, key in enumerate(text, start=1):
        pressed = time.monotonic()
        terminal.write(key)
        await terminal.settle(quiet=0.1)
        assert text[:number].rstrip() in terminal.rows[-1], f"{key!r} is not shown"
        took.append((terminal.chunks[-1].time - pressed) * 1000)
    written = (terminal.received - before) / len(text)
    terminal.write("\x15")  # C-u takes it back
    await terminal.settle()
    return took, written


async def _fill(terminal: Recorder, sender: Sender, here: Stage, to: str) -> None:
    # So few at once that nobody has to scroll for what they have not seen.
    for number in range(ROWS + 2):
        sender.send(here.server.jid(to), f"to fill the window, number {number}")
        if number % _AT_ONCE == 0:
            await terminal.settle(rf"number {number}\b")
    await terminal.settle(f"number {ROWS + 1}", quiet=1.0)


async def _messages(terminal: Recorder, sender: Sender, here: Stage, to: str) -> float:
    """Return the bytes of a message of usual length in a window that is full."""
    await _fill(terminal, sender, here, to)
    written = []
    for number in range(MESSAGES):
        before = terminal.received
        sender.send(here.server.jid(to), f"and one more, which is number {number} of some")
        await terminal.settle(f"number {number} of some", quiet=0.5)
        written.append(terminal.received - before)
    return median(written)
