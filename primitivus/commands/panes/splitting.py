"""Making two panes of one, each with a conversation."""

from primitivus.commands.arguments.people import PeerJid, ProfileName
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.messages.conversations import opened, visit
from primitivus.commands.panes.panes import go
from primitivus.sentences import tr


@command("split", aliases=("sp",))
async def split(
    ctx: Context, peer: PeerJid | None = None, profile: ProfileName | None = None
) -> None:
    """Show two panes, one above the other; in the new one somebody else, if one is named.

    Two are the most: where there are two already, they are placed so. Who is named and shows in one
    of them is gone to there; anybody else shows in the one with the focus.
    """
    await _split(ctx, peer, profile, is_beside=False)


@command("vsplit", aliases=("vs",))
async def vsplit(
    ctx: Context, peer: PeerJid | None = None, profile: ProfileName | None = None
) -> None:
    """Show two panes, side by side; in the new one somebody else, if one is named.

    Two are the most: where there are two already, they are placed so. Who is named and shows in one
    of them is gone to there; anybody else shows in the one with the focus.
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
    is_replaced = was_split and place is not None and not shown
    replaced = _name(ctx) if is_replaced else ""
    if peer and place is not None:
        await visit(ctx, place, peer, profile)
    if replaced:
        # That they are turned as well can be seen.
        ctx.state.say(tr("two panes at most: :back shows {name} again", name=replaced))
    elif was_split and is_turned:
        ctx.state.say(_told(layout.placed(ctx.settings).why, is_beside=is_beside))


def _name(ctx: Context) -> str:
    """Return what to call what the pane with the focus shows; "" where it shows nothing."""
    pane = ctx.state.layout.main
    peer = pane.place.peer
    return pane.caption or (ctx.state.at(pane.place).title(peer) if peer else "")


def _told(why: str, *, is_beside: bool) -> str:
    """Return how two stand now, or `why` but one of them shows."""
    if why:
        return tr("two panes at most; {why}: :focus other goes to the other one", why=why)
    return (
        tr("two panes at most: they stand side by side now")
        if is_beside
        else tr("two panes at most: they stand one above the other now")
    )
