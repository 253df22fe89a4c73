"""Doing something for the user, who is told what goes wrong."""

import logging
from collections.abc import Awaitable, Callable
from contextlib import nullcontext

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from primitivus.commands.asking.ways import way_to
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError, ElsewhereCommand, NothingFound, PartlyDone
from primitivus.commands.overdue import said_when_late
from primitivus.commands.panes.marked_row import whose_row
from primitivus.commands.registry import SIGNS, Invocation
from primitivus.commands.typing.repeating import run_recorded
from primitivus.model.accounts.acting import acting_as
from primitivus.sentences import tr

log = logging.getLogger(__name__)


async def guard(ctx: Context, work: Callable[[], Awaitable[None]]) -> Exception | None:
    """Do something for the user; what goes wrong is said in the status line, and returned."""
    try:
        await work()
    except Exception as error:
        about, said = _told(ctx, error)
        ctx.state.answer(said, about=about, is_error=not isinstance(error, NothingFound))
        return error
    return None


async def run_guarded(ctx: Context, line: str, parse: Callable[[], Invocation]) -> Exception | None:
    """Run a command as `guard` does; that it takes long is said as well.

    One whose line is about the marked row acts as the account of that.
    """
    whose = whose_row(ctx, line)

    async def work() -> None:
        invocation = parse()
        with said_when_late(ctx.state, invocation.command.name):
            await run_recorded(invocation, ctx)

    with acting_as(whose) if whose else nullcontext():
        return await guard(ctx, work)


def left_of(line: str, error: Exception | None) -> str:
    """Return the command line for what is left to be done of one: all of it, or a part."""
    if not isinstance(error, PartlyDone):
        return line if error is not None else ""
    sign = line[0] if line[0] in SIGNS else ""
    return f"{sign}{error.left}" if error.left else ""


def _told(ctx: Context, error: Exception) -> tuple[str, str]:
    """Return what a sentence about this is tied to, and the sentence."""
    kind = type(error).__name__
    if isinstance(error, ElsewhereCommand):
        return kind, f"{error.sentence}; {way_to(ctx, error)}"
    if isinstance(error, NothingFound):
        return "", error.sentence
    if isinstance(error, CommandError):
        return kind, error.sentence
    if isinstance(error, (BackendError, LinkError)):
        return kind, str(error) or kind
    log.error("a command failed", exc_info=error)
    return "", tr("something failed inside primitivus; its log file tells more")
