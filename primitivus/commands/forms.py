"""Asking with a form until what was filled in has been taken."""

from collections.abc import Awaitable, Callable, Sequence

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.records import Form
from primitivus.commands.context import Context
from primitivus.commands.media import Get, as_files, nothing_inside
from primitivus.model import forms
from primitivus.model.account import Account
from primitivus.model.area import Area
from primitivus.model.forms import SEND, Answers, Button
from primitivus.model.popup import Dialog, Field

Use = Callable[[dict[str, str]], Awaitable[None]]
UseAnswers = Callable[[Answers, Button], Awaitable[None]]


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


async def fill_in_form(
    ctx: Context,
    account: Account,
    form: Form,
    use: UseAnswers,
    *,
    purpose: str,
    title: str,
    buttons: Sequence[Button] = (SEND,),
    usual: int = 0,
    media: Get = nothing_inside,
) -> bool:
    """Ask with a data form, as `fill_in`; `use` is told what was filled in, and how to go on.

    What was filled in for this `purpose` stays, but secrets, where the user leaves, and is there
    when they come back. False as well where they leave while it is handed over. `usual` is the
    place of the button that Enter in the last field means. `media` gets what came inside of it.
    """
    async with as_files(form, media) as shown:
        popup = forms.popup(shown, title, buttons, usual)
        popup.put(account.filled.pop(purpose, {}))
        is_done = False
        try:
            is_done = await fill_in(ctx, popup, lambda _: use(popup.answers(), popup.pressed))
        finally:
            if not is_done and (kept := popup.kept()):
                account.filled[purpose] = kept
        return is_done and not popup.is_left


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
