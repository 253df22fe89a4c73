"""Matching typed keys with the bindings of a keymap, one key at a time."""

from collections.abc import Iterator

from backendd.api.values import Value
from primitivus.keymaps.contexts import RESTING, is_typing, tables_for
from primitivus.keymaps.keymap import Binding, Keymap
from primitivus.keymaps.keys import (
    ANY,
    NEWLINE,
    is_printable,
    key_notation,
    known_as,
    notation,
    plain,
    split_meta,
)
from primitivus.keymaps.resting import Table, in_force
from primitivus.model.panes.pane import Focus
from primitivus.model.view import Mode

MAX_COUNT = 9999
# The tables whose keys are for the messages where the focus is on an input that rests.
_REACHED = ("normal.messages", "normal")
_META, _DIGITS = "meta ", tuple("0123456789")


class Match(Value):
    """A whole sequence was typed: run `line`; `count` was typed before it, or None.

    `reaches`: it is for the messages, though the focus is on the input.
    """

    line: str
    count: int | None = None
    reaches: bool = False


class Hint(Value):
    """What may follow: a key, and the command line it runs, or `...` where more keys follow."""

    key: str
    line: str

    @property
    def said(self) -> str:
        """Return the line for who reads it; one that is to be completed as it is typed then."""
        typed = self.line.removeprefix("prompt ")
        return f":{typed.strip()}" if typed != self.line else typed


class Pending(Value):
    """More keys have to follow: `typed` so far, and what may follow (for a which-key hint)."""

    typed: str
    hints: tuple[Hint, ...]


class Matcher:
    """Collects the keys of a sequence.

    The caller resets it when its timeout runs out or the mode or focus changes.
    """

    def __init__(self, keymap: Keymap) -> None:
        self._keymap = keymap
        self._tables = {name: keymap.table(name) for name in {b.context for b in keymap.bindings}}
        self._resting: dict[Mode, list[Table]] = {}
        self._typed: tuple[str, ...] = ()
        self._digits = ""
        self._inner = ""  # of a count between the keys

    @property
    def is_pending(self) -> bool:
        """Return whether keys or digits wait for what follows."""
        return bool(self._typed or self._digits)

    @property
    def count_to_type(self) -> int | None:
        """Return how often a character is typed that follows now, where that was said."""
        is_said = self._keymap.digit_arguments and self._digits and not self._typed
        return self._count() if is_said else None

    def feed(self, key: str, mode: Mode, focus: Focus) -> Match | Pending | None:
        """Return what `key` (urwid's name) completes or begins; None: nothing is bound to it.

        A key that doesn't continue a begun sequence ends it and is lost, as is the count; where
        nothing was begun, an unbound printable key is for the caller to type where typing goes.
        """
        if self._is_digit(key, mode, focus):
            return self._add_digit(key, mode, focus)
        self._typed += (key,)
        found = self._find(mode, focus)
        if found is not None:
            count = self._count()
            self.reset()
            reaches = focus == RESTING and found.context in _REACHED
            return Match(found.line_with(key), count, reaches)
        hints = tuple(self._hints(mode, focus))
        if not hints:
            self.reset()
            return None
        return Pending(self._written(), hints)

    def reset(self) -> None:
        """Forget the keys and the count typed so far."""
        self._typed = ()
        self._digits = self._inner = ""

    def _add_digit(self, key: str, mode: Mode, focus: Focus) -> Pending:
        if not self._typed:
            self._digits = _bounded(self._digits + key.removeprefix(_META))
            return Pending(self._digits, ())
        self._inner = _bounded(self._inner + key)
        return Pending(self._written(), tuple(self._hints(mode, focus)))

    def _count(self) -> int | None:
        """Return the count before the keys times the one between them."""
        if not self._digits and not self._inner:
            return None
        return min(int(self._digits or "1") * int(self._inner or "1"), MAX_COUNT)

    def _written(self) -> str:
        parts = (self._digits, notation(self._typed), self._inner)
        return " ".join(part for part in parts if part)

    def split(self, key: str, mode: Mode, focus: Focus) -> tuple[str, ...]:
        """Return the keys to feed for one that came in, by the names that keymaps know.

        A Meta key is Esc and a key where Esc leaves: in modal maps, but for normal mode. One that
        a terminal tells apart from others is as the others where nothing is bound to it.
        """
        key = known_as(key)
        other = plain(key)
        if other != key and not self._typed and not self.knows(key, mode, focus):
            key = other
        if not self._keymap.modal or not is_typing(mode, focus):
            return (key,)
        return (key,) if key == NEWLINE and self.knows(key, mode, focus) else split_meta(key)

    def knows(self, key: str, mode: Mode, focus: Focus) -> bool:
        """Return whether something is bound there that `key` is or begins."""
        return any(
            sequence[0] == key for table in self._in_force(mode, focus) for sequence in table
        )

    def _is_digit(self, key: str, mode: Mode, focus: Focus) -> bool:
        if self._keymap.digit_arguments and not self._typed:
            return self._is_argument(key, mode, focus)
        if not self._keymap.counts or is_typing(mode, focus):
            return False
        if key not in _DIGITS:
            return False
        if self._goes_on(ANY, mode, focus):
            return False
        # 0 begins no count, and a digit that is bound is what it is bound to.
        begun = self._inner if self._typed else self._digits
        return bool(begun) or (key != "0" and not self._goes_on(key, mode, focus))

    def _is_argument(self, key: str, mode: Mode, focus: Focus) -> bool:
        """Return whether a key is a digit of an argument, as readline has them; 0 begins none."""
        digit = key.removeprefix(_META)
        if digit not in _DIGITS or self._goes_on(key, mode, focus):
            return False
        return bool(self._digits) or (key != digit and digit != "0")

    def _goes_on(self, key: str, mode: Mode, focus: Focus) -> bool:
        """Return whether a sequence goes on with `key`."""
        typed = (*self._typed, key)
        return any(
            sequence[: len(typed)] == typed
            for table in self._in_force(mode, focus)
            for sequence in table
        )

    def bindings(self, mode: Mode, focus: Focus) -> Iterator[Binding]:
        """Yield what keys run there, table by table, but for what a nearer table hides."""
        nearer: set[tuple[str, ...]] = set()
        for table in self._in_force(mode, focus):
            yield from (each for keys, each in table.items() if not _is_hidden(keys, nearer))
            nearer.update(table)

    def _in_force(self, mode: Mode, focus: Focus) -> list[Table]:
        if focus == RESTING:
            if mode not in self._resting:
                self._resting[mode] = in_force(self._tables, mode)
            return self._resting[mode]
        return [self._tables[name] for name in tables_for(mode, focus) if name in self._tables]

    def _find(self, mode: Mode, focus: Focus) -> Binding | None:
        """Return the binding typed, from the nearest table that knows these keys.

        A nearer table's longer sequence hides a farther table's key that it begins with.
        """
        *begun, last = self._typed
        any_key = (*begun, ANY) if is_printable(last) else self._typed
        for table in self._in_force(mode, focus):
            if (found := table.get(self._typed) or table.get(any_key)) is not None:
                return found
            if any(sequence[: len(self._typed)] == self._typed for sequence in table):
                return None
        return None

    def _hints(self, mode: Mode, focus: Focus) -> Iterator[Hint]:
        seen = set()
        length = len(self._typed)
        for table in self._in_force(mode, focus):
            for sequence, binding in table.items():
                if len(sequence) <= length or sequence[:length] != self._typed:
                    continue
                if sequence[length] in seen:
                    continue
                seen.add(sequence[length])
                line = binding.line if len(sequence) == length + 1 else "..."
                yield Hint(key_notation(sequence[length]), line)


def _bounded(digits: str) -> str:
    """Return the digits of a count, which shows how far one counts: what is typed may go on."""
    return str(min(int(digits), MAX_COUNT))


def _is_hidden(keys: tuple[str, ...], nearer: set[tuple[str, ...]]) -> bool:
    """Return whether keys are taken: a sequence, and what it begins with, exclude each other."""
    return any(keys[: len(each)] == each[: len(keys)] for each in nearer)
