"""As which account a command acts that is about a row of a list over all accounts."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_acting: ContextVar[tuple[asyncio.Task[object] | None, str] | None] = ContextVar(
    "acting", default=None
)


@contextmanager
def acting_as(account: str) -> Iterator[None]:
    """Have what is done here be done as the account of this name; empty: as the one in use."""
    token = _acting.set((asyncio.current_task(), account) if account else None)
    try:
        yield
    finally:
        _acting.reset(token)


def acting() -> str:
    """Return as which account that is; empty: as the one in use.

    What a command starts besides, as the next frame, is not the command.
    """
    known = _acting.get()
    return known[1] if known is not None and known[0] is asyncio.current_task() else ""
