"""What the backend tells while a command runs: its signals, and that it goes and comes."""

import gc
from collections.abc import AsyncIterator
from time import monotonic

from backendd.api.failures import DRIVER
from backendd.api.names import BUS_NAME, ROOT_PATH
from backendd.api.subscriptions import MatchRule, Signal
from jp.failures import NOT_RUNNING, Failure
from jp.session import STOPPED, Session

_DRIVER_PATH = "/org/freedesktop/DBus"


class Events:
    """Signals of the backend, all of them, from when it was begun."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @classmethod
    async def begin(cls, session: Session) -> "Events":
        """Return what is told from now on."""
        await session.link.subscribe(MatchRule(sender=BUS_NAME, path_namespace=ROOT_PATH))
        return await cls.of_itself(session)

    @classmethod
    async def of_itself(cls, session: Session) -> "Events":
        """Return what is told from now on of that the backend goes and comes, and nothing else."""
        gc.enable()  # this may go on for days
        rule = MatchRule(
            DRIVER, _DRIVER_PATH, interface=DRIVER, member="NameOwnerChanged", arg0=BUS_NAME
        )
        await session.link.subscribe(rule)
        return cls(session)

    async def within(self, limit_s: float | None) -> AsyncIterator[Signal | None]:
        """Yield None at once, so that what is so is looked at, then signals until time is over.

        Raises BusLost. The backend went where `is_gone` says so of a signal.
        """
        until = None if limit_s is None else monotonic() + limit_s
        yield None
        while True:
            left = None if until is None else max(0.0, until - monotonic())
            signal = await self._session.link.signal(left)
            if signal is None:
                return
            yield signal


def require_backend(signal: Signal | None, what: str) -> None:
    """Raise Failure where a signal says that the backend has gone; `what` goes on later."""
    if signal is not None and is_gone(signal):
        raise Failure(f"{STOPPED}; {what} when it is back", NOT_RUNNING)


def is_gone(signal: Signal) -> bool:
    """Return whether a signal says that the backend has gone."""
    return signal.member == "NameOwnerChanged" and not signal.args[2]


def is_back(signal: Signal) -> bool:
    """Return whether a signal says that a backend is there."""
    return signal.member == "NameOwnerChanged" and bool(signal.args[2])
