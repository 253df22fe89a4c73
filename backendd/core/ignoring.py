"""Whom the user ignores in rooms, as those are told who show something of others."""

from collections.abc import Sequence

from backendd.api import records
from backendd.api.tuples import NamedTuple
from backendd.core import authors


class IgnoredChanged(NamedTuple):
    """Others are ignored in a room than before: all of them."""

    room: str
    ignored: Sequence[records.Ignored]

    @property
    def authors(self) -> frozenset[str]:
        """What all that they write has in common, of each."""
        return frozenset(authors.key_of(each.occupant_id) for each in self.ignored)
