"""Reacting to messages."""

from backendd.api.records import Message
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.emojis import Emoji
from primitivus.commands.errors import CommandError
from primitivus.commands.sending import is_changed, selected
from primitivus.model.reactions import toggled

# So much of a message says which one is meant.
_QUOTED = 60


@command("react")
async def react(ctx: Context, emoji: Emoji) -> None:
    """React to the selected message, else to the newest of theirs; the same again takes it back.

    The emoji itself, or some letters of its name and Tab: thumbsup, +1, heart, party...
    """
    chosen = selected(ctx)
    message = chosen or _newest(ctx)
    now = toggled(message, emoji)
    await ctx.told(ctx.account.messages.react(message.id, now), is_changed(ctx, message))
    if chosen is None:
        # It may lie far above what is in view.
        what = "to" if emoji in now else "taken back from"
        ctx.state.say(f"{emoji} {what}: {' '.join(message.body[:_QUOTED].split())}")


def _newest(ctx: Context) -> Message:
    pane = ctx.state.conversation
    if pane is None:
        raise ctx.no_conversation()
    for index in reversed(range(len(pane.window))):
        if pane.window[index].direction == "in":
            return pane.window[index]
    raise CommandError("there is no message of theirs here to react to")
