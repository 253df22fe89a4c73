"""A file on its way in: offered to us and taken, or asked for."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, HostUnreachable, Timeout, TooLarge
from backendd.core import xml
from backendd.jingle import descriptions
from backendd.jingle.descriptions import File, Range
from backendd.jingle.ends import ReceivingEnds
from backendd.jingle.events import Accepted
from backendd.jingle.in_band import Incoming
from backendd.jingle.ports import Hashes, Inward, Means, Target
from backendd.jingle.reasons import CANCEL, DECLINE
from backendd.jingle.refusals import Refused
from backendd.jingle.sending import Told
from backendd.jingle.talk import Talk
from backendd.jingle.ways import Offered, Taken


class Reception:
    """What comes of a session in which we are who receives."""

    def __init__(self, talk: Talk, means: Means, expect: Callable[[Incoming], None]) -> None:
        self._talk = talk
        self._means = means
        self._expect = expect

    async def take(self, file: File, target: Target, told: Told, offset: int) -> None:
        """Return when a file that is offered is there behind `offset`, which is there already."""
        way = Taken(self._talk, self._means, self._ends(file, offset), told.way)
        transport = self._talk.content.transport
        assert transport is not None

        async def work() -> None:
            answer = await way.answer(transport)
            wanted = Range(offset) if file.range is not None else None
            asked = replace(file, description="", range=wanted)
            await self._talk.accept(descriptions.encode(asked), answer)
            await self._receive(await way.connect(), file, target, told, offset)

        try:
            await self._talk.go_on(work, after_success=None, parting=told.parting)
        finally:
            way.close()

    async def ask(
        self, methods: frozenset[str], file: File, target: Target, told: Told, offset: int
    ) -> None:
        """Return when a file that we ask for is there behind `offset`, which is there already."""
        way = Offered(self._talk, self._means, self._ends(file, offset), methods, told.way)

        async def work() -> None:
            offer = await way.offer()
            asked = replace(file, range=Range(offset))
            await self._talk.initiate(descriptions.encode(asked), offer)
            accepted = await self._answered()
            promised = replace(file, hashes_used=_promised(accepted.description))
            await self._receive(await way.connect(accepted), promised, target, told, offset)

        try:
            await self._talk.go_on(work, after_success=None, parting=told.parting)
        finally:
            way.close()

    def _ends(self, file: File, offset: int) -> ReceivingEnds:
        awaits = file.size is None or offset < file.size
        return ReceivingEnds(self._talk, self._means, self._expect, awaits=awaits)

    async def _answered(self) -> Accepted:
        """Return what answers what we have asked for: no user has to be waited for."""
        try:
            async with asyncio.timeout(self._means.patience.negotiate):
                return await self._talk.accepted
        except TimeoutError as error:
            raise Timeout(f"{self._talk.name} doesn't answer") from error

    async def _receive(
        self, stream: Inward, file: File, target: Target, told: Told, offset: int
    ) -> None:
        try:
            await self._pour(stream, file.size, target, told, offset)
            await target.finish(await self._hashes(file))
        finally:
            stream.close()
        await self._talk.note_whole()

    async def _pour(
        self, stream: Inward, size: int | None, target: Target, told: Told, position: int
    ) -> None:
        while size is None or position < size:
            data = await stream.receive()
            if not data:
                break
            position += len(data)
            if size is not None and position > size:
                raise TooLarge(f"{self._talk.name} sends more than the file is said to have")
            await target.write(data)
            told.progress(position)
        if size is not None and position < size:
            raise HostUnreachable(f"the connection to {self._talk.name} ended within the file")

    async def _hashes(self, file: File) -> Hashes:
        """Return the hashes that the file shall have, waiting for those that were promised."""
        talk = self._talk
        if not file.hashes and file.hashes_used:
            heard = self._means.tasks.start(talk.has_hashes.wait(), name="file hashes")
            waited: set[asyncio.Future[Any]] = {heard, talk.ended}
            patience = self._means.patience.checksum
            await asyncio.wait(waited, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            heard.cancel()
        return {**talk.hashes, **file.hashes}


class Offer:
    """A file that somebody offers; it stands until it is taken, declined or taken back.

    `file` is what they say of it, not more: nothing of it was seen yet.
    """

    def __init__(
        self, talk: Talk, means: Means, file: File, expect: Callable[[Incoming], None]
    ) -> None:
        self._talk = talk
        self._reception = Reception(talk, means, expect)
        self._is_taken = False
        self.file = file

    @property
    def peer(self) -> str:
        """The full JID of who offers it."""
        return self._talk.peer

    @property
    def sid(self) -> str:
        """The id of the session, which the other side has chosen."""
        return self._talk.sid

    @property
    def way(self) -> str:
        """The namespace of the way that is offered first."""
        transport = self._talk.content.transport
        return xml.split(transport.tag)[0] if transport is not None else ""

    @property
    def can_resume(self) -> bool:
        """Whether a part of the file can be asked for."""
        return self.file.range is not None

    async def withdrawn(self) -> BackendError | None:
        """Return why the other side took it back, once it is over; None where we answered it."""
        await self._talk.is_over.wait()
        ended = self._talk.ended
        if self._is_taken or not ended.done():
            return None
        return self._talk.failure()

    def decline(self) -> None:
        """Take it not."""
        self._talk.terminate(DECLINE)

    async def note_whole(self) -> None:
        """Say that the file is here already: nothing of it has to come."""
        self._is_taken = True
        await self._talk.note_whole()

    def cancel(self) -> None:
        """Want it no longer, though it was to be taken."""
        self._talk.terminate(CANCEL)

    def give_up(self, error: BackendError) -> None:
        """Say that it can't be taken, for what `error` tells."""
        self._talk.give_up(error)

    async def accept(self, target: Target, told: Told, *, offset: int = 0) -> None:
        """Return when the file is there, and is what it was said to be; raises why it isn't.

        `offset`: how much of it `target` has already; only where the offer `can_resume`.
        """
        self._is_taken = True
        await self._reception.take(self.file, target, told, offset)


def _promised(description: Element | None) -> tuple[str, ...]:
    """Return which hashes the other side says that it will tell of a file."""
    try:
        return descriptions.decode(description).hashes_used
    except Refused:
        return ()
