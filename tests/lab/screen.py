"""What a terminal shows: pyte's screen, and what it lacks of the sequences that programs send."""

from typing import Any

import pyte

from tests.lab.protocols import Protocols


class _Stream(pyte.ByteStream):
    events = frozenset({*pyte.ByteStream.events, "scroll_up", "scroll_down", "repeat"})

    def __init__(self, screen: pyte.Screen) -> None:
        self.csi = {**pyte.ByteStream.csi, "S": "scroll_up", "T": "scroll_down", "b": "repeat"}
        super().__init__(screen)


class Emulator(pyte.Screen):
    """A screen that also scrolls bands (SU, SD), repeats (REP) and answers what it is asked."""

    def __init__(self, rows: int, columns: int, protocols: Protocols | None = None) -> None:
        self.protocols = protocols or Protocols()
        self._answers: list[str] = []
        self._last = " "
        self.title = ""
        super().__init__(columns, rows)
        self._stream = _Stream(self)

    def feed(self, data: bytes) -> bytes:
        """Show `data`; return what the terminal answers to it."""
        data, answer = self.protocols.filter(data)
        self._stream.feed(data)
        answer += "".join(self._answers).encode()
        self._answers.clear()
        return answer

    def write_process_input(self, data: str) -> None:
        """Take an answer of the terminal (pyte calls this for status reports)."""
        self._answers.append(data)

    def draw(self, data: str) -> None:
        """Show text."""
        self._last = data[-1:] or self._last
        super().draw(data)

    def repeat(self, count: int = 1) -> None:
        """Show the last character again (REP)."""
        super().draw(self._last * (count or 1))

    def scroll_up(self, count: int = 1) -> None:
        """Move the scroll region up; the cursor stays (SU)."""
        self._scroll(count, self._bottom, self.index)

    def scroll_down(self, count: int = 1) -> None:
        """Move the scroll region down; the cursor stays (SD)."""
        self._scroll(count, self._top, self.reverse_index)

    # pyte hands private markers on to handlers that don't take them.
    def set_margins(self, top: int | None = None, bottom: int | None = None, **_: Any) -> None:
        """Set the scroll region (DECSTBM)."""
        super().set_margins(top, bottom)

    def report_device_attributes(self, mode: int = 0, **_: Any) -> None:
        """Say what terminal this is."""
        super().report_device_attributes(mode)

    @property
    def _top(self) -> int:
        return self.margins.top if self.margins else 0

    @property
    def _bottom(self) -> int:
        return self.margins.bottom if self.margins else self.lines - 1

    def _scroll(self, count: int, edge: int, step: Any) -> None:
        row, column = self.cursor.y, self.cursor.x
        self.cursor.y = edge
        for _ in range(count or 1):
            step()
        self.cursor.y, self.cursor.x = row, column
