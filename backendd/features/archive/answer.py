"""What an archive sends for one question, kept within what was asked for."""

from collections import deque
from dataclasses import replace

from backendd.features.archive.stanza import Fin, Query, Result

PAGES = 10
"""How many times what was asked for is kept: some servers don't count as we do, or not at all."""


class Answer:
    """The results of one query as they come; of too many those that are next to where one is."""

    def __init__(self, query: Query) -> None:
        self.count = 0
        self._most = PAGES * query.limit
        self._is_forward = query.before is None
        self._found: deque[Result] = deque(maxlen=self._most)

    def append(self, result: Result | None) -> None:
        """Take one more; None for one that can't be read."""
        self.count += 1
        if result is not None and not (self._is_forward and self._is_full):
            self._found.append(result)

    def close(self, fin: Fin) -> tuple[list[Result], Fin]:
        """Return what was kept and where it ends, after the archive has said that it was all."""
        results = list(self._found)
        if self.count > self._most and self._is_full:
            last = results[-1].id if self._is_forward else fin.last
            first = fin.first if self._is_forward else results[0].id
            fin = replace(fin, is_complete=False, first=first, last=last)
        return results, fin

    @property
    def _is_full(self) -> bool:
        return len(self._found) == self._most
