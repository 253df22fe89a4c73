"""`jp blog drafts` and `delete-draft`."""

from collections.abc import Mapping

from backendd.api.signature import Plain
from jp.command import command, prints
from jp.commands.blog.columns import blog, heading
from jp.session import Session


def _heading(draft: Mapping[str, Plain]) -> str:
    entry = draft.get("entry") or {}
    return heading({**entry, "body": entry.get("markdown") or entry.get("body")})


@command
@prints("Draft.*")
async def drafts(session: Session) -> None:
    """Print the entries that are being written, those first that were saved last."""
    columns = ("id", "updated", ("blog", blog), ("title", _heading))
    session.out.records(await session.blog.drafts(), columns, none="no drafts")


@command
async def delete_draft(session: Session, drafts: list[str]) -> None:
    """Forget entries that are being written.

    drafts: their ids
    """
    for each in drafts:
        await session.blog.delete_draft(each)
