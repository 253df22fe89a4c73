"""The texts sent before, to walk back to."""

from collections.abc import Iterable


class History:
    """Sent texts, oldest first, none twice in a row, at most `limit`."""

    def __init__(self, entries: Iterable[str] = (), limit: int = 200) -> None:
        self._limit = limit
        self._entries = list(entries)[-limit:]
        self._position: int | None = None  # the entry shown, None while not walking
        self._current = ""  # what was being typed when the walk began

    @property
    def entries(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def add(self, text: str) -> None:
        """Remember a sent text, and stop walking."""
        self.stop()
        if text and (not self._entries or self._entries[-1] != text):
            self._entries.append(text)
            del self._entries[: -self._limit]

    def stop(self) -> None:
        """Forget where the walk is."""
        self._position = None
        self._current = ""

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
