"""Bodies as long as they may be, and made to be dear: laying one out, and keys beside them."""

import time

from backendd.api.records import Message
from backendd.core.messages import BODY_LIMIT
from bench.figures import median, percentile
from bench.groups.drawing import typed
from bench.options import Options
from bench.row import Row, under
from bench.sender import Sender
from bench.stage import PROFILE, stage
from primitivus.themes.symbols import UTF8
from primitivus.widgets.input import lay_out
from primitivus.widgets.messages import message as messages
from primitivus.widgets.messages.look import Look
from tests.lab.hostile import PIECES, body

LAYOUT_MS, KEY_MS = 50, 10
# What a server takes in one stanza by default is 256 KiB with all that belongs to it.
SENT = 200_000
_KEYS = "nobody who types has to wait because of what somebody else has written there"


async def measure(options: Options) -> list[Row]:
    """Return the rows of long bodies."""
    worst, kind = max((_laid_out(piece), kind) for kind, piece in PIECES.items())
    async with stage(options.root, accounts=("prim", "friend")) as here:
        sender = await Sender(here.server, "friend").connect()
        backend = await here.backend()
        for piece in ("*a ", "`a ", "\u65e5", "http://a/) "):
            sender.send(here.server.jid(PROFILE), body(piece, SENT // len(piece.encode())))
        sender.send(here.server.jid(PROFILE), "and that was all")
        async with await here.primitivus(backend) as terminal:
            await terminal.settle("5 unread")
            keys, _ = await typed(terminal, _KEYS[: options.keys])
        await sender.close()
    return [
        under(
            f"a body of {BODY_LIMIT >> 10} kB laid out, the dearest of {len(PIECES)} kinds",
            *(worst, LAYOUT_MS, "ms"),
            also=kind,
        ),
        under(
            "key to screen among such bodies, p95",
            *(percentile(keys, 95), KEY_MS, "ms"),
            also=f"p50 {median(keys):.1f}",
        ),
        under(
            f"a key behind {BODY_LIMIT >> 10} kB in the input laid out",
            *(_typed_behind(), KEY_MS, "ms"),
        ),
    ]


def _typed_behind() -> float:
    """Return the milliseconds that the input takes for one more character of a long text."""
    text = "".join(f"{number} words " for number in range(BODY_LIMIT // 12))
    took = []
    for end in range(len(text) - 10, len(text)):
        begun = time.perf_counter()
        lay_out(text[:end], end, 90, 8)
        took.append((time.perf_counter() - begun) * 1000)
    return median(took)


def _laid_out(piece: str) -> float:
    """Return the milliseconds that it takes to lay out a body of this."""
    look = Look(columns=90, symbols=UTF8, peer_name="friend")
    took = []
    for number in range(3):
        message = Message(id=number, direction="in", body=body(piece, BODY_LIMIT), time=1)
        begun = time.perf_counter()
        messages.lay_out(message, None, look)
        took.append((time.perf_counter() - begun) * 1000)
    return median(took)
