"""Drafts of one profile: checked as what is published, and kept."""

from collections.abc import Mapping, Sequence

from backendd.api import records, text
from backendd.api.errors import UnknownItem
from backendd.api.signature import Plain
from backendd.blog import wanted
from backendd.core import clock, jid
from backendd.core.entries import LONGEST_TITLE
from backendd.store import drafts
from backendd.store.ledger import ProfileStore

_LONGEST_NAME = 100
_LONGEST_NODE = 1000


class Drafts:
    """Keeps drafts until they are published, or no more wanted."""

    def __init__(self, store: ProfileStore) -> None:
        self._store = store

    async def listed(self) -> Sequence[records.Draft]:
        """Return all, those first that were saved last."""
        return await self._store.read(drafts.listed)

    async def save(
        self, name: str, service: str, node: str, entry: Mapping[str, Plain], revision: int
    ) -> str:
        """Keep one; return what it is called."""
        wanted.check(entry)
        at = jid.bare(service) if service else ""
        kept = {key: _cleaned(value) for key, value in entry.items()}
        if "title" in kept:
            kept["title"] = text.clean_line(kept["title"], limit=LONGEST_TITLE)
        called = text.clean_line(name, limit=_LONGEST_NAME)
        where = text.clean_line(node, limit=_LONGEST_NODE)
        return await self._store.write(
            lambda ledger: drafts.save(
                ledger, called, at, where, kept, now=clock.now_us(), revision=revision
            )
        )

    async def delete(self, name: str) -> None:
        """Forget one; UnknownItem."""
        if not await self._store.write(lambda ledger: drafts.delete(ledger, name)):
            raise UnknownItem("there is no such draft")


def _cleaned(value: Plain) -> Plain:
    if isinstance(value, str):
        return text.clean(value)
    if isinstance(value, Mapping):
        return {key: _cleaned(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [_cleaned(each) for each in value]
    return value
