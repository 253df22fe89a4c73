"""How wide and high panes are, and lists that are folded away at the sides."""

from primitivus.commands.arguments.switches import switched
from primitivus.commands.arguments.types import Count, Switch
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.panes.panes import go_to
from primitivus.model.area import Area
from primitivus.model.panes.sizes import Side
from primitivus.model.screen.borders import Extent
from primitivus.model.screen.touch import Pulled
from primitivus.sentences import ntr, tr

_STEP: Count = 3


_NO_FURTHER: dict[Extent, tuple[str, str]] = {
    "columns": (
        tr("it gets no wider here: both sides keep what they can be read in"),
        tr("it gets no narrower here: both sides keep what they can be read in"),
    ),
    "rows": (
        tr("it gets no taller here: both sides keep what they can be read in"),
        tr("it gets no shorter here: both sides keep what they can be read in"),
    ),
}


@command("wider")
async def wider(ctx: Context, columns: Count = _STEP) -> None:
    """Make the pane or list with the focus wider: by three columns, or by as many as you say.

    What stands beside it gives them. It stays so when you quit.
    """
    _grow(ctx, "columns", columns)


@command("narrower")
async def narrower(ctx: Context, columns: Count = _STEP) -> None:
    """Make the pane or list with the focus narrower: by three columns, or by as many as you say."""
    _grow(ctx, "columns", -columns)


@command("taller")
async def taller(ctx: Context, rows: Count = _STEP) -> None:
    """Make a pane above or below another one taller: by three rows, or by as many as you say."""
    _grow(ctx, "rows", rows)


@command("shorter")
async def shorter(ctx: Context, rows: Count = _STEP) -> None:
    """Make a pane above or below another one shorter: by three rows, or by as many as you say."""
    _grow(ctx, "rows", -rows)


@command("resize")
async def resize(ctx: Context, size: Count) -> None:
    """Make the pane or list with the focus so many columns wide.

    Of two panes one above the other, it is so many rows high, with its title.
    """
    layout = ctx.state.layout
    extent: Extent = "rows" if layout.grips(ctx.settings, "rows") else "columns"
    now = layout.extent(ctx.settings, extent)
    if now is None:
        raise _alone("columns")
    if size != now and _grow(ctx, extent, size - now) != size - now:
        left = layout.extent(ctx.settings, extent) or 0
        raise CommandError(
            ntr(
                "{n} row is as near as it gets to {size} here",
                "{n} rows are as near as it gets to {size} here",
                left,
                size=size,
            )
            if extent == "rows"
            else ntr(
                "{n} column is as near as it gets to {size} here",
                "{n} columns are as near as it gets to {size} here",
                left,
                size=size,
            )
        )


@command("balance")
async def balance(ctx: Context) -> None:
    """Make two panes alike again, and lists as wide as they are by themselves."""
    layout = ctx.state.layout
    layout.sizes = layout.sizes.balanced()
    ctx.state.changed(Area.VIEW)


@command("drag")
async def drag(ctx: Context) -> None:
    """Move the border that was pressed with the mouse to where the button is let go."""
    pulled = ctx.spot.target if ctx.spot is not None else None
    if not isinstance(pulled, Pulled):
        raise CommandError(tr("this is for the mouse: pull the line between two panes with it"))
    if not ctx.state.layout.move_border(*pulled, ctx.settings):
        raise CommandError(tr("it goes no further: both sides keep what they can be read in"))
    ctx.state.changed(Area.VIEW)


@command("side")
async def side(ctx: Context, where: Side, switch: Switch = "toggle") -> None:
    """Fold the list at a side away, or show it again; the focus stays where it is.

    It stays so when you quit. Going to a list shows it as well: :conversations, :contacts and
    :occupants.
    """
    layout = ctx.state.layout
    focused = layout.list_called(layout.focus)
    if switched(switch, is_on=_is_seen(ctx, where)):
        _unfold(ctx, where)
    else:
        layout.fold(where)
        if focused is not None and focused.side == where:
            go_to(ctx, "input")
    ctx.state.changed(Area.VIEW)


def _unfold(ctx: Context, where: Side) -> None:
    layout = ctx.state.layout
    layout.fold(where, is_folded=False)
    if where == "left":
        ctx.change("conversations", True)
    listed = layout.side(where, ctx.settings)
    if listed is None:
        raise CommandError(tr("no list is wanted there: :contacts shows one"))
    if not _is_seen(ctx, where):
        raise CommandError(
            tr("there is no room for it beside the rest: :{place} goes there", place=listed.context)
        )


def _is_seen(ctx: Context, side: Side) -> bool:
    placing = ctx.state.layout.placed(ctx.settings)
    return (placing.left if side == "left" else placing.right) is not None


def _grow(ctx: Context, extent: Extent, by: int) -> int:
    """Make what has the focus larger or smaller; return by how much, or raise CommandError."""
    layout = ctx.state.layout
    grips = layout.grips(ctx.settings, extent)
    if not grips:
        raise _alone(extent)
    for border, sign in grips:
        if went := layout.move_border(border, sign * by, ctx.settings):
            ctx.state.changed(Area.VIEW)
            return sign * went
    raise CommandError(_NO_FURTHER[extent][by < 0])


def _alone(extent: Extent) -> CommandError:
    if extent == "rows":
        return CommandError(tr("nothing stands above or below this: :split makes two panes"))
    return CommandError(tr("nothing stands beside this here"))
