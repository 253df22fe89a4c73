"""Asking with a form until what was filled in has been taken."""

from collections.abc import Awaitable, Callable

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from primitivus.commands.context import Context
from primitivus.model.area import Area
from primitivus.model.popup import Dialog, Field

Use = Callable[[dict[str, str]], Awaitable[None]]


async def fill_in(ctx: Context, dialog: Dialog, use: Use) -> bool:
    """Ask until `use` takes the answer without an error; False if the user leaves."""
    while True:
        values = await ctx.ask(dialog)
        if values is None:
            return False
        try:
            await use(dict(values))
        except (BackendError, LinkError) as error:
            dialog.complain(str(error))
            ctx.state.changed(Area.VIEW)
        else:
            ctx.state.close_popup()
            return True


async def confirm(ctx: Context, title: str, text: str) -> bool:
    """Return whether the user says yes; leaving and Enter alone are no."""
    dialog = Dialog(
        title=title,
        text=text,
        fields=[Field("sure", "Sure? y/N", is_optional=True)],
        button="Answer",
    )
    values = await ctx.ask(dialog)
    ctx.state.close_popup()
    return values is not None and values["sure"].strip().lower() in ("y", "yes")
