"""The stream of one profile: connected as long as it is wanted, and nothing lost between.

Above this module nothing sees slixmpp: stanzas are elements with full names in Clark notation.
"""

import contextlib
import dataclasses
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, NotConnected, StorageError
from backendd.api.tasks import Tasks
from backendd.core import capabilities, jid
from backendd.core.encoding import encode
from backendd.xmpp.account import Account, Listener, Resumption
from backendd.xmpp.answers import Answers
from backendd.xmpp.asking import Asking
from backendd.xmpp.binding import Binding
from backendd.xmpp.bindings import Bindings
from backendd.xmpp.connecting import Connecting
from backendd.xmpp.held import Held
from backendd.xmpp.life import Life
from backendd.xmpp.names import STANZAS
from backendd.xmpp.requests import Handler, IqType, Requests, Settle
from backendd.xmpp.sending import Record, Sender
from backendd.xmpp.states import State

PATIENCE_S = 10.0

LARGE_S = 60.0
"""So long a server may be busy with one answer."""


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
        patience_s: float | None = None,
    ) -> None:
        """Take `resumption` from the database of an earlier process.

        `patience_s` (or `PATIENCE_S`) bounds each single wait for the server while connecting.
        """
        self.account = account
        self.features: set[str] = set()
        self._listener = listener
        tasks = tasks or Tasks()
        domain = jid.received(account.jid).domain
        self._sender = Sender(tasks, self._ask)
        self._requests = Requests(tasks, self.send, lambda: self.full_jid, self._failed)
        self._answers = Answers(self._requests, self.features)
        self._asking = Asking(tasks, self._requests, domain, self._current, self._sender.ask_soon)
        self._held = Held(resumption, self._replaced)
        self._bindings = Bindings(
            listener, tasks, self._sender, self._held, self._requests.route, self._requests.settles
        )
        connecting = Connecting(
            lambda: self.account,
            self._logged_in,
            self._sender,
            self._bindings,
            patience_s or PATIENCE_S,
        )
        self._life = Life(
            lambda: self.account,
            connecting,
            listener,
            tasks,
            self._sender,
            self._bindings,
            self._asking.probe,
            keepalive_s=keepalive_s,
            backoff_max_s=backoff_max_s,
        )

    @property
    def state(self) -> State:
        """Where the connection stands."""
        return self._life.state

    @property
    def last_error(self) -> BackendError | None:
        """Why it isn't online, or why the last attempt failed."""
        return self._life.last_error

    @property
    def next_attempt_us(self) -> int:
        """When it is tried again; 0 but while waiting."""
        return self._life.next_attempt_us

    @property
    def full_jid(self) -> str:
        """The address the server gave us, the bare one before it did."""
        binding = self._held.current
        return binding.full_jid if binding else jid.received(self.account.jid).bare

    @property
    def sm_id(self) -> str:
        """The name of the current binding, empty without one."""
        binding = self._held.current
        return binding.sm_id if binding else ""

    @property
    def capabilities(self) -> Element:
        """What an available presence says of what we can do (XEP-0115)."""
        return capabilities.announce(self._answers.info)

    @property
    def max_bytes(self) -> int:
        """The largest stanza the server takes."""
        return self._sender.max_bytes

    def offers(self, tag: str) -> bool:
        """Return whether the stream was opened with `tag` among its features (RFC 6120 4.3.2)."""
        return tag in self._bindings.offered

    async def connect(self) -> None:
        """Return when online.

        Raises why it isn't: after `AuthenticationFailed` with a password that never worked nothing
        more is tried, after anything else it goes on trying in the background. While waiting, this
        tries at once.
        """
        await self._life.connect()

    def renew(self, account: Account) -> None:
        """Use `account` from the next attempt on, which is made at once where it is waited for."""
        self.account = account
        self._life.hurry()

    async def disconnect(self, *, resumable: bool = False) -> Resumption | None:
        """Return when offline: what came is stored and acknowledged, what went was written.

        A `resumable` binding stays with the server, for the next process. What is returned is what
        the next has to know: of a binding whose end the server did not hear its resource.
        """
        return await self._life.disconnect(resumable=resumable)

    async def drop(self, reason: BackendError | None = None) -> None:
        """Abort the connection for this `reason`; it will be made anew, and resumed."""
        await self._life.drop(reason)

    def send(self, stanza: Element) -> None:
        """Send one stanza; `NotConnected` while not online, `TooLarge` above `max_bytes`.

        Other elements go out as well; they aren't numbered and don't survive an abort.
        """
        if stanza.tag in STANZAS:
            self._sender.send(encode(stanza))
        else:
            self._sender.send_unnumbered(encode(stanza))

    async def send_batch(
        self, stanzas: Sequence[Element | bytes], record: Record, *, alone: bool = False
    ) -> None:
        """Send stanzas in order once `record(sm_id, first_number)` has stored their numbers.

        Their numbers are consecutive. When it raises, nothing was written, and neither
        `record` had any effect; after that they are in flight whatever happens. `alone`: with
        nothing else in flight.
        """
        encoded = [each if isinstance(each, bytes) else encode(each) for each in stanzas]
        if encoded:
            await self._sender.send_batch(encoded, record, alone=alone)

    async def request(
        self,
        kind: IqType,
        to: str | None,
        payload: Element,
        *,
        timeout: float = 15.0,
        settle: Settle | None = None,
    ) -> Element:
        """Return the iq that answers `payload`; `to` None asks our own account.

        It goes to the listener as well where there is something to `settle` by it. Raises
        `NotConnected`, `Timeout`, `TooLarge`, `StanzaError`.
        """
        return await self._requests.request(kind, to, payload, timeout=timeout, settle=settle)

    async def request_large(self, kind: IqType, to: str | None, payload: Element) -> Element:
        """Return the iq that answers what may take `LARGE_S`, as `request` does.

        A server that does one thing after the other says nothing else meanwhile: of our own that
        is no sign that the connection is dead.
        """
        domain = jid.received(self.account.jid).domain
        binding, asked = self._current(), jid.received(to).domain if to else domain
        is_ours = f".{asked}".endswith(f".{domain}")
        wire = binding.wire if binding is not None and is_ours else None
        with wire.pulse.busy() if wire is not None else contextlib.nullcontext():
            return await self._requests.request(kind, to, payload, timeout=LARGE_S)

    def settling(self, iq: Element) -> Settle | None:
        """Return what an iq that went to the listener is to be settled by, if a request said."""
        return self._requests.settling(iq)

    def on_request(
        self, kind: IqType, tag: str, handler: Handler, *, may_repeat: bool = False
    ) -> None:
        """Let `handler` answer iq stanzas of others with a child `tag`; None is an empty result.

        `may_repeat`: it does no harm that comes again to a backend that was killed behind it.
        """
        self._requests.on_request(kind, tag, handler, may_repeat=may_repeat)

    @property
    def settled(self) -> set[tuple[str, str]]:
        """The iqs that go to the listener with the stanzas around them, by type and tag.

        Those of the type `answer`, without a tag, are what no `request` here waits for.
        """
        return self._requests.settled

    def answer(self, request: Element, error: BackendError | None) -> None:
        """Answer an iq that went to the listener: that all is well, or with an error."""
        self._requests.answer(request, error)

    def _replaced(self) -> None:
        self._requests.fail(NotConnected("the session with the server is over"))

    def _logged_in(self, account: Account, by_scram: bool) -> None:
        if account.password != self.account.password:
            return  # it was replaced meanwhile: of the new one nothing is known
        # At once, not only when the owner makes the next stream.
        self.account = dataclasses.replace(
            self.account, password_worked=True, scram_seen=by_scram or self.account.scram_seen
        )
        self._listener.logged_in(by_scram=by_scram)

    def _failed(self, error: StorageError) -> None:
        self._bindings.fail(error)

    def _current(self) -> Binding | None:
        return self._held.current

    def _ask(self) -> None:
        self._asking.ask()
