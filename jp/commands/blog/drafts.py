"""`jp blog drafts`, `draft`, `save-draft` and `delete-draft`, and what is being said to entries."""

from collections.abc import Mapping

from backendd.api.signature import Plain
from jp.command import command, prints
from jp.commands.blog.columns import blog, heading, name
from jp.failures import Failure
from jp.kinds.drafts import DraftId
from jp.kinds.entries import OWN, BlogAddress, EntryAddress
from jp.kinds.texts import Body
from jp.session import Session
from jp.several import each_of


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
@prints("Draft.*")
async def draft(session: Session, draft: DraftId) -> None:
    """Print an entry that is being written: its text, or with --json all of it."""
    found = next((each for each in await session.blog.drafts() if each.id == draft), None)
    if found is None:
        raise Failure(f"there is no draft {draft!r}")
    if session.out.is_for_people:
        entry = found.entry
        said = (entry.get("title"), entry.get("markdown") or entry.get("body"))
        session.out.text("\n\n".join(str(each) for each in said if each))
    else:
        session.out.record(found)


@command
@prints("id")
async def save_draft(
    session: Session,
    text: Body,
    blog: BlogAddress = OWN,
    *,
    draft: DraftId | None = None,
    title: str = "",
    tag: list[str] | None = None,
    comments: bool = True,
    plain: bool = False,
    revision: int = 0,
) -> None:
    """Keep an entry that is being written, for `jp blog post --draft`, and print its id.

    title: one line
    tag: what it is about
    comments: whether there are to be comments
    plain: the text is no Markdown
    draft: in the place of this one, all of it
    revision: the revision that it had when this was begun: where it has another one by now, this
        becomes a draft of its own

    $ jp blog save-draft "Peas, perhaps." --title "Next year"
    """
    # What a record holds tells its type on the bus.
    entry: dict[str, Plain] = {"body" if plain else "markdown": str(text)}
    if title:
        entry["title"] = title
    if tag:
        entry["tags"] = tag
    if not comments:
        entry["comments"] = False
    id = await session.blog.save_draft(draft or "", *blog, entry, revision=revision)
    session.begun = "the draft is kept"
    session.out.value("id", id)


@command
async def delete_draft(session: Session, drafts: list[DraftId]) -> None:
    """Forget entries that are being written.

    drafts: their ids
    """
    await each_of(session, drafts, DraftId.named, session.blog.delete_draft)


@command
@prints("CommentDraft.*")
async def comment_drafts(session: Session) -> None:
    """Print the comments that are being written, those first that were saved last."""
    columns = (("entry", name), "updated", "title", "text")
    found = await session.blog.comment_drafts()
    session.out.records(found, columns, none="no comment is being written")


@command
async def draft_comment(
    session: Session,
    entry: EntryAddress,
    text: Body,
    *,
    parent: EntryAddress | None = None,
    draft_id: str = "",
) -> None:
    """Keep a comment on an entry that is being written; an empty text forgets it.

    parent: another comment on the entry, which it answers
    draft_id: by which id to keep it, another each time; else the backend makes one
    """
    answered = parent[2] if parent else ""
    await session.blog.set_comment_draft(*entry, text, parent=answered, draft_id=draft_id)
