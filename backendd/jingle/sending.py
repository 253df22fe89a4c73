"""A file on its way out: offered, accepted, sent, and known to be there."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from backendd.api.errors import BackendError, FileError, Timeout
from backendd.api.values import Value
from backendd.files import hashing
from backendd.jingle import descriptions, reasons
from backendd.jingle.descriptions import File, Range
from backendd.jingle.ports import Hashes, Means, Outward, Source
from backendd.jingle.reasons import SUCCESS
from backendd.jingle.refusals import Refused
from backendd.jingle.session import Accepted
from backendd.jingle.talk import Talk
from backendd.jingle.ways import Out

log = logging.getLogger(__name__)


class Told(Value):
    """Who hears how it goes: `way` the namespace that is used, `progress` how much is there."""

    way: Callable[[str], None]
    progress: Callable[[int], None]


class Sending:
    """One file that is offered to somebody; what it is called is `file`'s."""

    def __init__(
        self,
        talk: Talk,
        means: Means,
        methods: frozenset[str],
        source: Source,
        file: File,
        told: Told,
    ) -> None:
        self._talk = talk
        self._tasks = means.tasks
        self._patience = means.patience
        self._way = Out(talk, means, methods, told.way)
        self._source = source
        self._told = told
        later = () if file.hashes else (hashing.DEFAULT,)
        self._file = replace(file, size=source.size, hashes_used=later, range=Range())

    async def run(self) -> None:
        """Return when the other side has the file; raises why it hasn't got it."""
        try:
            await self._talk.go_on(self._send, after_success=self._patience.checksum)
        finally:
            self._way.close()
        self._talk.terminate(SUCCESS)

    async def _send(self) -> None:
        offer = await self._way.offer()
        await self._talk.say(self._talk.session.initiate(descriptions.encode(self._file), offer))
        accepted = await self._talk.accepted
        start, end = self._wanted(accepted)
        stream = await self._way.connect(accepted)
        try:
            hashes = await self._pour(stream, start, end)
            await stream.finish()
            if hashes and not self._talk.ended.done():
                await self._tell(hashes)
            await self._wait_for_end()
        finally:
            stream.close()

    def _wanted(self, accepted: Accepted) -> tuple[int, int]:
        """Return from where to where the other side wants the file."""
        size = self._source.size
        if accepted.description is None:
            return 0, size
        try:
            wanted = descriptions.decode(accepted.description).range or Range()
        except Refused:
            return 0, size
        start = min(wanted.offset, size)
        return start, size if wanted.length is None else min(start + wanted.length, size)

    async def _pour(self, stream: Outward, start: int, end: int) -> Hashes:
        """Send a part of the file; return the hashes of all of it, where they are promised."""
        promised = self._file.hashes_used if end == self._source.size else ()
        position = 0 if promised else start
        if promised:
            self._source.hash_along()
        with contextlib.closing(self._source.begin(position, end)) as reading:
            while position < end:
                piece = await reading.next()
                if not piece:
                    raise FileError("the file became shorter while it was sent")
                unsent = piece[max(0, start - position) :]
                position += len(piece)
                if unsent:
                    await stream.send(unsent)
                    self._told.progress(position)
        return await self._source.hashes(promised) if promised else {}

    async def _tell(self, hashes: Hashes) -> None:
        try:
            await self._talk.note_hashes(hashes)
        except BackendError as error:
            log.debug("the hash of a file isn't heard: %s", error)

    async def _wait_for_end(self) -> None:
        """Return when the other side has said that it has the file."""
        ended = self._talk.ended
        received = self._tasks.start(self._talk.is_received.wait(), name="file received")
        try:
            either: set[asyncio.Future[Any]] = {ended, received}
            await asyncio.wait(
                either,
                timeout=self._patience.end,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if received.done():
                await asyncio.wait({ended}, timeout=self._patience.farewell)
        finally:
            received.cancel()
        if ended.done() and not ended.result().is_success:
            raise reasons.failure(ended.result(), self._talk.name)
        if not ended.done() and not self._talk.is_received.is_set():
            raise Timeout(f"{self._talk.name} doesn't say whether the file is there")
