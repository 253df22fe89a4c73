"""What comes of work that runs beside other work: its result, or the error it ends with."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, ParamSpec, TypeVar

from backendd.api.errors import BackendError

T = TypeVar("T")
P = ParamSpec("P")


async def settled(
    work: Callable[P, Awaitable[T]], *args: P.args, **named: P.kwargs
) -> T | BackendError:
    """Return what comes of `work`: an error that a caller can act on is no failure of a task."""
    try:
        return await work(*args, **named)
    except BackendError as error:
        return error


def open_up(outcome: T | BackendError) -> T:
    """Return the result, or raise the error."""
    if isinstance(outcome, BackendError):
        raise outcome
    return outcome


async def stop(*tasks: asyncio.Task[Any]) -> None:
    """Cancel work that runs, and return when it has ended."""
    for each in tasks:
        each.cancel()
    await asyncio.wait(tasks)
