"""A file on its way in: an offer, and what comes of it when it is taken."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from backendd.api.errors import BackendError, HostUnreachable, TooLarge
from backendd.core import xml
from backendd.jingle import descriptions, reasons
from backendd.jingle.descriptions import File, Range
from backendd.jingle.in_band import Incoming
from backendd.jingle.ports import Hashes, Inward, Means, Target
from backendd.jingle.reasons import DECLINE, SUCCESS
from backendd.jingle.sending import Told
from backendd.jingle.talk import Talk
from backendd.jingle.ways import In


class Offer:
    """A file that somebody offers; it stands until it is taken, declined or taken back.

    `file` is what they say of it, not more: nothing of it was seen yet.
    """

    def __init__(
        self, talk: Talk, means: Means, file: File, expect: Callable[[Incoming], None]
    ) -> None:
        self._talk = talk
        self._means = means
        self._expect = expect
        self._is_taken = False
        self.file = file

    @property
    def peer(self) -> str:
        """The full JID of who offers it."""
        return self._talk.peer

    @property
    def sid(self) -> str:
        """The id of the session, which the other side has chosen."""
        return self._talk.session.sid

    @property
    def way(self) -> str:
        """The namespace of the way that is offered first."""
        transport = self._talk.session.content.transport
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
        return reasons.failure(ended.result(), self._talk.name)

    def decline(self) -> None:
        """Take it not."""
        self._talk.terminate(DECLINE)

    async def accept(self, target: Target, told: Told, *, offset: int = 0) -> None:
        """Return when the file is there, and is what it was said to be; raises why it isn't.

        `offset`: how much of it `target` has already; only where the offer `can_resume`.
        """
        self._is_taken = True
        way = In(self._talk, self._means, self._expect, told.way)
        try:
            work = partial(self._receive, way, target, told, offset)
            await self._talk.go_on(work, after_success=None)
        finally:
            way.close()

    async def _receive(self, way: In, target: Target, told: Told, offset: int) -> None:
        session = self._talk.session
        assert session.content.transport is not None
        answer = await way.answer(session.content.transport)
        wanted = Range(offset) if self.can_resume else None
        asked = File(
            self.file.name, self.file.size, self.file.mime, self.file.modified,
            hashes=self.file.hashes, hashes_used=self.file.hashes_used, range=wanted,
        )  # fmt: skip
        await self._talk.say(session.accept(descriptions.encode(asked), answer))
        await self._pour(await way.connect(), target, told, offset)
        await target.finish(await self._hashes())
        await self._talk.note_received()
        self._talk.terminate(SUCCESS)

    async def _pour(self, stream: Inward, target: Target, told: Told, offset: int) -> None:
        size, position = self.file.size, offset
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

    async def _hashes(self) -> Hashes:
        """Return the hashes that the file shall have, waiting for those that were promised."""
        talk = self._talk
        if not self.file.hashes and self.file.hashes_used:
            heard = self._means.tasks.start(talk.has_hashes.wait(), name="file hashes")
            waited: set[asyncio.Future[Any]] = {heard, talk.ended}
            patience = self._means.patience.checksum
            await asyncio.wait(waited, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            heard.cancel()
        return {**talk.hashes, **self.file.hashes}
