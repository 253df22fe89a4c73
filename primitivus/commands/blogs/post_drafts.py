"""Posts and comments that are not sent yet: which there are, and what becomes of them."""

from collections.abc import Iterable
from typing import Annotated

from backendd.api.records import Draft
from primitivus.client.blog_titles import BlogTitlesPart
from primitivus.client.comment_drafts import CommentDraftsPart
from primitivus.client.post_drafts import PostDraftsPart
from primitivus.commands.arguments.people import ProfileName
from primitivus.commands.arguments.types import Kind
from primitivus.commands.asking.forms import confirm
from primitivus.commands.blogs.publishing import draft_pane, show_draft
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.commands.panes.panes import back
from primitivus.model.blogs.comment_drafts import CommentDraft, CommentDrafts
from primitivus.model.blogs.post_drafts import PostDrafts, feed_of_draft, name
from primitivus.model.place import Place
from primitivus.model.popups.drafts_popup import DraftsPopup
from primitivus.sentences import tr


def _complete_draft(asked: Asked) -> Iterable[Candidate]:
    known = asked.known.state.account.of(PostDrafts).listed()
    return [Candidate(each.id, name(each)) for each in known if each.id.startswith(asked.word)]


DraftId = Annotated[str, Kind("draft", complete=_complete_draft)]


@command("drafts")
async def drafts(ctx: Context) -> None:
    """Show the posts and comments that you have begun to write and not sent; Enter shows one.

    What you wrote to a post is listed also where that was taken back.
    """
    account = ctx.account.known
    posts, comments = account.of(PostDrafts), account.of(CommentDrafts)
    await ctx.until(lambda: posts.are_known and comments.are_known)
    listed = DraftsPopup(tr("Drafts"), (), _hint(ctx), account=account)
    if listed.is_empty:
        ctx.state.say(tr("nothing is being written; :publish begins a post"))
        return
    blogs = (feed_of_draft(each, account.profile.jid) for each in posts.listed())
    ctx.at(account.place("")).part(BlogTitlesPart).ask(blogs)
    ctx.state.open_popup(listed)


@command("draft")
async def draft(ctx: Context, id: DraftId, profile: ProfileName | None = None) -> None:
    """Show a post that is not published yet, as it will be read."""
    account = ctx.named(profile).known
    found = account.of(PostDrafts).get(id)
    if found is None:
        raise CommandError(tr('there is no draft "{number}": :drafts lists them', number=id))
    show_draft(ctx, account.place(""), found)


@command("delete-draft")
async def delete_draft(ctx: Context) -> None:
    """Delete the draft that is shown, or marked in the list, after asking."""
    listed = ctx.pane
    if isinstance(listed, DraftsPopup):
        if (marked := listed.marked) is None:
            raise CommandError(tr("no draft is marked"))
        if await _is_sure(ctx, marked):
            await _delete(ctx, listed.account.place(""), marked)
        if not listed.is_empty:
            ctx.state.open_popup(listed)
        return
    pane = draft_pane(ctx)
    if not await _is_sure(ctx, pane.draft):
        return
    await _delete(ctx, pane.place, pane.draft)
    pane.is_saved, pane.is_kept = True, False
    await ctx.at(pane.place).part(PostDraftsPart).take_away(pane)
    if ctx.state.layout.main is pane:
        await back(ctx)


async def _delete(ctx: Context, place: Place, draft: Draft | CommentDraft) -> None:
    if isinstance(draft, CommentDraft):
        await ctx.at(place).part(CommentDraftsPart).discard(draft)
    elif draft.id:
        part = ctx.at(place).part(PostDraftsPart)
        await ctx.told(part.delete(draft.id), lambda: part.known.get(draft.id) is None)
    ctx.state.say(tr("the draft is deleted"))


async def _is_sure(ctx: Context, draft: Draft | CommentDraft) -> bool:
    if isinstance(draft, CommentDraft):
        text = tr(
            "{text}\nIt was not said to {who}, and will be gone for good.",
            text=draft.begins,
            who=draft.called,
        )
    else:
        text = tr("{name}\nIt was not published, and will be gone for good.", name=name(draft))
    return await confirm(ctx, tr("Delete a draft"), text)


def _hint(ctx: Context) -> str:
    bound = [each for each in ctx.screen.bindings() if each.context == DraftsPopup.context]
    keys = [
        tr("{keys} deletes it", keys=each.keys) for each in bound if each.line == "delete-draft"
    ]
    return "; ".join((tr("type to search"), tr("Enter shows it"), *keys))
