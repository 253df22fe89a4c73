"""Which draft is meant: of an entry, of a message or of a comment."""

from collections.abc import Iterable

from jp.kinds.kind import Asked, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class DraftId(Kind, str):
    """The id of a draft of an entry."""

    metavar = "DRAFT"
    doc = "a draft, by its id, as `jp blog drafts` prints it"

    @classmethod
    def read(cls, text: str) -> "Self":
        if not text:
            raise ValueError("is no id of a draft")
        return cls(text)

    @staticmethod
    def named(id: str) -> str:
        """Return it as a sentence has it."""
        return f"draft {id}"

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        found = await asked.backend.blog.drafts()
        return [(each.id, str(each.entry.get("title", ""))) for each in found]


class MessageDraftId(DraftId):
    """The id of a draft of a message."""

    doc = "a draft of a message, by its id"

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        found = await asked.backend.messages.conversations()
        return [(each.draft_id, each.draft) for each in found if each.draft_id]


class CommentDraftId(DraftId):
    """The id of a draft of a comment."""

    doc = "a draft of a comment, by its id"

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        found = await asked.backend.blog.comment_drafts()
        return [(each.draft_id, each.text) for each in found if each.draft_id]
