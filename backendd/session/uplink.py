"""The way of a profile to its server: whichever stream there is now."""

from collections.abc import Awaitable, Callable, Sequence
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, NotConnected
from backendd.core import jid
from backendd.core.recent import Recent
from backendd.store.ledger import Ledger
from backendd.xmpp.requests import Handler, IqType
from backendd.xmpp.states import State
from backendd.xmpp.stream import Stream

Settle = Callable[[Ledger, Element], None]
"""Stores what an answer says, before what came after it and with the number that it is here."""


class Uplink:
    """What features ask of the stream, and answer on it, from one stream object to the next.

    `name` is that of the profile, `settled` the iqs that are settled with the stanzas around them.
    """

    def __init__(self, name: str, settled: frozenset[tuple[str, str]] = frozenset()) -> None:
        self.current: Stream | None = None
        self.is_held_back = False
        """Whether the server was told that nobody looks, and may hold back what came (XEP-0352)."""
        self.sent = Recent()
        self._name = name
        self._settled = settled
        self._handlers: dict[tuple[IqType, str], Handler] = {}
        self._repeatable: set[tuple[IqType, str]] = set()
        self._takers: dict[str, Callable[[Element], None]] = {}

    def use(self, stream: Stream) -> None:
        """Let `stream` be the one from now on, and have its iqs answered."""
        for (kind, tag), handler in self._handlers.items():
            may_repeat = (kind, tag) in self._repeatable
            stream.on_request(kind, tag, handler, may_repeat=may_repeat)
        stream.settled.update(self._settled)
        self.current = stream

    # -- how it is

    @property
    def state(self) -> State:
        """Where the connection stands."""
        return self.current.state if self.current is not None else State.OFFLINE

    @property
    def is_online(self) -> bool:
        """Whether stanzas can be sent."""
        return self.state is State.ONLINE

    @property
    def sm_id(self) -> str:
        """The id of the present stream, for the outbox; empty while there is none."""
        return self.current.sm_id if self.current is not None else ""

    @property
    def full_jid(self) -> str:
        """The JID with the bound resource; empty while not online."""
        return self.current.full_jid if self.current is not None and self.is_online else ""

    @property
    def bound(self) -> str:
        """The bare address that the server gave the present stream; empty while there is none."""
        return jid.received(self.current.full_jid).bare if self.current and self.sm_id else ""

    @property
    def max_bytes(self) -> int:
        """The largest stanza that the present stream takes; 0 while there is none."""
        return self.current.max_bytes if self.current is not None else 0

    @property
    def capabilities(self) -> Element:
        """What an available presence says of what we can do; NotConnected."""
        return self._require().capabilities

    @property
    def next_attempt(self) -> int:
        """When the next attempt is due; 0 while none is."""
        return self.current.next_attempt_us if self.current is not None else 0

    @property
    def last_error(self) -> tuple[str, str]:
        """Why the connection was lost: an error name and a sentence, empty when all is well."""
        error = self.current.last_error if self.current is not None else None
        return (error.name, str(error)) if error is not None else ("", "")

    def offers(self, tag: str) -> bool:
        """Return whether the stream was opened with this among its features (RFC 6120 4.3.2)."""
        return self.current is not None and self.current.offers(tag)

    # -- what passes it

    def send(self, stanza: Element) -> None:
        """Write a stanza that may be lost; NotConnected while there is no stream."""
        self._require().send(stanza)
        self.sent.note(stanza)

    async def send_batch(
        self,
        stanzas: Sequence[bytes],
        record: Callable[[str, int], Awaitable[None]],
        *,
        alone: bool = False,
    ) -> None:
        """Write stanzas whose stream and numbers `record` commits first; NotConnected.

        `alone`: return once they are acknowledged, or the connection is gone.
        """
        await self._require().send_batch(stanzas, record, alone=alone)

    async def request(
        self,
        kind: IqType,
        to: str | None,
        payload: Element,
        *,
        timeout: float = 15,
        settle: Settle | None = None,
    ) -> Element:
        """Return the result of an iq; NotConnected, Timeout, ServerError and below.

        Whoever stores what it says, or what is so by it, gives that as `settle`: written
        afterwards it might overwrite what others have changed since.
        """
        settling = _Settling(settle) if settle is not None else None
        stream = self._require()
        answer = await stream.request(kind, to, payload, timeout=timeout, settle=settling)
        if settling is not None and not settling.is_settled:
            raise BackendError("it is done, but can't be stored")
        return answer

    async def request_large(self, kind: IqType, to: str | None, payload: Element) -> Element:
        """Return the result of an iq that keeps who answers it busy, as `request` does."""
        return await self._require().request_large(kind, to, payload)

    def settling(self, iq: Element) -> Settle | None:
        """Return what an iq that came is to be settled by, if a request said."""
        return self.current.settling(iq) if self.current is not None else None

    def on_request(
        self, kind: IqType, tag: str, handler: Handler, *, may_repeat: bool = False
    ) -> None:
        """Have iqs of `kind` whose child is `tag` answered by `handler`, on each stream.

        `may_repeat`: it does no harm that comes again to a backend that was killed behind it.
        ValueError where they are answered already.
        """
        if (kind, tag) in self._handlers or (kind, tag) in self._settled:
            raise ValueError(f"iqs of type {kind} with {tag} have a handler already")
        self._handlers[kind, tag] = handler
        if may_repeat:
            self._repeatable.add((kind, tag))

    def answer(self, request: Element, error: BackendError | None) -> None:
        """Answer an iq that was settled: that all is well, or why not."""
        if self.current is not None:
            self.current.answer(request, error)

    def on_message(self, tag: str, taker: Callable[[Element], None]) -> None:
        """Have messages with a child `tag` given to `taker` as they come, and to nothing else.

        They are counted, not stored. ValueError where they are taken already.
        """
        if tag in self._takers:
            raise ValueError(f"messages with {tag} are taken already")
        self._takers[tag] = taker

    def taker(self, message: Element) -> Callable[[Element], None] | None:
        """Return who takes this message as it comes."""
        return next(
            (self._takers[child.tag] for child in message if child.tag in self._takers), None
        )

    async def drop(self, reason: BackendError | None = None) -> None:
        """Abort the connection for this `reason`; it is made anew, and resumed."""
        if self.current is not None:
            await self.current.drop(reason)

    def _require(self) -> Stream:
        if self.current is None or not self.is_online:
            raise NotConnected(f'the profile "{self._name}" is not online')
        return self.current


class _Settling:
    """Settles, and knows that it has: what a fault of its own undoes costs nothing else."""

    def __init__(self, settle: Settle) -> None:
        self.is_settled = False
        self._settle = settle

    def __call__(self, ledger: Ledger, answer: Element) -> None:
        self._settle(ledger, answer)
        self.is_settled = True
