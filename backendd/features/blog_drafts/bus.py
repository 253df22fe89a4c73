"""The Blog interface: entries and comments that are being written."""

from collections.abc import Mapping, Sequence

from backendd.api import records
from backendd.api.signature import Plain
from backendd.features.blog_drafts.comments import CommentDrafts
from backendd.features.blog_drafts.service import Drafts


class DraftMembers:
    """What callers see of drafts."""

    def __init__(self, drafts: Drafts, comments: CommentDrafts) -> None:
        self._drafts = drafts
        self._comments = comments

    async def drafts(self) -> Sequence[records.Draft]:
        return await self._drafts.listed()

    async def save_draft(
        self, id: str, service: str, node: str, entry: Mapping[str, Plain], *, revision: int = 0
    ) -> str:
        return await self._drafts.save(id, service, node, entry, revision)

    async def delete_draft(self, id: str) -> None:
        await self._drafts.delete(id)

    async def comment_drafts(self) -> Sequence[records.CommentDraft]:
        return await self._comments.listed()

    async def set_comment_draft(
        self,
        service: str,
        node: str,
        id: str,
        text: str,
        *,
        parent: str = "",
        draft_id: str = "",
    ) -> None:
        await self._comments.save(service, node, id, parent, text, draft_id)
