"""What a peer may write to make drawing dear, and how dear it is, in steps instead of seconds."""

import gc
import sys
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import TraceFunction

# Each is repeated until it fills a body.
PIECES = {
    "signs that open": "*a ",
    "backticks": "`a ",
    "all signs": "*a _b ~c `d ",
    "spans": "*a* ",
    "signs": "*_~`",
    "quotations": "> ",
    "quoted lines": ">a\n",
    "fences": "```\n",
    "line ends": "\n",
    "one word": "x",
    "words": "hello world ",
    "wide letters": "日",
    "accents": "e\u0301",
    "a pile of marks": "\u0301",
    "joined letters": "\u1100",
    "letters that begin a cluster": "\u0600",
    "conjuncts": "\u0915\u094d",
    "joined emoji": "👩\u200d",
    "flags": "🇩🇪",
    "no width": "\u200b",
    "variations": "a\ufe0f",
    "tabs": "\t",
    "blanks": " ",
    "links": "http://a.b/c ",
    "spans and links": "*a http://a ",
    "one link": "http://",
    "brackets": "http://a/(b))) ",
}


def body(piece: str, length: int) -> str:
    """Return a body of this many characters."""
    return (piece * (length // len(piece) + 1))[:length]


def steps(call: Callable[[], object]) -> int:
    """Return how many lines of Python `call` runs: the same on any machine, however busy."""
    count = 0

    def trace(frame: FrameType, event: str, arg: object) -> "TraceFunction":
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    gc.disable()  # what else is in the process has its own lines run when garbage is collected
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
        gc.enable()
    return count
