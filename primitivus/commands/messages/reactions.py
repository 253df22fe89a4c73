"""Reacting to messages."""

from backendd.api.attachments import told
from primitivus.commands.arguments.emojis import Emoji
from primitivus.commands.arguments.which_message import meant, selected
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.messages.sending import is_changed
from primitivus.model.messages.reactions import toggled
from primitivus.sentences import tr

# So much of a message says which one is meant.
_QUOTED = 60


@command("react")
async def react(ctx: Context, emoji: Emoji) -> None:
    """React to the selected message, else to the newest of theirs; the same again takes it back.

    The emoji itself, or some letters of its name and Tab: thumbsup, +1, heart, party...
    """
    chosen = selected(ctx)
    _, message = await meant(ctx, tr("there is no message from them here to react to"))
    now = toggled(message, emoji)
    await ctx.told(ctx.account.messages.react(message.id, now), is_changed(ctx, message))
    if chosen is None:
        # It may lie far above what is in view.
        text = " ".join(told(message)[:_QUOTED].split())
        said = (
            tr("{emoji} to: {text}", emoji=emoji, text=text)
            if emoji in now
            else tr("{emoji} taken back from: {text}", emoji=emoji, text=text)
        )
        ctx.state.say(said)
