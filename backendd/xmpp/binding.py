"""A resource that the server has bound (RFC 6120 7): it outlives its connections if it can."""

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError
from backendd.api.tasks import Tasks
from backendd.xmpp.account import Batch, Resumption
from backendd.xmpp.faults import Suspect, stream_error
from backendd.xmpp.incoming import Inbox
from backendd.xmpp.names import ACK, ACK_REQUEST, SM_NS, STANZAS, STREAM_ERROR
from backendd.xmpp.outgoing import Outgoing

if TYPE_CHECKING:  # slixmpp is loaded with the first connection, not before
    from backendd.xmpp.wire import Wire

log = logging.getLogger(__name__)

Route = Callable[[Element, bool], bool]
Settles = Callable[[Element, bool], bool]
Commit = Callable[[Batch], Awaitable[None]]
Note = Callable[[str, int], None]


class Binding:
    """The numbers of both directions and the connection they run over now.

    `sm_id` names the binding in the owner's database: the server's id where it can be resumed,
    "once:..." where it only acknowledges, "ping:..." where it can't even do that.
    """

    def __init__(
        self,
        full_jid: str,
        sm_id: str,
        *,
        managed: bool,
        handled: int = 0,
        acked: int = 0,
        location: str = "",
        commit: Commit,
        route: Route,
        settles: Settles,
        note: Note,
    ) -> None:
        self.full_jid = full_jid
        self.managed = managed
        self.resumable = bool(sm_id)
        self.sm_id = sm_id or f"{'once' if managed else 'ping'}:{uuid.uuid4()}"
        self.location = location
        self.wire: Wire | None = None
        self.outgoing = Outgoing(acked=acked)
        self._note = note
        self.inbox = Inbox(
            self.sm_id,
            handled=handled,
            commit=commit,
            route=route,
            settles=settles,
            tell=self._tell,
            pause=self._pause,
            failed=self.fail,
        )
        self._proof: asyncio.Future[None] | None = None
        self._worker: asyncio.Task[None] | None = None

    @property
    def resumption(self) -> Resumption | None:
        """What is needed to resume it, None where it can't be."""
        if not self.resumable:
            return None
        return Resumption(self.sm_id, self.full_jid, self.inbox.committed, location=self.location)

    def start(self, tasks: Tasks) -> None:
        """Begin to store what comes; nothing is stored before."""
        if self._worker is None:
            self._worker = tasks.start(self.inbox.run(), name=f"inbox of {self.full_jid}")

    def end(self) -> None:
        """Store no more of what comes, and let it be resumed by nobody."""
        self.resumable = False
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None

    async def drain(self) -> None:
        """Store all that has come so far."""
        if self._worker is not None:
            await self.inbox.drain()

    def take(self, element: Element, cut: bool) -> None:
        """Take what the connection delivers, in order."""
        if element.tag in STANZAS:
            self.inbox.take(element, cut)
        elif element.tag == ACK:
            self._take_ack(element.get("h", ""))
        elif element.tag == ACK_REQUEST:
            self.inbox.asked()
        elif element.tag == STREAM_ERROR and self.wire is not None:
            self.wire.fail(stream_error(element, self.wire.default_domain))

    def acknowledged(self, h: int) -> None:
        """Note that the server has our stanzas up to `h`; `Suspect` where that can't be.

        The owner is told even where that is known: of an earlier connection, or process, it may not
        be stored.
        """
        self.outgoing.acknowledge(h)
        self._note(self.sm_id, h)

    def ask(self) -> None:
        """Have the server acknowledge what it has."""
        if self.wire is not None:
            self.wire.write(f'<r xmlns="{SM_NS}"/>'.encode())
            self.wire.pulse.ask()

    def prove(self) -> asyncio.Future[None]:
        """Ask, and return what is done once the server has acknowledged anything."""
        self._proof = asyncio.get_running_loop().create_future()
        self.ask()
        return self._proof

    def fail(self, error: Exception) -> None:
        """End the connection: what it brought can't be stored, or what is due on it not be done."""
        if isinstance(error, BackendError):
            log.error("the connection is dropped: %s", error)
            reason = error
        else:
            log.error("the connection is dropped", exc_info=error)
            reason = BackendError("the connection failed for an internal reason; see the log")
        if self.wire is not None:
            self.wire.fail(reason)

    def tell(self) -> None:
        """Acknowledge what is stored."""
        self._tell(self.inbox.committed)

    def _take_ack(self, h: str) -> None:
        is_number = h.isascii() and h.isdigit() and len(h) <= 10
        # No number at all is as wrong as one that was never given.
        number = int(h) if is_number else self.outgoing.next
        try:
            if number != self.outgoing.acked:  # else it is but a sign of life
                self.acknowledged(number)
        except Suspect as error:
            self.resumable = False
            if self.wire is not None:
                self.wire.fail(error)
            return
        if self.wire is not None:
            self.wire.pulse.answer()
        if self._proof is not None and not self._proof.done():
            self._proof.set_result(None)

    def _tell(self, h: int) -> None:
        if self.managed and self.wire is not None:
            self.wire.write(f'<a xmlns="{SM_NS}" h="{h}"/>'.encode())

    def _pause(self, paused: bool) -> None:
        if self.wire is not None:
            self.wire.pause(paused)
