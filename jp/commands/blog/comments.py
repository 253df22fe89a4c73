"""`jp blog comments`, `comment` and `like`."""

from backendd.api.records import Entry
from jp.command import command, prints
from jp.commands.blog.columns import author, name, state, why_not
from jp.commands.blog.pages import gather
from jp.commands.blog.written import tell
from jp.kinds.drafts import CommentDraftId
from jp.kinds.entries import EntryAddress
from jp.kinds.numbers import Count, Wait
from jp.kinds.texts import Body, Token
from jp.output.keys import keys_of
from jp.output.words import moment
from jp.session import Session


def _told(comment: Entry) -> str:
    """Return a comment for people: what it is called, by whom and of when it is, and its text."""
    keys = keys_of(comment)
    likes = comment.more.get("likes")
    about = (
        author(keys),
        moment(comment.published),
        state(keys),
        why_not(keys),
        f"likes: {likes}" if likes else "",
    )
    lines = (name(keys), ", ".join(filter(None, about)), comment.body or comment.title)
    return "\n".join(lines)


@command
@prints("Entry.*")
async def comments(session: Session, entry: EntryAddress, *, limit: Count = Count(50)) -> None:
    """Print the comments on an entry, the newest first.

    limit: how many at most

    $ jp blog comments bob@example.org/c3d4
    """
    found = await gather(
        session,
        lambda most, after: session.blog.comments(*entry, limit=most, after=after),
        limit,
    )
    if not found:
        session.out.none("no comments")
    elif session.out.is_for_people:
        session.out.text("\n\n".join(map(_told, found)))
    else:
        session.out.records(found, (), none="no comments")


@command
@prints("id")
async def comment(
    session: Session,
    entry: EntryAddress,
    text: Body,
    *,
    parent: EntryAddress | None = None,
    token: Token | None = None,
    clear_draft: bool = False,
    draft: CommentDraftId | None = None,
    wait: Wait | None = None,
) -> None:
    """Comment on an entry, and print what the comment is called.

    It returns once that is stored; it is published as soon as that is possible.

    parent: another comment on the entry, which it answers
    token: any text: the same one again says nothing more and prints the same, for seven days
    clear_draft: forget what is being written to the entry, in the same step
    draft: the draft that this is, by its id (`jp blog comment-drafts --fields draft_id`): it is
        forgotten in the same step, and nothing more is said where the same was said of it already
    wait: return when it is published; at most so long (a minute where nothing is said)

    $ jp blog comment bob@example.org/c3d4 "How tall are they?"
    """
    about = await session.blog.get(*entry)
    answered = parent[2] if parent else ""
    session.begun = "the comment may be stored, and is published then; `jp blog comments` has it"
    id = await session.blog.comment(
        *entry, text, parent=answered, token=token or "", clear_draft=clear_draft, draft=draft or ""
    )
    session.begun = "the comment is stored, and is published as soon as that is possible"
    place = (about.comments_service, about.comments_node)
    tell(session, *place, id)
    if wait is not None:
        from jp.commands.blog.settling import settle

        await settle(session, (*place, id), wait)


@command
async def like(session: Session, entry: EntryAddress, *, undo: bool = False) -> None:
    """Like an entry or a comment; its service is told as soon as that is possible.

    undo: like it no more

    $ jp blog like bob@example.org/c3d4
    """
    await session.blog.like(*entry, not undo)
