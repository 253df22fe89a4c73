"""Doing something for the user, who is told what goes wrong."""

import logging
from collections.abc import Awaitable, Callable

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError, ElsewhereCommand
from primitivus.commands.ways import way_to

log = logging.getLogger(__name__)


async def guard(ctx: Context, work: Callable[[], Awaitable[None]]) -> bool:
    """Do something for the user; say in the status line what goes wrong, and return False then."""
    state = ctx.state
    try:
        await work()
    except ElsewhereCommand as error:
        state.complain(f"{error.sentence}; {way_to(ctx, error)}", about=type(error).__name__)
    except CommandError as error:
        state.complain(error.sentence, about=type(error).__name__)
    except (BackendError, LinkError) as error:
        kind = type(error).__name__
        state.complain(str(error) or kind, about=kind)
    except Exception:
        log.exception("a command failed")
        state.complain("something failed inside primitivus; its log file tells more")
    else:
        return True
    return False
