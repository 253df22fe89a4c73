"""What runs for a command, as programs do: it is shown, and the user can end it."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

from backendd.api.tasks import Tasks
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.sentences import tr

T = TypeVar("T")
_ABOUT = "program"
_NOTHING = tr("nothing is sent")


async def endable(
    ctx: Context, what: str, work: Coroutine[None, None, T], *, so: str = _NOTHING
) -> T:
    """Return what comes of running a program, which is said meanwhile, with the key that ends it.

    CommandError where the user ended it, which says what is `so` then.
    """
    tasks = Tasks()
    running = tasks.start(_outcome(work), name=f"run {what}")
    ctx.running.append(running.cancel)
    progress(ctx, tr('"{what}" runs', what=what))
    try:
        await asyncio.wait([running])
        if running.cancelled():
            raise CommandError(tr('"{what}" was ended; {so}', what=what, so=so))
        outcome = running.result()
        if isinstance(outcome, CommandError):
            raise outcome
        return outcome
    finally:
        ctx.running.remove(running.cancel)
        ctx.state.settle(_ABOUT)
        await tasks.stop()


def progress(ctx: Context, said: str) -> None:
    """Say how far what runs has got, with the key that ends it."""
    ctx.state.say(
        tr("{said}: {key} ends it", said=said, key=ctx.key_for("cancel") or ":cancel"), about=_ABOUT
    )


async def _outcome(work: Coroutine[None, None, T]) -> T | CommandError:
    """Return what comes of it, or what went wrong, which is told where it is waited for."""
    try:
        return await work
    except CommandError as error:
        return error
