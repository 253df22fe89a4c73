"""Where the sequences of a terminal end (ECMA-48), whether we know them or not."""

import re
from collections.abc import Callable
from enum import Enum

from primitivus.widgets.terminal.answers import LONGEST

# What is begun ends by itself after so long: its end may have been lost, and keys wait behind it.
SEQUENCE_S = 2.0

_ESC = b"\x1b"
_STRINGS = (b"]", b"P", b"X", b"^", b"_")  # OSC, DCS, SOS, PM, APC
_INTRODUCERS = (*_STRINGS, b"[", b"O")
# They end by ST or BEL, by CAN and SUB, or by an Esc that begins something else.
_WHOLE_END = (b"\x07", b"\x1b\\")
_STRING_END = re.compile(rb"[\x07\x18\x1a]|\x1b\\|(?=\x1b[^\\])")
_BODIES = {
    # X10 mouse, the Linux console's F1 to F5, rxvt's shifted keys, and everything else.
    b"[": re.compile(rb"\x1b\[(?:M.{0,3}|\[.?|[235678]\$|[0-?]*[ -/]*[@-~]?)", re.DOTALL),
    b"O": re.compile(rb"\x1bO[0-9;]*[@-~]?"),
}
_WHOLE = {
    b"[": re.compile(rb"\x1b\[(?:M.{3}|\[.|[235678]\$|(?!M|\[)[0-?]*[ -/]*[@-~])", re.DOTALL),
    b"O": re.compile(rb"\x1bO[0-9;]*[@-~]"),
}


class Found(Enum):
    """What begins with an Esc."""

    KEY = "the Esc key, or a key with Meta"
    MAYBE = "that, or the beginning of anything"
    UNFINISHED = "a sequence whose end is missing"
    WHOLE = "a sequence"
    BROKEN = "a sequence that something else ended"
    STRING = "a control string"


def look(data: bytes, start: int) -> tuple[Found, int]:
    """Return what begins with the Esc at `start`, and the index behind all there is of it."""
    behind = start + 2
    introducer = data[start + 1 : behind]
    if not introducer or (introducer in _INTRODUCERS and behind == len(data)):
        return Found.MAYBE, len(data)
    if introducer in _STRINGS:
        return Found.STRING, behind
    body = _BODIES.get(introducer)
    if body is None:
        return Found.KEY, behind
    match = body.match(data, start)
    assert match is not None
    end = match.end()
    if _WHOLE[introducer].fullmatch(match.group()):
        return Found.WHOLE, end
    if end == len(data):
        return Found.UNFINISHED, end
    return (Found.BROKEN, end) if end > behind else (Found.KEY, behind)


class Strings:
    """Swallows a control string to its end, or for `SEQUENCE_S` where that doesn't come."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._since: float | None = None
        self._introducer = b""
        self._text = b""

    @property
    def is_open(self) -> bool:
        return self._since is not None

    def begin(self, introducer: bytes = b"") -> None:
        self._since = self._now()
        self._introducer = introducer
        self._text = b""

    def end(self) -> None:
        self._since = None

    def expire(self) -> bool:
        """End the string if its time is over; return whether one was open."""
        was_open = self._since is not None
        if self._since is not None and self._now() - self._since >= SEQUENCE_S:
            self._since = None
        return was_open

    def skip(self, data: bytes, start: int) -> tuple[tuple[bytes, bytes] | None, int]:
        """Return the string that ended, if one did, by its introducer, and the index behind it.

        What follows a string that goes on is the Esc that may begin its end, or nothing.
        """
        end = _STRING_END.search(data, start)
        if end is None:
            behind = len(data) - data.endswith(_ESC, start)
            self._text = (self._text + data[start:behind])[: LONGEST + 1]
            return None, behind
        self.end()
        text = self._text + data[start : end.start()]
        is_whole = end.group() in _WHOLE_END and len(text) <= LONGEST
        return ((self._introducer, text) if is_whole else None), end.end()
