"""The stream of one profile: connected as long as it is wanted, and nothing lost between.

Above this module nothing sees slixmpp: stanzas are elements with full names in Clark notation.
"""

import asyncio
import importlib
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from backendd.api.errors import (
    AuthenticationFailed,
    BackendError,
    InvalidJid,
    NotConnected,
    Timeout,
)
from backendd.api.tasks import Tasks
from backendd.core import clock, jid
from backendd.xmpp.account import Account, Listener, Resumption
from backendd.xmpp.answers import Answers
from backendd.xmpp.backoff import Backoff, pause
from backendd.xmpp.discovery import DiscoInfo, Discovery
from backendd.xmpp.encoding import encode
from backendd.xmpp.faults import Moved, Replaced, StanzaError, parse_host
from backendd.xmpp.keepalive import keep_alive
from backendd.xmpp.names import PING_NS, SM_NS
from backendd.xmpp.requests import Handler, Kind, Requests
from backendd.xmpp.sending import Record, Sender
from backendd.xmpp.session import Session
from backendd.xmpp.sessions import Sessions
from backendd.xmpp.states import Move, State, step

if TYPE_CHECKING:  # slixmpp is loaded with the first connection, not before
    from backendd.xmpp.wire import Wire

log = logging.getLogger(__name__)

# A connection that held this long has proved itself: the next failure is a new one.
STABLE_S = 30.0
CLOSE_S = 2.0
REDIRECTS = 5
_PING = f"{{{PING_NS}}}ping"
_FINAL = (AuthenticationFailed, Replaced, InvalidJid)


class Stream:
    """Connects, secures, authenticates, resumes, backs off, keeps alive, guards."""

    def __init__(
        self,
        account: Account,
        listener: Listener,
        *,
        tasks: Tasks | None = None,
        resumption: Resumption | None = None,
        keepalive_s: float = 40.0,
        backoff_max_s: float = 300.0,
        patience_s: float = 10.0,
    ) -> None:
        """Take `resumption` from the database of an earlier process.

        `patience_s` bounds each single wait for the server while connecting.
        """
        self.account = account
        self.features: set[str] = set()
        self.state = State.OFFLINE
        self.last_error: BackendError | None = None
        self.next_attempt_us = 0
        self._listener = listener
        self._tasks = tasks or Tasks()
        self._keepalive_s = keepalive_s
        self._patience_s = patience_s
        self._backoff = Backoff(backoff_max_s)
        self._sender = Sender(self._tasks, self._ask)
        self._requests = Requests(self._tasks, self.send, lambda: self.full_jid)
        self._discovery = Discovery(lambda to, payload: self.request("get", to, payload))
        self._answers = Answers(self._requests, self.features)
        self._sessions = Sessions(
            listener, self._tasks, self._sender, self._requests.route, self._replaced, resumption
        )
        self._supervisor: asyncio.Task[None] | None = None
        self._outcome: asyncio.Future[BackendError | None] | None = None
        self._hurry = asyncio.Event()
        self._preferred: tuple[str, int] | None = None
        self._redirects = 0
        self._pinging = False

    @property
    def full_jid(self) -> str:
        """The address the server gave us, the bare one before it did."""
        session = self._sessions.current
        return session.full_jid if session else jid.bare(self.account.jid)

    @property
    def sm_id(self) -> str:
        """The name of the current session, empty without one."""
        session = self._sessions.current
        return session.sm_id if session else ""

    @property
    def server_features(self) -> frozenset[str]:
        """What server and account answered to `disco` in this session."""
        own = jid.parse(self.account.jid)
        known = [self._discovery.known(each) for each in (own.domain, own.bare)]
        return frozenset().union(*(info.features for info in known if info))

    @property
    def max_bytes(self) -> int:
        """The largest stanza the server takes."""
        return self._sender.max_bytes

    def holds(self, sm_id: str, number: int) -> bool:
        """Return whether that stanza is kept in memory and will be written again if need be."""
        session = self._sessions.current
        return session is not None and session.sm_id == sm_id and session.outgoing.holds(number)

    # Coming and going.

    async def connect(self) -> None:
        """Return when online.

        Raises why it isn't: after `AuthenticationFailed` nothing more is tried, after anything
        else it goes on trying in the background. While waiting, this tries at once.
        """
        if self.state == State.ONLINE:
            return
        if self._outcome is None or self._outcome.done():
            self._outcome = asyncio.get_running_loop().create_future()
        outcome = self._outcome
        if self.state == State.WAITING:
            self._hurry.set()
        if self._supervisor is None or self._supervisor.done():
            name = f"stream of {self.account.jid}"
            self._supervisor = self._tasks.start(self._supervise(), name=name)
        error = await asyncio.shield(outcome)
        if error is not None:
            raise error

    async def disconnect(self, *, resumable: bool = False) -> None:
        """Return when offline: what came is stored and acknowledged, what went was written.

        A `resumable` session stays with the server, for the next process.
        """
        if self.state == State.ONLINE:
            await self._sender.flush(CLOSE_S)
        supervisor, self._supervisor = self._supervisor, None
        if supervisor is not None:
            supervisor.cancel()
            await asyncio.gather(supervisor, return_exceptions=True)
        await self._sessions.prepare()
        await self._close(resumable)
        if resumable:
            self._replaced()
        else:
            self._sessions.end()
        if self.state not in (State.OFFLINE, State.LOCKED):
            self._enter(Move.LEFT)
        self._report(NotConnected("the connection was given up"))

    async def drop(self) -> None:
        """Abort the connection; it will be made anew, and resumed."""
        wire = self._wire
        if wire is not None:
            wire.fail(NotConnected("the connection was dropped"))
            await wire.wait_closed()

    # Sending.

    def send(self, stanza: Element) -> None:
        """Send one stanza; `NotConnected` while not online, `TooLarge` above `max_bytes`."""
        self._sender.send(encode(stanza))

    async def send_batch(self, stanzas: Sequence[Element | bytes], record: Record) -> None:
        """Send stanzas in order once `record(sm_id, first_number)` has stored their numbers.

        Their numbers are consecutive. When it raises, nothing was written, and neither
        `record` had any effect; after that they are in flight whatever happens.
        """
        encoded = [each if isinstance(each, bytes) else encode(each) for each in stanzas]
        if encoded:
            await self._sender.send_batch(encoded, record)

    async def request(
        self, kind: Kind, to: str | None, payload: Element, *, timeout: float = 15.0
    ) -> Element:
        """Return the iq that answers `payload`; `to` None asks our own account.

        Raises `NotConnected`, `Timeout`, `TooLarge`, `StanzaError`.
        """
        return await self._requests.request(kind, to, payload, timeout=timeout)

    def on_request(self, kind: Kind, tag: str, handler: Handler) -> None:
        """Let `handler` answer iq stanzas of others with a child `tag`; None is an empty result."""
        self._requests.on_request(kind, tag, handler)

    async def disco(self, to: str) -> DiscoInfo:
        """Return what `to` can do, asked once in a session; raises what `request` does."""
        return await self._discovery.info(to)

    # The life of the connection.

    @property
    def _wire(self) -> "Wire | None":
        session = self._sessions.current
        return session.wire if session else None

    async def _supervise(self) -> None:
        while True:
            self._hurry.clear()
            self._enter(Move.WANTED)
            resumed, error = await self._attempt()
            if error is None:
                error = await self._stay(resumed=resumed)
            follows = isinstance(error, Moved) and self._redirects < REDIRECTS
            if isinstance(error, Moved) and follows:
                self._preferred = (error.host, error.port)
                self._redirects += 1
                self._hurry.set()
            if isinstance(error, _FINAL):
                self._enter(Move.REFUSED, error)
                self._report(error)
                return
            delay = self._backoff.next()
            self._enter(Move.FAILED, error, delay)
            if not follows:
                self._redirects = 0
                self._report(error)
            await pause(delay, self._hurry)

    async def _attempt(self) -> tuple[bool, BackendError | None]:
        try:
            return await self._establish(), None
        except BackendError as error:
            log.info("%s: no connection: %s", self.account.jid, error)
            return False, error
        except Exception:
            # Only a bug gets here; the profile must not stay offline because of it.
            log.exception("connecting failed")
            return False, BackendError("connecting failed for an internal reason; see the log")

    async def _establish(self) -> bool:
        await self._sessions.prepare()
        await asyncio.to_thread(importlib.import_module, "backendd.xmpp.login")
        from backendd.xmpp.login import Login

        location = self._sessions.location
        preferred = self._preferred or (parse_host(location) if location else None)
        self._preferred = None
        login = Login(self.account, self._patience_s, self._listener.scram_offered)
        shake = await login.run(preferred)
        try:
            return await self._sessions.open(shake, self.account.resource)
        except BaseException:
            self._sender.detach()
            shake.wire.abort()
            raise

    async def _stay(self, *, resumed: bool) -> BackendError:
        wire = self._wire
        assert wire is not None
        began = asyncio.get_running_loop().time()
        self._redirects = 0
        self._enter(Move.ESTABLISHED)
        self._report(None)
        setup = self._tasks.start(self._set_up(resumed), name="session setup")
        watch = self._tasks.start(keep_alive(wire, self._ping, self._keepalive_s), name="keepalive")
        try:
            await wire.wait_closed()
        finally:
            self._sender.detach()
            setup.cancel()
            watch.cancel()
        if asyncio.get_running_loop().time() - began > STABLE_S:
            self._backoff.reset()
        session = self._sessions.current
        if session is not None and not session.resumable:
            await self._sessions.prepare()
            self._sessions.end()
        return wire.reason or NotConnected("the connection is gone")

    async def _set_up(self, resumed: bool) -> None:
        try:
            await self._listener.session_started(resumed=resumed)
        except (NotConnected, Timeout) as error:
            log.info("%s: the session wasn't set up: %s", self.account.jid, error)

    async def _close(self, resumable: bool) -> None:
        session = self._sessions.current
        wire = self._wire
        if session is None or wire is None or wire.closed.done():
            return
        # What comes from now on wouldn't be acknowledged: the server keeps it for later.
        wire.deliver = _ignore
        session.tell()
        if not resumable:
            session.resumable = False
            wire.write(wire.stream_footer.encode())
        elif wire.transport is not None:
            wire.transport.close()
        await asyncio.wait([wire.closed], timeout=CLOSE_S)
        wire.abort()
        await wire.wait_closed()

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

    def _replaced(self) -> None:
        self._requests.fail(NotConnected("the session with the server is over"))
        self._discovery.forget()

    # Asking what the server has.

    def _ask(self) -> None:
        session = self._sessions.current
        if session is None or session.wire is None:
            return
        if session.managed:
            session.wire.write(f'<r xmlns="{SM_NS}"/>'.encode())
        elif not self._pinging:
            self._pinging = True
            self._tasks.start(self._ask_by_ping(session), name="ask by ping")

    async def _ask_by_ping(self, session: Session) -> None:
        # An answer to what was sent after them proves that the server took them.
        number = session.outgoing.last
        try:
            await self._ping_server()
        except BackendError:
            return
        finally:
            self._pinging = False
        if session is self._sessions.current and session.outgoing.holds(number):
            session.acknowledged(number)
        self._sender.ask_soon()

    def _ping(self) -> None:
        self._tasks.start(self._ping_quietly(), name="ping")

    async def _ping_quietly(self) -> None:
        try:
            await self._ping_server()
        except BackendError as error:
            log.debug("%s: a ping got no answer: %s", self.account.jid, error)

    async def _ping_server(self) -> None:
        try:
            await self.request("get", jid.parse(self.account.jid).domain, Element(_PING))
        except StanzaError:
            return  # an answer as good as any


def _ignore(element: Element, cut: bool) -> None:
    """Take what comes while the stream closes."""
