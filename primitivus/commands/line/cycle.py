"""Walking through the candidates of a completion, press by press."""

from primitivus.commands.line.complete import Completion
from primitivus.commands.line.completions import Candidate


class Cycle:
    """One run of pressing the completion key: first the common prefix, then each candidate."""

    def __init__(self, completion: Completion) -> None:
        self._completion = completion
        self._index: int | None = None
        self._shown = (completion.line, completion.end)
        self._is_new = True

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return self._completion.candidates

    @property
    def index(self) -> int | None:
        """Return which candidate is filled in now, None for the common prefix."""
        return self._index

    def is_at(self, line: str, cursor: int) -> bool:
        """Return whether the line is still as the last step left it, so that the run goes on.

        One that found nothing doesn't: by now more may be known.
        """
        return bool(self.candidates) and self._shown == (line, cursor)

    def next(self) -> tuple[str, int]:
        """Return the line and cursor after one more press."""
        if not self.candidates:
            return self._shown
        if self._index is None and len(self.candidates) > 1 and self._can_extend():
            return self._show(self._completion.apply(self._completion.prefix, finished=False))
        self._index = 0 if self._index is None else (self._index + 1) % len(self.candidates)
        return self._fill()

    def previous(self) -> tuple[str, int]:
        """Return the line and cursor one candidate back; the first press goes forward all the same.

        Those who know only one completion key know Shift-Tab for it, from the first Primitivus.
        """
        if self._is_new or not self.candidates:
            return self.next()
        self._index = (self._index or 0) - 1
        self._index %= len(self.candidates)
        return self._fill()

    def _can_extend(self) -> bool:
        extended = self._completion.apply(self._completion.prefix, finished=False)
        return self._completion.prefix != self._completion.typed and extended != self._shown

    def _fill(self) -> tuple[str, int]:
        word = self.candidates[self._index or 0].text
        return self._show(self._completion.apply(word, finished=len(self.candidates) == 1))

    def _show(self, shown: tuple[str, int]) -> tuple[str, int]:
        self._shown = shown
        self._is_new = False
        return shown
