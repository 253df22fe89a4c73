"""Making two panes of one, each with a conversation."""

from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.conversations import opened, visit
from primitivus.commands.errors import CommandError
from primitivus.commands.panes import go
from primitivus.commands.people import PeerJid, ProfileName
from primitivus.sentences import tr

# What is said where there are two panes already.
_IN_THIS_ONE = tr("two panes at most: it shows in this one; :back shows what was here")


@command("split", aliases=("sp",))
async def split(
    ctx: Context, peer: PeerJid | None = None, profile: ProfileName | None = None
) -> None:
    """Show two panes, one above the other; in the new one somebody else, if one is named.

    Two are the most: where there are two already, they are placed so, and who is named shows in
    the one with the focus.
    """
    await _split(ctx, peer, profile, is_beside=False)


@command("vsplit", aliases=("vs",))
async def vsplit(
    ctx: Context, peer: PeerJid | None = None, profile: ProfileName | None = None
) -> None:
    """Show two panes, side by side; in the new one somebody else, if one is named.

    Two are the most: where there are two already, they are placed so, and who is named shows in
    the one with the focus.
    """
    await _split(ctx, peer, profile, is_beside=True)


async def _split(ctx: Context, peer: str | None, profile: str | None, *, is_beside: bool) -> None:
    # Where nobody is called so, there is nothing to show in a second pane.
    place = await opened(ctx, peer, profile) if peer else None
    layout = ctx.state.layout
    was_split, is_turned = layout.is_split, layout.is_beside != is_beside
    if was_split and not is_turned and place is None:
        raise CommandError(tr("two panes at most: :focus other goes to the other one"))
    layout.split(is_beside=is_beside)
    ctx.moved(layout.place)
    shown = [number for number, each in enumerate(layout.trails) if each.pane.place == place]
    if was_split and shown:
        # Who is named shows already: one goes there, and nothing has to give way.
        go(ctx, ("input", shown[0]))
    if peer and place is not None:
        await visit(ctx, place, peer, profile)
    if was_split and (is_turned or not shown):
        ctx.state.say(_told(is_beside=is_beside) if is_turned else _IN_THIS_ONE)


def _told(*, is_beside: bool) -> str:
    return (
        tr("two panes at most: they stand side by side now")
        if is_beside
        else tr("two panes at most: they stand one above the other now")
    )
