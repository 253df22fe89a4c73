"""What was changed in a line: taken back step by step, and made again."""

from primitivus.model.editing.line import Line

UNDO_LIMIT = 200
# Each step holds the whole text, so that a very long one has fewer: so many characters in all.
_MOST_HELD = 32 << 20


class Undo:
    """The lines that were, each before a change of it, and those that were taken back."""

    def __init__(self) -> None:
        self._done: list[Line] = []
        self._undone: list[Line] = []
        self._forgotten = 0  # the steps that are too far back

    @property
    def depth(self) -> int:
        """Return how many changes there were, also those that can't be taken back any more."""
        return self._forgotten + len(self._done)

    def clear(self) -> None:
        """Have nothing to take back."""
        self._done.clear()
        self._undone.clear()
        self._forgotten = 0

    def changes(self, line: Line, *, joins: bool) -> None:
        """Keep a line that is changed now; a change that joins is taken back with the last one."""
        if not joins:
            self._done.append(line)
            steps = min(UNDO_LIMIT, max(1, _MOST_HELD // (len(line.text) or 1)))
            over = max(0, len(self._done) - steps)
            del self._done[:over]
            self._forgotten += over
        self._undone.clear()

    def join(self, depth: int) -> None:
        """Make one step of the changes since there were `depth` of them."""
        del self._done[max(0, depth - self._forgotten) + 1 :]

    def back(self, line: Line) -> Line | None:
        """Return the line before the last change, given the one that is; None if there is none."""
        if not self._done:
            return None
        self._undone.append(line)
        return self._done.pop()

    def again(self, line: Line) -> Line | None:
        """Return the line after the change that was taken back last; None if none was."""
        if not self._undone:
            return None
        self._done.append(line)
        return self._undone.pop()
