"""Looking at a conversation without having read it."""

from primitivus.commands.arguments.people import PeerJid
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.messages.conversations import show, the_conversation
from primitivus.model.area import Area
from primitivus.sentences import tr


@command("peek")
async def peek(ctx: Context, peer: PeerJid | None = None) -> None:
    """Look at a conversation, by default this one, without having read what you see there.

    Nobody is told, and the counts stay, until you write, go to another conversation, or say
    `:read`.
    """
    place = the_conversation(ctx, peer)
    pane = ctx.open(place)
    pane.chat.peek()
    await show(ctx, place, "stay")


@command("read")
async def read(ctx: Context) -> None:
    """Have what you see in this conversation count as read again, after `peek` or `mark-unread`."""
    pane = ctx.state.conversation
    if pane is None:
        raise ctx.no_conversation()
    if not pane.chat.release():
        raise CommandError(tr("what you see here counts as read; :mark-read marks all of it"))
    ctx.state.changed(Area.VIEW, Area.INPUT)
