"""Liking what others write in blogs."""

from primitivus.commands.arguments.which_entry import is_told, meant_entry
from primitivus.commands.asking.later import say_done
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.model.blogs.discussion import is_liked
from primitivus.model.blogs.post_titles import title
from primitivus.sentences import tr


@command("like")
async def like(ctx: Context) -> None:
    """Like the post that is shown or marked; the same again takes it back.

    It goes out when it can. Where a blog has no place for it, it is a comment that says nothing
    but a heart.
    """
    meant = meant_entry(ctx)
    entry, likes = meant.entry, not is_liked(meant.entry)
    calls = meant.part.calls
    await ctx.told(calls.like(entry.service, entry.node, entry.id, likes), is_told(meant))
    said = (
        tr("you like: {post}", post=title(entry))
        if likes
        else tr("you like no more: {post}", post=title(entry))
    )
    say_done(ctx, said, meant.pane.place)
