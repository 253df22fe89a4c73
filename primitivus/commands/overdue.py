"""Commands that are not done after a while: that is said, for as long as it is so."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from primitivus.model.state import State
from primitivus.sentences import tr

# What the backend does itself is done before, and most of what servers are asked for.
PATIENT_S = 3.0


class _Watch:
    """Says that a command is not done yet, where nothing else was said since it began.

    What the command starts besides, and whatever that is begun from, is not the command.
    """

    def __init__(self, state: State, command: str) -> None:
        self.task = asyncio.current_task()
        self._state = state
        self._command = command
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        before = self._state.notices.current
        self._timer = asyncio.get_running_loop().call_later(PATIENT_S, self._tell, before)

    def end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._state.notices.check()

    def _tell(self, before: object) -> None:
        if self._state.notices.current is before:
            said = tr("{command} is not done yet", command=f":{self._command}")
            self._state.hint(said, lambda: self._timer is not None)


# The one of the command that runs here.
_watching: ContextVar[_Watch | None] = ContextVar("_watching", default=None)


@contextmanager
def said_when_late(state: State, command: str) -> Iterator[None]:
    """Say after a while that a command is not done; of one that runs another, the other is said."""
    with patient():
        watch = _Watch(state, command)
        token = _watching.set(watch)
        watch.begin()
        try:
            yield
        finally:
            watch.end()
            _watching.reset(token)


@contextmanager
def patient() -> Iterator[None]:
    """Say nothing meanwhile, as where it is the user who is waited for."""
    watch = _watching.get()
    if watch is None or watch.task is not asyncio.current_task():
        yield
        return
    watch.end()
    try:
        yield
    finally:
        watch.begin()
