"""Which entry that is being written is meant."""

from collections.abc import Iterable

from jp.kinds.kind import Asked, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class DraftId(Kind, str):
    """The id of a draft."""

    metavar = "DRAFT"
    doc = "a draft, by its id, as `jp blog drafts` prints it"

    @classmethod
    def read(cls, text: str) -> "Self":
        if not text:
            raise ValueError("is no id of a draft")
        return cls(text)

    @classmethod
    async def complete(cls, asked: Asked) -> Iterable["str | tuple[str, str]"]:
        found = await asked.backend.blog.drafts()
        return [(each.id, str(each.entry.get("title", ""))) for each in found]
