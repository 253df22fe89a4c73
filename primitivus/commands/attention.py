"""Asking for somebody's attention."""

from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.conversations import named
from primitivus.commands.people import PeerJid, ProfileName


@command("attention", aliases=("buzz",))
async def attention(
    ctx: Context, peer: PeerJid | None = None, profile: ProfileName | None = None
) -> None:
    """Call for somebody's attention, by default whom you write to: their program may ring."""
    if peer is None:
        if ctx.state.conversation is None:
            raise ctx.no_conversation()
        place = ctx.state.conversation.place
    else:
        place = named(ctx, peer, profile)
    account = ctx.at(place)
    await account.messages.attention(place.peer)
    ctx.state.say(
        f"{account.known.name(place.peer)} was called for: their program may ring",
        account=account.known,
    )
