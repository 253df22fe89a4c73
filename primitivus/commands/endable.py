"""Programs that run for a command: it is shown that they do, and the user can end them."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

from backendd.api.tasks import Tasks
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError

T = TypeVar("T")
_ABOUT = "program"


async def endable(ctx: Context, what: str, work: Coroutine[None, None, T]) -> T:
    """Return what comes of running a program, which is said meanwhile, with the key that ends it.

    CommandError where the user ended it.
    """
    tasks = Tasks()
    running = tasks.start(_outcome(work), name=f"run {what}")
    ctx.running.append(running.cancel)
    ctx.state.say(f"{what} runs: {ctx.key_for('cancel') or ':cancel'} ends it", about=_ABOUT)
    try:
        await asyncio.wait([running])
        if running.cancelled():
            raise CommandError(f"{what} was ended; nothing is sent")
        outcome = running.result()
        if isinstance(outcome, CommandError):
            raise outcome
        return outcome
    finally:
        ctx.running.remove(running.cancel)
        ctx.state.settle(_ABOUT)
        await tasks.stop()


async def _outcome(work: Coroutine[None, None, T]) -> T | CommandError:
    """Return what comes of it, or what went wrong, which is told where it is waited for."""
    try:
        return await work
    except CommandError as error:
        return error
