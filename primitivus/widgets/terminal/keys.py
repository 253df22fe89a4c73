"""Keys: what comes from the terminal as urwid's key names and whole pastes."""

import re
import time
from collections.abc import Callable
from typing import Any, Literal

from primitivus.widgets.terminal.answers import read_sequence, read_string
from primitivus.widgets.terminal.paste import BEGIN_PASTE, Pasting
from primitivus.widgets.terminal.sequences import SEQUENCE_S, Found, Strings, look
from primitivus.widgets.terminal.urwid_display import escape

# After Esc nothing more comes of a key: it was Esc itself.
KEY_S = 0.125

_ESC = b"\x1b"
# Urwid takes it for Enter, which sends a carriage return.
_C_J, _C_J_NAME = b"\n", "ctrl j"
# A key in the kitty protocol with the one in its place on a keyboard for Latin letters.
_ELSEWHERE = re.compile(rb"\x1b\[\d+:\d*:(\d+);(\d+)(.*u)", re.DOTALL)
_CONTROL_OR_META = 0b110
# What the terminal says of itself (DA1). That of kitty ends with a number that is missing.
_ATTRIBUTES = re.compile(rb"\x1b\[\?([\d;]*)c")
_PRINTABLE = range(0x20, 0x7F)
# Longer than any key; urwid copies all that is left for each key it takes.
_WINDOW = 96
_LONGEST = 1024
# Names that urwid gives to what is no key: sequences it doesn't know, bytes that are no UTF-8.
_NO_KEY = re.compile(r"<csi .*|<[1-9]\d*>|status ok|begin paste|end paste", re.DOTALL)

KeyboardProtocol = Literal["kitty", "modify other keys"] | None
# Names of keys, mouse events, and what urwid makes of the terminal's answers.
Event = Any


class EscApart(str):
    """A key with Meta whose Esc came in a read before the key's: perhaps typed, one by one."""

    __slots__ = ()


class Decoder:
    """Turns bytes into events; what the terminal says besides keys and pastes never is a key."""

    def __init__(
        self, *, esc_is_meta: bool = True, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.esc_is_meta = esc_is_meta
        self._now = now
        self._pasting = Pasting(now)
        self._strings = Strings(now)
        # When the sequence began that is unfinished.
        self._began: float | None = None
        self._is_waiting = False
        self._is_esc_held = False

    @property
    def is_pasting(self) -> bool:
        return self._pasting.is_open

    @property
    def wait_s(self) -> float | None:
        """Return when to decode again with `more` False, in seconds; None: it changes nothing."""
        if self._pasting.is_open:
            return self._pasting.wait_s
        if not self._is_waiting:
            return None
        if self._began is None:
            return KEY_S
        return max(0.0, self._began + SEQUENCE_S - self._now())

    def forget(self) -> None:
        """Drop what is unfinished."""
        self._pasting.forget()
        self._strings.end()
        self._began = None
        self._is_waiting = self._is_esc_held = False

    def decode(
        self, data: bytes, *, more: bool, protocol: KeyboardProtocol = None
    ) -> tuple[list[Event], bytes]:
        """Return the events of `data` and the bytes whose meaning depends on what follows.

        With `more` False nothing follows soon: what is unfinished counts as it stands. The bytes
        returned belong before the next ones.
        """
        if not more and self._pasting.is_open:
            events = self._pasting.look()
            return events, data if self._pasting.is_open else b""
        if self._strings.expire() and not more and data == _ESC:
            # Half the end of a string, and no key.
            data = b""
        events, rest = self._take(data, more=more, protocol=protocol)
        if self._is_esc_held and data[1:2] not in (b"[", b"O"):
            events[:1] = [
                EscApart(key) if str(key).startswith("meta ") else key for key in events[:1]
            ]
        self._is_esc_held = rest == _ESC
        self._note_waiting(rest, is_new=len(rest) < len(data))
        return events, rest

    def _take(
        self, data: bytes, *, more: bool, protocol: KeyboardProtocol
    ) -> tuple[list[Event], bytes]:
        events: list[Event] = []
        if more:
            self._pasting.resumes(data)
        while data:
            if self._pasting.is_open:
                ended, data = self._pasting.take(data)
                if ended is None:
                    break
                events.append(ended)
                continue
            before, begin, after = data.partition(BEGIN_PASTE)
            keys, data = self._take_keys(before, more=more and not begin, protocol=protocol)
            events += keys
            if not begin:
                break
            self._strings.end()
            self._pasting.begin()
            data = after
        return events, data

    def _note_waiting(self, rest: bytes, *, is_new: bool) -> None:
        """Keep since when `rest` is unfinished; `is_new`: something before it was taken."""
        self._is_waiting = bool(rest)
        is_sequence = bool(rest) and (self._strings.is_open or look(rest, 0)[0] is Found.UNFINISHED)
        if not is_sequence or is_new:
            self._began = None
        if is_sequence and self._began is None:
            self._began = self._now()

    def _take_keys(
        self, data: bytes, *, more: bool, protocol: KeyboardProtocol
    ) -> tuple[list[Event], bytes]:
        events: list[Event] = []
        position = 0
        while position < len(data):
            if self._strings.is_open:
                ended, position = self._strings.skip(data, position)
                if ended is not None and (answer := read_string(*ended)) is not None:
                    events.append(answer)
                if self._strings.is_open and position < len(data):
                    # Its end may have begun; if it hasn't, this was still part of it.
                    return events, data[position:] if more else b""
                continue
            if data[position] in _PRINTABLE:
                events.append(chr(data[position]))
                position += 1
                continue
            try:
                keys, length = self._take_one(data, position, more=more, protocol=protocol)
            except escape.MoreInputRequired:
                return events, data[position:]
            events += (key for key in keys if not _is_no_key(key))
            position += length
        return events, b""

    def _take_one(
        self, data: bytes, start: int, *, more: bool, protocol: KeyboardProtocol
    ) -> tuple[list[Event], int]:
        """Return the events of what begins at `start`, and how many bytes it takes."""
        if data.startswith(_C_J, start):
            return [_C_J_NAME], 1
        if data.startswith(_ESC, start):
            return self._take_sequence(data, start, more=more, protocol=protocol)
        return self._take_key(data, start, more=more, protocol=protocol)

    def _take_sequence(
        self, data: bytes, start: int, *, more: bool, protocol: KeyboardProtocol
    ) -> tuple[list[Event], int]:
        found, end = look(data, start)
        length = end - start
        match found:
            case Found.WHOLE:
                answer = read_sequence(data[start:end])
                named = [answer] if answer is not None else _named(data[start:end], protocol)
                return named, length
            case Found.MAYBE if more:
                raise escape.MoreInputRequired
            case Found.MAYBE | Found.KEY:
                return self._take_key(data, start, more=more, protocol=protocol)
            case Found.UNFINISHED if more and length < _LONGEST:
                raise escape.MoreInputRequired
            case Found.UNFINISHED if more:
                # No sequence is so long: whatever it is, it isn't keys.
                self._strings.begin()
            case Found.STRING:
                self._strings.begin(data[start + 1 : end])
        return [], length

    def _take_key(
        self, data: bytes, start: int, *, more: bool, protocol: KeyboardProtocol
    ) -> tuple[list[Event], int]:
        """Return the events of a key, with Meta or without, and how many bytes made them."""
        window = data[start : start + _WINDOW]
        is_last = start + len(window) == len(data)
        if window[:2] == b"\x1b\x1b":
            return self._take_doubled(data, start, more=more, protocol=protocol)
        if window[:2] == _ESC + _C_J and self.esc_is_meta:
            return [f"meta {_C_J_NAME}"], 2
        try:
            keys, rest = escape.process_keyqueue(list(window), more, keyboard_protocol=protocol)
        except escape.MoreInputRequired:
            if is_last:
                raise
            keys, rest = escape.process_keyqueue(list(window), False, keyboard_protocol=protocol)
        length = len(window) - len(rest)
        if self.esc_is_meta or window[0] != _ESC[0]:
            return list(keys), length
        return ["esc"], 1

    def _take_doubled(
        self, data: bytes, start: int, *, more: bool, protocol: KeyboardProtocol
    ) -> tuple[list[Event], int]:
        """Return Esc, or the key with Meta that an Esc before its sequence means."""
        found, end = look(data, start + 1)
        if not self.esc_is_meta:
            return ["esc"], 1
        if more and found in (Found.MAYBE, Found.UNFINISHED):
            raise escape.MoreInputRequired
        if found is not Found.WHOLE:
            return ["esc"], 1
        keys = _named(data[start + 1 : end], protocol)
        if len(keys) != 1 or not isinstance(keys[0], str) or "meta " in keys[0]:
            return ["esc"], 1
        return [f"meta {keys[0]}"], end - start


def _named(sequence: bytes, protocol: KeyboardProtocol) -> list[Event]:
    """Return what a whole sequence means; nothing, where it means nothing to us."""
    if len(sequence) > _WINDOW:
        return []
    if attributes := _ATTRIBUTES.fullmatch(sequence):
        return [("device attributes", tuple(map(int, filter(None, attributes[1].split(b";")))))]
    elsewhere = _ELSEWHERE.fullmatch(sequence)
    if elsewhere and int(elsewhere[2]) - 1 & _CONTROL_OR_META:
        # C-c is where it is on other layouts, as a terminal without this protocol sends it.
        sequence = b"\x1b[%b;%b%b" % elsewhere.groups()
    keys, rest = escape.process_keyqueue(list(sequence), False, keyboard_protocol=protocol)
    return [] if rest or len(keys) != 1 or _is_no_key(keys[0]) else list(keys)


def _is_no_key(event: Event) -> bool:
    return isinstance(event, str) and _NO_KEY.fullmatch(event) is not None
