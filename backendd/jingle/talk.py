"""What is said of one content of a session: it goes out, and what is heard can be waited for."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, HostUnreachable, Timeout
from backendd.core import jid, xml
from backendd.jingle import descriptions, reasons
from backendd.jingle.events import Accepted, Answered, Ended, Event, Informed, Noted, WantsOther
from backendd.jingle.names import FILES
from backendd.jingle.negotiation import Negotiation, State
from backendd.jingle.outcomes import open_up, settled, stop
from backendd.jingle.ports import Hashes, Means
from backendd.jingle.reasons import Reason
from backendd.jingle.session import Session

log = logging.getLogger(__name__)

# What the other side may say of a way before anybody listens to it.
_MOST_WAITING = 100


class Talk:
    """What is said with `peer`, a full JID, of one content; in sentences `name` stands for them.

    `leave` is called, with the reason, when we have done with it.
    """

    def __init__(
        self,
        session: Session,
        negotiation: Negotiation,
        peer: str,
        means: Means,
        leave: Callable[[Reason], None],
    ) -> None:
        self.peer = peer
        self.name = jid.received(peer).bare
        self.sid = session.sid
        self.own = session.own
        self.role = session.role
        self.content = negotiation.content
        self._is_sender = self.content.senders == self.role
        self._session = session
        self._negotiation = negotiation
        self._line = means.line
        self._tasks = means.tasks
        self._patience = means.patience
        self._leave = leave
        loop = asyncio.get_running_loop()
        self.accepted: asyncio.Future[Accepted] = loop.create_future()
        self.ended: asyncio.Future[Reason] = loop.create_future()
        self.informed: asyncio.Queue[Element] = asyncio.Queue(_MOST_WAITING)
        self.wanted: asyncio.Queue[Element] = asyncio.Queue(_MOST_WAITING)
        self._answers: asyncio.Queue[Element | None] = asyncio.Queue(_MOST_WAITING)
        self.hashes: dict[str, bytes] = {}
        self.has_hashes = asyncio.Event()
        self.is_received = asyncio.Event()
        self.is_over = asyncio.Event()

    # -- what is heard

    def take(self, event: Event) -> None:
        """Take what the other side says; QueueFull where that is more than anybody listens to."""
        match event:
            case Accepted():
                self.accepted.set_result(event)
            case Informed(transport):
                self.informed.put_nowait(transport)
            case WantsOther(transport):
                self.wanted.put_nowait(transport)
            case Answered(transport):
                self._answers.put_nowait(transport)
            case Ended(reason):
                self._end(reason)
            case Noted(info):
                self._note(info)

    def _note(self, info: Element) -> None:
        if xml.split(info.tag) == (FILES, "received"):
            self.is_received.set()
            return
        self.hashes.update(descriptions.decode_checksum(info))
        if self.hashes:
            self.has_hashes.set()

    def _end(self, reason: Reason) -> None:
        if not self.ended.done():
            self.ended.set_result(reason)
        if self._negotiation.state is State.ENDED:
            self.is_over.set()

    def failure(self) -> BackendError:
        """Return what it is to us that the other side has done with the file."""
        return reasons.failure(self.ended.result(), self.name, is_sender=not self._is_sender)

    # -- what is said

    async def initiate(self, description: Element, transport: Element) -> None:
        """Offer the file, or ask for it; as all that is said, raises what is in the way of that."""
        await self._say(self._session.initiate(self._negotiation, description, transport))

    async def accept(self, description: Element, transport: Element) -> None:
        """Take the file, where they still offer it."""
        if self.ended.done():
            raise self.failure()
        await self._say(self._session.accept(self._negotiation, description, transport))

    async def inform(self, transport: Element) -> None:
        """Say something of the way that is being tried."""
        await self._say(self._negotiation.inform(transport))

    async def replace(self, transport: Element) -> Element | None:
        """Return the other side's word on another way; None where it doesn't take it."""
        await self._say(self._negotiation.replace(transport))
        try:
            async with asyncio.timeout(self._patience.negotiate):
                return await self._answers.get()
        except TimeoutError as error:
            raise Timeout(f"{self.name} doesn't answer") from error

    async def accept_transport(self, transport: Element) -> None:
        """Take the other way that the other side wants."""
        await self._say(self._negotiation.accept_transport(transport))

    async def reject_transport(self, transport: Element) -> None:
        """Refuse the other way that the other side wants."""
        await self._say(self._negotiation.reject_transport(transport))

    async def refuse_others(self) -> None:
        """Tell the other side, as long as this runs, that no other way is taken than is used."""
        while True:
            await self.reject_transport(await self.wanted.get())

    async def note_hashes(self, hashes: Hashes) -> None:
        """Tell which hashes the file has."""
        await self._note_that(descriptions.encode_checksum(self.content, hashes))

    async def note_whole(self) -> None:
        """Tell that the file is here, to whom wants to know, and have done with it."""
        try:
            await self._note_that(descriptions.encode_received(self.content))
        except BackendError as error:
            log.debug("that a file was received isn't heard: %s", error)
        self.terminate(reasons.SUCCESS)

    def terminate(self, reason: Reason) -> None:
        """Have done with it, whether the other side hears it or not."""
        if not self.is_over.is_set():
            self.is_over.set()
            self._leave(reason)

    def give_up(self, error: BackendError) -> None:
        """Have done with it for what `error` tells of our side."""
        self.terminate(reasons.cause(error, is_sender=self._is_sender))

    async def _note_that(self, info: Element) -> None:
        await self._say(self._negotiation.note(info))

    async def _say(self, payload: Element) -> None:
        """Return when the other side has heard it."""
        await self._line.request("set", self.peer, payload, timeout=60)

    # -- how it goes

    async def go_on(
        self,
        work: Callable[[], Awaitable[None]],
        *,
        after_success: float | None,
        parting: Callable[[], Reason],
    ) -> None:
        """Return when `work` is done; raises why it, or the other side, ended before.

        It may go on for `after_success` seconds, None without end, when the other side has ended
        because all is well; who has said that the file of ours is there needs no more of it.
        Whatever ends the work but that ends the talk as well: for the reason `parting()` where the
        user has stopped it.
        """
        task = self._tasks.start(settled(work), name="jingle session")
        try:
            open_up(await self._outcome(task, after_success))
        except BackendError as error:
            await self._hear_why(error)
            self.give_up(error)
            raise
        except BaseException:
            self.terminate(parting())
            raise
        finally:
            await stop(task)

    async def _outcome(
        self, task: asyncio.Task[BackendError | None], after_success: float | None
    ) -> BackendError | None:
        """Return what comes of the work, or why the other side has cut it."""
        either: set[asyncio.Future[Any]] = {task, self.ended}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not task.done() and self.ended.result().is_success:
            if self._is_sender and self.is_received.is_set():
                return None
            await asyncio.wait({task}, timeout=after_success)
        return task.result() if task.done() else self.failure()

    async def _hear_why(self, error: BackendError) -> None:
        """Raise why the other side has broken the connection, where it says so."""
        if not isinstance(error, HostUnreachable):
            return
        if self._negotiation.state is State.ACTIVE:
            await asyncio.wait({self.ended}, timeout=self._patience.farewell)
        if self.ended.done() and not self.ended.result().is_success:
            raise self.failure() from error
