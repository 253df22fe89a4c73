"""The daemon that does the work: bringing it back."""

from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.sentences import tr

_STARTING = tr("starting the backend")


@command("start-backend")
async def start_backend(ctx: Context) -> None:
    """Start the backend again where it has stopped; what you typed meanwhile is still there."""
    if ctx.state.is_attached:
        ctx.state.say(tr("the backend runs already"))
        return
    ctx.state.say(_STARTING, about=_STARTING)
    try:
        await ctx.accounts.backend.start()
    finally:
        ctx.state.settle(_STARTING)
    await ctx.until(lambda: ctx.state.is_attached)
    ctx.state.hint(tr("the backend runs again"), lambda: ctx.state.is_attached)
