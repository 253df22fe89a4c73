"""The Blog interface: entries that are being written."""

from collections.abc import Mapping, Sequence

from backendd.api import records
from backendd.api.signature import Plain
from backendd.features.blog_drafts.service import Drafts


class DraftMembers:
    """What callers see of drafts."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def drafts(self) -> Sequence[records.Draft]:
        return await self._drafts.listed()

    async def save_draft(
        self, id: str, service: str, node: str, entry: Mapping[str, Plain], *, revision: int = 0
    ) -> str:
        return await self._drafts.save(id, service, node, entry, revision)

    async def delete_draft(self, id: str) -> None:
        await self._drafts.delete(id)
