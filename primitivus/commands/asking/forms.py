"""Asking with a form until what was filled in has been taken."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.records import Form
from primitivus.commands.asking.media import Asker, as_files
from primitivus.commands.context import Context
from primitivus.model.accounts.account import Account
from primitivus.model.area import Area
from primitivus.model.popups import forms
from primitivus.model.popups.forms import SEND, Answers, Button, FormPopup
from primitivus.model.popups.key_question import CHOSEN, KeyQuestion, sure
from primitivus.model.popups.popup import Dialog
from primitivus.sentences import tr

Use = Callable[[dict[str, str]], Awaitable[None]]
UseAnswers = Callable[[Answers, Button], Awaitable[None]]

NOBODY = Asker()
NOTHING_DONE = tr("nothing was done")


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
    asker: Asker = NOBODY,
) -> bool:
    """Ask with a data form, as `fill_in`; `use` is told what was filled in, and how to go on.

    What was filled in for this `purpose` stays, but secrets, where the user leaves, and is there
    when they come back. False as well where they leave while it is handed over. `usual` is the
    place of the button that Enter in the last field means.
    """
    filled, problem = account.filled.get(purpose, {}), ""
    while True:
        account.filled.pop(purpose, None)
        async with as_files(form, asker.media) as shown:
            popup = forms.popup(shown, title, buttons, usual)
            popup.put(filled)
            popup.complain(problem)
            is_done = False
            try:
                is_done = await fill_in(ctx, popup, partial(_hand_over, popup, use, asker))
            except _PicturesUsedUp as refused:
                filled, problem = popup.lasting(), str(refused)
            else:
                return is_done and not popup.is_left
            finally:
                if not is_done and (kept := popup.kept()):
                    account.filled[purpose] = kept
        if popup.is_left or asker.anew is None:
            return False
        try:
            form = await asker.anew()
        except (BackendError, LinkError):
            ctx.state.close_popup()
            raise


class _PicturesUsedUp(Exception):
    """What was filled in is refused, and the pictures of the form count no more."""


async def _hand_over(
    popup: FormPopup, use: UseAnswers, asker: Asker, values: dict[str, str]
) -> None:
    try:
        await use(popup.answers(), popup.pressed)
    except BackendError as error:
        if asker.anew is None or not popup.shows_pictures:
            raise
        raise _PicturesUsedUp(str(error)) from error


async def confirm(ctx: Context, title: str, text: str) -> bool:
    """Return whether the user says yes; leaving and Enter alone are no, and said to be."""
    is_sure = await choose(ctx, sure(title, text)) == "y"
    if not is_sure:
        ctx.state.say(NOTHING_DONE)
    return is_sure


async def choose(ctx: Context, asked: KeyQuestion) -> str:
    """Return the key of the answer that is chosen; of the usual one where the user leaves."""
    values = await ctx.ask(asked)
    ctx.state.close_popup()
    return values[CHOSEN] if values is not None else asked.choices[asked.usual].key
