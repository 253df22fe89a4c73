"""Bracketed pastes: text that is never read as keys."""

import re
from collections.abc import Callable

BEGIN_PASTE = b"\x1b[200~"
END_PASTE = b"\x1b[201~"
# The event that nothing of a paste has come for a while.
PASTE_WAITS = "paste waits"
LONGEST_PASTE = 4 * 1024 * 1024

# A paste that stands still for so long is told, and ends after so long.
TOLD_S, OVER_S = 1.0, 5.0
# Nobody types so much at once: behind a paste that stood still, it is the rest of it.
_NOT_TYPED = 32

# Esc twice lets a person out whose terminal never said that the paste is over.
_END = re.compile(re.escape(END_PASTE) + b"|\x1b\x1b")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Paste(str):
    """A bracketed paste, as a key named "paste".

    A string, so that urwid's main loop and widgets pass it on as they do any key they don't know.
    """

    __slots__ = ("is_cut", "is_open", "text")

    text: str
    """What was pasted: lines end with a line feed; no control characters but that and tab."""

    is_cut: bool
    """Whether it was longer than `LONGEST_PASTE` bytes and the rest is missing."""

    is_open: bool
    """Whether its end never came."""

    def __new__(cls, text: str, *, is_cut: bool = False, is_open: bool = False) -> "Paste":
        key = super().__new__(cls, "paste")
        key.text = text
        key.is_cut = is_cut
        key.is_open = is_open
        return key


class Pasting:
    """Holds a paste until its end has come, or nothing of it for too long."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._held: bytearray | None = None
        self._heard = 0.0
        self._is_told = False
        self._stood_still = False

    @property
    def is_open(self) -> bool:
        """Tell whether a paste has begun."""
        return self._held is not None

    @property
    def wait_s(self) -> float:
        """Return how long from now `look` is worth calling, for an open paste."""
        return max(0.0, self._heard + (OVER_S if self._is_told else TOLD_S) - self._now())

    def begin(self) -> None:
        self._held = bytearray()
        self._heard = self._now()
        self._is_told = self._stood_still = False

    def forget(self) -> None:
        """Drop an unfinished paste."""
        self._held = None
        self._stood_still = False

    def resumes(self, data: bytes) -> bool:
        """Take up a paste again that stood still, if `data` is the rest of it and no keys."""
        if not self._stood_still:
            return False
        self._stood_still = False
        before, _, _ = data.partition(BEGIN_PASTE)
        if END_PASTE not in before and len(before) < _NOT_TYPED:
            return False
        self.begin()
        return True

    def take(self, data: bytes) -> tuple[Paste | None, bytes]:
        """Return the paste if it ended in `data`, and the bytes not taken."""
        self._heard = self._now()
        end = _END.search(data)
        if end is None:
            kept = _unfinished_end(data)
            self._hold(data[: len(data) - kept])
            return None, data[len(data) - kept :]
        self._hold(data[: end.start()])
        return self._finish(), data[end.end() :]

    def look(self) -> list[str]:
        """Return what there is to tell of an open paste by now: that it waits, or the paste."""
        quiet = self._now() - self._heard
        if quiet >= OVER_S:
            self._stood_still = True
            return [self._finish(is_open=True)]
        if quiet >= TOLD_S and not self._is_told:
            self._is_told = True
            return [PASTE_WAITS]
        return []

    def _hold(self, content: bytes) -> None:
        assert self._held is not None
        self._held += content[: LONGEST_PASTE - len(self._held)]

    def _finish(self, *, is_open: bool = False) -> Paste:
        assert self._held is not None
        is_cut = len(self._held) >= LONGEST_PASTE
        paste = Paste(_cleaned(self._held), is_cut=is_cut, is_open=is_open)
        self._held = None
        return paste


def _unfinished_end(data: bytes) -> int:
    """Return how many of the last bytes may be the start of the end of a paste."""
    lengths = range(len(END_PASTE) - 1, 0, -1)
    return next((length for length in lengths if data.endswith(END_PASTE[:length])), 0)


def _cleaned(pasted: bytearray) -> str:
    """Return the text without what could act on a terminal, its lines ended as ours are."""
    text = pasted.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text)
