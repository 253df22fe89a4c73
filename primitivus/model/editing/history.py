"""The texts sent before, to walk back to."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from primitivus.model.editing.history_search import HistorySearch


class History:
    """Sent texts, oldest first, none twice in a row, at most `limit`."""

    def __init__(self, entries: Iterable[str] = (), limit: int = 200) -> None:
        self._limit = limit
        self._entries = list(entries)[-limit:]
        self._position: int | None = None  # the entry shown, None while not walking
        self._current = ""  # what was being typed when the walk began
        # What looks for one of them, while it does, and what was looked for last.
        self.search: HistorySearch | None = None
        self._sought = ""
        # The entry behind the one that was sent once more, None where that was a new text.
        self._following: int | None = None

    @property
    def entries(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def add(self, text: str) -> None:
        """Remember a sent text, and stop walking."""
        following = None if self._position is None else self._position + 1
        self.stop()
        if text and (not self._entries or self._entries[-1] != text):
            self._entries.append(text)
            dropped = len(self._entries[: -self._limit])
            del self._entries[:dropped]
            following = None if following is None else following - dropped
        self._following = following

    def stop(self) -> None:
        """Forget where the walk is, and what is looked for."""
        self._position = None
        self._current = ""
        self.search = None

    def begin_search(self) -> None:
        """Look for one of the texts, by what is typed from now on."""
        from primitivus.model.editing.history_search import HistorySearch  # with the first one

        self.search = HistorySearch(self._entries, self._sought)

    def end_search(self, current: str) -> tuple[str, int] | None:
        """Look no further; return what was found, with where in it, and walk on from there."""
        search, self.search = self.search, None
        if search is None or search.found is None:
            return None
        self._sought = search.query
        self._go(search.at, current)
        return search.found, search.place

    def first(self, current: str) -> str | None:
        """Return the oldest text, None if there is none; `current` is kept for coming back."""
        return self._go(0, current) if self._entries else None

    def last(self) -> str | None:
        """Return what was being typed when the walk began; None if not walking."""
        if self._position is None:
            return None
        current = self._current
        self.stop()
        return current

    def following(self, current: str) -> str | None:
        """Return the text that was sent behind the one that was just sent again, if there is one.

        That itself is not meant, which now is the newest.
        """
        if self._following is None or not 0 <= self._following < len(self._entries) - 1:
            return None
        return self._go(self._following, current)

    def previous(self, current: str) -> str | None:
        """Return the text before, or None at the oldest; `current` is kept for coming back."""
        if self._position is None:
            position, self._current = len(self._entries) - 1, current
        else:
            position = self._position - 1
        if position < 0:
            return None
        self._position = position
        return self._entries[position]

    def _go(self, position: int, current: str) -> str:
        if self._position is None:
            self._current = current
        self._position = position
        return self._entries[position]

    def next(self) -> str | None:
        """Return the text after, behind the newest what was being typed; None if not walking."""
        if self._position is None:
            return None
        self._position += 1
        if self._position < len(self._entries):
            return self._entries[self._position]
        current = self._current
        self.stop()
        return current
