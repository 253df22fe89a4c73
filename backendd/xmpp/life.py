"""The life of a connection: made, kept, lost, made again, until it is no longer wanted."""

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from backendd.api.errors import (
    AuthenticationFailed,
    BackendError,
    InvalidJid,
    NotConnected,
    StorageError,
    Timeout,
)
from backendd.api.tasks import Tasks
from backendd.core import clock
from backendd.xmpp import leaving
from backendd.xmpp.account import Account, Listener, Resumption
from backendd.xmpp.backoff import Backoff, pause
from backendd.xmpp.bindings import Bindings
from backendd.xmpp.connecting import Connecting
from backendd.xmpp.faults import Replaced
from backendd.xmpp.keepalive import keep_alive
from backendd.xmpp.sending import Sender
from backendd.xmpp.states import Move, State, step

if TYPE_CHECKING:  # slixmpp is loaded with the first connection, not before
    from backendd.xmpp.wire import Wire

log = logging.getLogger(__name__)

# A connection that held this long has proved itself: the next failure is a new one.
STABLE_S = 30.0
# Disconnecting must end, even where a disk hangs.
LAST_COMMIT_S = 10.0
REFUSED_FIRST_S, REFUSED_MAX_S = 240.0, 1800.0
_FINAL = (AuthenticationFailed, Replaced, InvalidJid)


class Life:
    """Connects by `account`, tells `listener`, and tries again where that makes sense.

    `account` is read at each attempt; `probe` makes a quiet server say something.
    """

    def __init__(
        self,
        account: Callable[[], Account],
        connecting: Connecting,
        listener: Listener,
        tasks: Tasks,
        sender: Sender,
        bindings: Bindings,
        probe: Callable[[], None],
        *,
        keepalive_s: float,
        backoff_max_s: float,
    ) -> None:
        self.state = State.OFFLINE
        self.last_error: BackendError | None = None
        self.next_attempt_us = 0
        self._account = account
        self._connecting = connecting
        self._listener = listener
        self._tasks = tasks
        self._sender = sender
        self._bindings = bindings
        self._probe = probe
        self._keepalive_s = keepalive_s
        self._backoff = Backoff(backoff_max_s)
        self._refused = Backoff(REFUSED_MAX_S, first_s=REFUSED_FIRST_S)
        self._supervisor: asyncio.Task[None] | None = None
        self._outcome: asyncio.Future[BackendError | None] | None = None
        self._hurry = asyncio.Event()

    async def connect(self) -> None:
        """Return when online.

        Raises why it isn't: after `AuthenticationFailed` with a password that never worked nothing
        more is tried, after anything else it goes on trying in the background. While waiting, this
        tries at once.
        """
        if self.state == State.ONLINE:
            return
        if self._outcome is None or self._outcome.done():
            self._outcome = asyncio.get_running_loop().create_future()
        outcome = self._outcome
        self.hurry()
        if self._supervisor is None or self._supervisor.done():
            name = f"stream of {self._jid}"
            self._supervisor = self._tasks.start(self._supervise(), name=name)
        error = await asyncio.shield(outcome)
        if error is not None:
            raise error

    def hurry(self) -> None:
        """Make the attempt that is waited for at once."""
        if self.state == State.WAITING:
            self._hurry.set()

    async def disconnect(self, *, resumable: bool = False) -> Resumption | None:
        """Return when offline: what came is stored and acknowledged, what went was written.

        See `leaving.leave` for a `resumable` binding, and for what is returned.
        """
        if self.state == State.ONLINE:
            await self._sender.flush(leaving.CLOSE_S)
        supervisor, self._supervisor = self._supervisor, None
        if supervisor is not None:
            supervisor.cancel()
            await asyncio.gather(supervisor, return_exceptions=True)
        await self._come_to_rest(LAST_COMMIT_S)
        left = await leaving.leave(self._bindings.held, resumable=resumable)
        if self.state is not State.OFFLINE:
            self._enter(Move.LEFT)
        self._report(NotConnected("the connection was given up"))
        return left

    async def drop(self, reason: BackendError | None = None) -> None:
        """Abort the connection for this `reason`; it will be made anew, and resumed."""
        wire = self._wire
        if wire is not None:
            wire.fail(reason or NotConnected("the connection was dropped"))
            await wire.wait_closed()

    @property
    def _jid(self) -> str:
        return self._account().jid

    @property
    def _wire(self) -> "Wire | None":
        binding = self._bindings.held.current
        return binding.wire if binding else None

    async def _supervise(self) -> None:
        while True:
            self._hurry.clear()
            self._enter(Move.WANTED)
            resumed, error = await self._connecting.attempt()
            if error is None:
                error = await self._stay(resumed=resumed)
            follows = self._connecting.follows(error)
            if follows:
                self._hurry.set()
            error, delay = self._judge(error)
            if delay is None:
                await self._give_up(error)
                self._enter(Move.REFUSED, error)
                self._report(error)
                return
            self._enter(Move.FAILED, error, delay)
            if not follows:
                self._report(error)
            await pause(delay, self._hurry)

    def _judge(self, error: BackendError) -> tuple[BackendError, float | None]:
        """Return what to say of `error`, and how long to wait; None where nothing can come of it.

        A server whose accounts are in trouble refuses a password that worked before as well. One
        that means it may count how often it is asked.
        """
        if isinstance(error, AuthenticationFailed) and self._account().password_worked:
            said = f"{error}; the password has worked before, so it is tried again now and then"
            return AuthenticationFailed(said), self._refused.next()
        return error, None if isinstance(error, _FINAL) else self._backoff.next()

    async def _stay(self, *, resumed: bool) -> BackendError:
        wire = self._wire
        assert wire is not None
        began = asyncio.get_running_loop().time()
        self._connecting.succeeded()
        self._refused.reset()
        self._enter(Move.ESTABLISHED)
        self._report(None)
        setup = self._tasks.start(self._set_up(resumed), name="session setup")
        watching = keep_alive(wire, self._probe, self._keepalive_s)
        watch = self._tasks.start(watching, name="keepalive")
        try:
            await wire.wait_closed()
        finally:
            self._sender.detach()
            setup.cancel()
            watch.cancel()
        if asyncio.get_running_loop().time() - began > STABLE_S:
            self._backoff.reset()
        self._bindings.disconnected(wire.reason)
        return wire.reason or NotConnected("the connection is gone")

    async def _set_up(self, resumed: bool) -> None:
        try:
            await self._listener.stream_started(resumed=resumed)
        except (NotConnected, Timeout) as error:
            log.info("%s: the session wasn't set up: %s", self._jid, error)
        except Exception as error:  # whatever it is: nobody would set it up later
            self._bindings.fail(error)

    async def _give_up(self, error: BackendError) -> None:
        await self._come_to_rest(LAST_COMMIT_S)
        if isinstance(error, Replaced):
            self._bindings.held.end()
        else:
            self._bindings.held.rest()

    async def _come_to_rest(self, seconds: float) -> None:
        try:
            await self._bindings.prepare(seconds)
        except StorageError as error:
            log.warning("%s: leaving without an acknowledgement: %s", self._jid, error)

    def _enter(self, move: Move, error: BackendError | None = None, delay: float = 0.0) -> None:
        self.state = step(self.state, move)
        self.next_attempt_us = 0
        if self.state == State.WAITING:
            self.next_attempt_us = clock.now_us() + int(delay * 1_000_000)
        if self.state != State.CONNECTING:
            self.last_error = error
        self._listener.state_changed(self.state, self.last_error, self.next_attempt_us)

    def _report(self, error: BackendError | None) -> None:
        outcome, self._outcome = self._outcome, None
        if outcome is not None and not outcome.done():
            outcome.set_result(error)
