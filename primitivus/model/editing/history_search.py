"""Looking for what was sent by some of its letters, while one types them: readline's C-r."""

import re
from collections.abc import Sequence

from backendd.api.tuples import NamedTuple
from primitivus.model.editing.line import boundary_before, clean


class _Step(NamedTuple):
    """How far the search had come before a letter was typed."""

    query: str
    at: int
    is_failed: bool


class HistorySearch:
    """Goes through the texts by what is typed, the newest first; what one wrote stays as it is.

    `is_failed`: there is no further text with all of `query` in it; the last one found stays.
    """

    def __init__(self, entries: Sequence[str], last: str = "") -> None:
        """`last` is what was looked for before, and is again where nothing is typed."""
        self._entries = tuple(entries)
        self._last = last
        self._steps: list[_Step] = []
        self.query = ""
        self.at = len(self._entries)
        self.is_failed = False

    @property
    def found(self) -> str | None:
        """Return the text that was found, if one was."""
        return self._entries[self.at] if self.at < len(self._entries) else None

    @property
    def place(self) -> int:
        """Return where in it stands what was looked for."""
        match = self._pattern().search(self.found or "")
        return match.start() if match is not None else 0

    def type(self, text: str) -> None:
        """Look for what has this as well; from the one on that is found already."""
        text = " ".join(clean(text).splitlines())
        if not text:
            return
        self._steps.append(_Step(self.query, self.at, self.is_failed))
        self.query += text
        self._look(min(self.at, len(self._entries) - 1), -1)

    def shorten(self) -> None:
        """Be where it was before the last letter was typed."""
        if self._steps:
            self.query, self.at, self.is_failed = self._steps.pop()
        else:
            self.query = self.query[: boundary_before(self.query, len(self.query))]

    def again(self, by: int) -> None:
        """Look on for what was sent before (-1) or after (1)."""
        if not self.query:
            self.type(self._last)
        else:
            self._look(self.at + by, by)

    def _look(self, start: int, by: int) -> None:
        pattern, shown = self._pattern(), self.found if start != self.at else None
        index = start
        while 0 <= index < len(self._entries):
            entry = self._entries[index]
            if entry != shown and pattern.search(entry):
                self.at, self.is_failed = index, False
                return
            index += by
        self.is_failed = True

    def _pattern(self) -> re.Pattern[str]:
        return re.compile(re.escape(self.query), re.IGNORECASE)
