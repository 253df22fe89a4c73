"""What an archive sends for one question, kept within what was asked for."""

import logging
from collections import deque
from dataclasses import replace
from xml.etree.ElementTree import Element

from backendd.core import inbound
from backendd.core.jid import Jid
from backendd.features.archive import stanza
from backendd.features.archive.stanza import Fin, Query, Result
from backendd.session.home import Home

log = logging.getLogger(__name__)

PAGES = 10
"""How many times what was asked for is kept: some servers don't count as we do, or not at all."""


class Results:
    """The results of one query of `archive` as they come.

    Of too many those are kept that are next to where one is.
    """

    def __init__(self, archive: Jid, query: Query) -> None:
        self.archive = archive
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


class OpenQueries:
    """What was asked of archives and isn't answered yet: results so far, by the id of the query."""

    def __init__(self, home: Home) -> None:
        self.open: dict[str, Results] = {}
        self._home = home

    def take(self, message: Element) -> None:
        """Take a message that says that it answers a query; only one of ours does."""
        sender, _ = inbound.address(message, self._home.account_jid)
        results = self.open.get(stanza.query_id(message))
        if results is None or sender != results.archive:
            log.warning("dropped an archived message nobody asked for")
            return
        results.append(stanza.decode(message))
