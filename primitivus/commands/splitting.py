"""Making two panes of one, each with a conversation."""

from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.conversations import opened, visit
from primitivus.commands.people import PeerJid, ProfileName


@command("split", aliases=("sp",))
async def split(
    ctx: Context, peer: PeerJid | None = None, profile: ProfileName | None = None
) -> None:
    """Show two panes, one above the other; in the new one somebody else, if one is named."""
    await _split(ctx, peer, profile, is_beside=False)


@command("vsplit", aliases=("vs",))
async def vsplit(
    ctx: Context, peer: PeerJid | None = None, profile: ProfileName | None = None
) -> None:
    """Show two panes, side by side; in the new one somebody else, if one is named."""
    await _split(ctx, peer, profile, is_beside=True)


async def _split(ctx: Context, peer: str | None, profile: str | None, *, is_beside: bool) -> None:
    # Where nobody is called so, there is nothing to show in a second pane.
    place = await opened(ctx, peer, profile) if peer else None
    ctx.state.layout.split(is_beside=is_beside)
    ctx.moved(ctx.state.layout.place)
    if peer and place is not None:
        await visit(ctx, place, peer, profile)
