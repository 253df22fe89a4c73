"""Saying something to posts, and to what others say there."""

from primitivus.client.comment_drafts import CommentDraftsPart
from primitivus.commands.arguments.types import NOTHING, Rest
from primitivus.commands.arguments.which_entry import meant_entry
from primitivus.commands.asking.begun import go_on_writing
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.panes.panes import go_to, show
from primitivus.commands.registry import Invocation
from primitivus.model.area import Area
from primitivus.model.blogs.discussion import parent
from primitivus.model.panes.post import PostPane
from primitivus.model.panes.timeline import TimelinePane
from primitivus.sentences import tr

_NOT_YET = tr("the post isn't there yet")
_NOWHERE = tr("nobody can comment on this post: it has no place for that")


@command("comment")
async def comment(ctx: Context, text: Rest = NOTHING) -> None:
    """Say something to the post that is shown or marked: this TEXT, or what is typed next.

    Esc leaves the line, and keeps what is typed there; `editor` goes on in your editor.
    """
    pane = await _post(ctx)
    if text:
        await _say(ctx, pane, text, "")
        return
    if pane.draft is not None and not pane.draft.editor.text:
        pane.draft.begin(None)
    _write(ctx, pane)


@command("comments")
async def comments(ctx: Context) -> None:
    """Go to what others say to the post that is shown or marked: the newest talk comes first."""
    pane = await _post(ctx)
    if pane.entry is None:
        raise CommandError(pane.error or _NOT_YET)
    pane.talk.is_wanted = True
    ctx.state.changed(Area.VIEW)
    await ctx.until(lambda: not pane.talk.paging.is_awaiting)
    if not pane.talk.to_comments():
        raise CommandError(pane.talk.paging.error or tr("nobody has said anything to it yet"))
    ctx.state.changed(Area.VIEW)


async def answer(ctx: Context, pane: PostPane, text: str) -> None:
    """Answer the marked comment, with a text or what is typed next; CommandError."""
    marked = pane.talk.marked
    if marked is None:
        raise CommandError(tr("no comment is marked: :comment says something to the post"))
    if text:
        await _say(ctx, pane, text, marked.id)
        return
    if pane.draft is not None:
        pane.draft.begin(marked)
    _write(ctx, pane)


def to_answered(ctx: Context, pane: PostPane) -> None:
    """Mark what the marked comment answers; CommandError where that isn't here."""
    marked = pane.talk.marked
    answered = parent(marked) if marked is not None else ""
    if not answered:
        raise CommandError(tr("no comment is marked that answers another"))
    if answered not in pane.talk.comments:
        raise CommandError(tr("the comment that this one answers is not here"))
    pane.talk.look_for(answered)
    ctx.state.changed(Area.VIEW)


async def send_comment(ctx: Context, pane: PostPane) -> None:
    """Say what was typed to a post, or run the command that it is."""
    draft = pane.draft
    if draft is None or not draft.editor.text.strip():
        return
    answered, text = draft.answered, draft.take()
    ctx.edited()
    said = ctx.registry.parse_input(text, *ctx.screen.contexts())
    if isinstance(said, Invocation):
        if left := await ctx.screen.run_line(text):
            draft.give_back(left, answered)
            ctx.edited()
        return
    draft.begin(None)
    go_to(ctx, "messages")
    is_taken, kept, made_of = False, draft.draft, draft.draft.id
    kept.begin(draft.drafted)
    try:
        await _say(ctx, pane, said.body, answered.id, made_of=made_of)
        is_taken = True
    finally:
        kept.end(is_taken=is_taken)
        if not is_taken:
            draft.give_back(text, answered)
            ctx.at(pane.place).part(CommentDraftsPart).edited(draft.post)
            ctx.state.changed(Area.INPUT)


async def _post(ctx: Context) -> PostPane:
    """Return the pane of the post that is meant, which shows then; CommandError."""
    pane = ctx.state.layout.main
    if isinstance(pane, TimelinePane):
        entry = meant_entry(ctx).entry
        pane = PostPane(pane.place, entry.service, entry.node, entry.id)
        show(ctx, pane)
        await ctx.until(lambda: pane.entry is not None or bool(pane.error))
        await ctx.until(lambda: pane.draft is not None or not pane.can_be_commented)
    if not isinstance(pane, PostPane):
        raise CommandError(tr("no post is shown here: :blog lists some, :post LINK shows one"))
    if pane.draft is None and pane.entry is None:
        raise CommandError(pane.error or _NOT_YET)
    if pane.draft is None and not pane.can_be_commented:
        raise CommandError(_NOWHERE)
    return pane


async def _say(ctx: Context, pane: PostPane, text: str, parent: str, *, made_of: str = "") -> None:
    part = ctx.at(pane.place).part(CommentDraftsPart)
    draft = pane.draft or part.known.of(pane.key)
    id = await part.say(draft, text, parent, made_of=made_of)
    pane.talk.reveal(id)
    ctx.state.changed(Area.VIEW)


def _write(ctx: Context, pane: PostPane) -> None:
    if pane.draft is None:
        raise CommandError(_NOWHERE)
    go_to(ctx, "input")
    ctx.state.show(mode="insert")
    ctx.state.changed(Area.VIEW, Area.INPUT)
    go_on_writing(ctx)
