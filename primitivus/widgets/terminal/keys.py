"""Keys: what comes from the terminal as urwid's key names and whole pastes."""

import re
from typing import Any, Literal

from urwid.display.escape import MoreInputRequired, process_keyqueue

BEGIN_PASTE = b"\x1b[200~"
END_PASTE = b"\x1b[201~"
LONGEST_PASTE = 4 * 1024 * 1024

# Esc twice lets a person out whose terminal never said that the paste is over.
_END = re.compile(re.escape(END_PASTE) + b"|\x1b\x1b")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ESC = 0x1B
_INTRODUCERS = (ord("["), ord("O"))
_PRINTABLE = range(0x20, 0x7F)
# Longer than any key; urwid copies all that is left for each key it takes.
_WINDOW = 96

KeyboardProtocol = Literal["kitty", "modify other keys"] | None
# Names of keys, mouse events, and what urwid makes of the terminal's answers.
Event = Any


class Paste(str):
    """A bracketed paste, as a key named "paste".

    A string, so that urwid's main loop and widgets pass it on as they do any key they don't know.
    """

    __slots__ = ("is_cut", "text")

    text: str
    """What was pasted: lines end with a line feed; no control characters but that and tab."""

    is_cut: bool
    """Whether it was longer than `LONGEST_PASTE` bytes and the rest is missing."""

    def __new__(cls, text: str, *, is_cut: bool = False) -> "Paste":
        key = super().__new__(cls, "paste")
        key.text = text
        key.is_cut = is_cut
        return key


class Decoder:
    """Turns bytes into events; holds a paste until its end has come."""

    def __init__(self, *, esc_is_meta: bool = True) -> None:
        self.esc_is_meta = esc_is_meta
        self._pasted: bytearray | None = None

    @property
    def is_pasting(self) -> bool:
        """Tell whether a paste has begun; no time limit makes sense of what is left then."""
        return self._pasted is not None

    def forget(self) -> None:
        """Drop an unfinished paste."""
        self._pasted = None

    def decode(
        self, data: bytes, *, more: bool, protocol: KeyboardProtocol = None
    ) -> tuple[list[Event], bytes]:
        """Return the events of `data` and the bytes whose meaning depends on what follows.

        With `more` False nothing follows soon: what is unfinished counts as it stands. The bytes
        returned belong before the next ones.
        """
        events: list[Event] = []
        while data:
            if self._pasted is not None:
                ended, data = self._take_paste(data)
                if ended is None:
                    return events, data
                events.append(ended)
                continue
            before, begin, after = data.partition(BEGIN_PASTE)
            keys, rest = self._take_keys(before, more=more and not begin, protocol=protocol)
            events += keys
            if not begin:
                return events, rest
            self._pasted = bytearray()
            data = after
        return events, b""

    def _take_paste(self, data: bytes) -> tuple[Paste | None, bytes]:
        """Return the paste if it ended in `data`, and the bytes not taken."""
        assert self._pasted is not None
        end = _END.search(data)
        if end is None:
            kept = _unfinished_end(data)
            self._hold(data[: len(data) - kept])
            return None, data[len(data) - kept :]
        self._hold(data[: end.start()])
        paste = Paste(_cleaned(self._pasted), is_cut=len(self._pasted) >= LONGEST_PASTE)
        self._pasted = None
        return paste, data[end.end() :]

    def _hold(self, content: bytes) -> None:
        assert self._pasted is not None
        self._pasted += content[: LONGEST_PASTE - len(self._pasted)]

    def _take_keys(
        self, data: bytes, *, more: bool, protocol: KeyboardProtocol
    ) -> tuple[list[Event], bytes]:
        events: list[Event] = []
        position = 0
        while position < len(data):
            if data[position] in _PRINTABLE:
                events.append(chr(data[position]))
                position += 1
                continue
            window = data[position : position + _WINDOW]
            is_last = position + len(window) == len(data)
            try:
                keys, length = self._take_key(window, more=more or not is_last, protocol=protocol)
            except MoreInputRequired:
                if is_last:
                    return events, data[position:]
                keys, length = self._take_key(window, more=False, protocol=protocol)
            events += keys
            position += length
        return events, b""

    def _take_key(
        self, window: bytes, *, more: bool, protocol: KeyboardProtocol
    ) -> tuple[list[Event], int]:
        """Return the events at the start of `window` and how many bytes made them."""
        codes = list(window)
        keys, rest = process_keyqueue(codes, more, keyboard_protocol=protocol)
        length = len(codes) - len(rest)
        if self.esc_is_meta or codes[0] != _ESC:
            return list(keys), length
        is_sequence = length > 2 and codes[1] in _INTRODUCERS
        return (list(keys), length) if is_sequence else (["esc"], 1)


def _unfinished_end(data: bytes) -> int:
    """Return how many of the last bytes may be the start of the end of a paste."""
    lengths = range(len(END_PASTE) - 1, 0, -1)
    return next((length for length in lengths if data.endswith(END_PASTE[:length])), 0)


def _cleaned(pasted: bytearray) -> str:
    """Return the text without what could act on a terminal, its lines ended as ours are."""
    text = pasted.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text)
