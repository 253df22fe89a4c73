"""A session as it goes on: what is said goes out, what is heard is there to be waited for."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, HostUnreachable, Timeout
from backendd.core import jid, xml
from backendd.jingle import descriptions, reasons
from backendd.jingle.elements import Said
from backendd.jingle.names import FILES
from backendd.jingle.outcomes import open_up, settled
from backendd.jingle.ports import Hashes, Means
from backendd.jingle.reasons import Reason
from backendd.jingle.refusals import Refused
from backendd.jingle.session import (
    Accepted,
    Answered,
    Ended,
    Event,
    Informed,
    Noted,
    Session,
    State,
    WantsOther,
)

log = logging.getLogger(__name__)

# What the other side may say of a way before anybody listens to it.
_MOST_WAITING = 100


class Talk:
    """What is said with `peer`, a full JID, in a session; in sentences `name` stands for them.

    `over` is called when the session has ended, on whichever side.
    """

    def __init__(
        self, session: Session, peer: str, means: Means, over: Callable[[], object]
    ) -> None:
        self.session = session
        self.peer = peer
        self.name = jid.received(peer).bare
        self._line = means.line
        self._tasks = means.tasks
        self._patience = means.patience
        self._over = over
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

    def hear(self, said: Said) -> None:
        """Take what the other side says; Refused."""
        event = self.session.hear(said)
        if event is None:
            return
        try:
            self._take(event)
        except asyncio.QueueFull:
            raise Refused("resource-constraint") from None

    def _take(self, event: Event) -> None:
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
                self.end(reason)
            case Noted(info):
                self._note(info)

    def _note(self, info: Element) -> None:
        if xml.split(info.tag) == (FILES, "received"):
            self.is_received.set()
            return
        self.hashes.update(descriptions.decode_checksum(info))
        if self.hashes:
            self.has_hashes.set()

    def end(self, reason: Reason) -> None:
        """Have the session ended, for `reason` of the other side's."""
        self.session.state = State.ENDED
        if not self.ended.done():
            self.ended.set_result(reason)
        self._close()

    def failure(self) -> BackendError:
        """Return what it is to us that the other side has ended the session."""
        is_sender = not self.session.is_sender
        return reasons.failure(self.ended.result(), self.name, is_sender=is_sender)

    # -- what is said

    async def say(self, payload: Element) -> None:
        """Return when the other side has heard it; raises what is in the way of that."""
        await self._line.request("set", self.peer, payload, timeout=60)

    async def replace(self, transport: Element) -> Element | None:
        """Return the other side's word on another way; None where it doesn't take it."""
        await self.say(self.session.replace(transport))
        try:
            async with asyncio.timeout(self._patience.negotiate):
                return await self._answers.get()
        except TimeoutError as error:
            raise Timeout(f"{self.name} doesn't answer") from error

    async def note_hashes(self, hashes: Hashes) -> None:
        """Tell which hashes the file has."""
        await self.say(
            self.session.note(descriptions.encode_checksum(self.session.content, hashes))
        )

    async def note_whole(self) -> None:
        """Tell that the file is here, to whom wants to know, and end the session."""
        try:
            await self.say(self.session.note(descriptions.encode_received(self.session.content)))
        except BackendError as error:
            log.debug("that a file was received isn't heard: %s", error)
        self.terminate(reasons.SUCCESS)

    def terminate(self, reason: Reason) -> None:
        """End the session, whether the other side hears it or not."""
        if self.session.state is not State.ENDED:
            farewell = self.session.terminate(reason)
            self._close()
            self._tasks.start(self._part(farewell), name="jingle farewell")

    def give_up(self, error: BackendError) -> None:
        """End the session for what `error` tells of our side."""
        self.terminate(reasons.cause(error, is_sender=self.session.is_sender))

    def _close(self) -> None:
        self.is_over.set()
        self._over()

    async def _part(self, farewell: Element) -> None:
        try:
            await self.say(farewell)
        except BackendError as error:
            log.debug("the end of a session isn't heard: %s", error)

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
        the session because all is well; who has said that the file of ours is there needs no more
        of it. Whatever ends the work but that ends the session: for the
        reason `parting()` where the user has stopped it.
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
            await _stop(task)

    async def _outcome(
        self, task: asyncio.Task[BackendError | None], after_success: float | None
    ) -> BackendError | None:
        """Return what comes of the work, or why the other side has cut it."""
        either: set[asyncio.Future[Any]] = {task, self.ended}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not task.done() and self.ended.result().is_success:
            if self.session.is_sender and self.is_received.is_set():
                return None
            await asyncio.wait({task}, timeout=after_success)
        return task.result() if task.done() else self.failure()

    async def _hear_why(self, error: BackendError) -> None:
        """Raise why the other side has broken the connection, where it says so."""
        if not isinstance(error, HostUnreachable):
            return
        if self.session.state is State.ACTIVE:
            await asyncio.wait({self.ended}, timeout=self._patience.farewell)
        if self.ended.done() and not self.ended.result().is_success:
            raise self.failure() from error


async def _stop(task: asyncio.Task[Any]) -> None:
    """Return when `task` has ended."""
    task.cancel()
    await asyncio.wait({task})
