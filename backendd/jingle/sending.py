"""A file on its way out: offered and accepted, or asked for; sent, and known to be there."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any, Protocol
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, FileError, Timeout
from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.files import hashing
from backendd.jingle import descriptions
from backendd.jingle.descriptions import File, Range
from backendd.jingle.ends import SendingEnds
from backendd.jingle.in_band import Incoming
from backendd.jingle.ports import Hashes, Means, Outward, Source
from backendd.jingle.reasons import CANCEL, PAUSED, SUCCESS, Reason
from backendd.jingle.refusals import Refused
from backendd.jingle.talk import Talk
from backendd.jingle.ways import Offered, Taken

log = logging.getLogger(__name__)


class Told(Value):
    """Who hears how it goes: `way` the namespace that is used, `progress` how much is there.

    `is_paused` says whether who stops it means to go on with it later. `checked` hears how much
    was read of what is there already, of how much: it belongs to the hash.
    """

    way: Callable[[str], None]
    progress: Callable[[int], None]
    is_paused: Callable[[], bool] = lambda: False
    checked: Callable[[int, int], None] = lambda done, size: None

    def parting(self) -> Reason:
        """Return for what reason a session ends that is stopped."""
        return PAUSED if self.is_paused() else CANCEL


class _Begun(NamedTuple):
    """A way to the other side, and what it wants of the file."""

    stream: Outward
    wanted: Range


class _Way(Protocol):
    def close(self) -> None: ...


class Sending:
    """One file on its way to somebody; what it is called is `file`'s."""

    def __init__(
        self,
        talk: Talk,
        means: Means,
        expect: Callable[[Incoming], None],
        source: Source,
        file: File,
        told: Told,
    ) -> None:
        self._talk = talk
        self._means = means
        self._tasks = means.tasks
        self._patience = means.patience
        self._ends = SendingEnds(talk, means, expect)
        self._source = source
        self._told = told
        later = () if file.hashes else (hashing.DEFAULT,)
        self._file = replace(file, size=source.size, hashes_used=later, range=Range())

    async def offer(self, methods: frozenset[str]) -> None:
        """Return when the other side has the file that it is offered; raises why it hasn't.

        `methods` are the namespaces of what it can do.
        """
        way = Offered(self._talk, self._means, self._ends, methods, self._told.way)

        async def begin() -> _Begun:
            offer = await way.offer()
            await self._talk.initiate(descriptions.encode(self._file), offer)
            accepted = await self._talk.accepted
            wanted = _wanted(accepted.description)
            return _Begun(await way.connect(accepted), wanted)

        await self._run(way, begin)

    async def answer(self, wanted: Range, methods: frozenset[str]) -> None:
        """Return when the other side has what it wants of the file that it has asked for.

        `methods` are the namespaces of the ways that it may go.
        """
        way = Taken(self._talk, self._means, self._ends, self._told.way, methods)
        transport = self._talk.content.transport
        assert transport is not None

        async def begin() -> _Begun:
            answer = await way.answer(transport)
            description = descriptions.encode(replace(self._file, range=wanted))
            await self._talk.accept(description, answer)
            return _Begun(await way.connect(), wanted)

        await self._run(way, begin)

    async def _run(self, way: _Way, begin: Callable[[], Awaitable[_Begun]]) -> None:
        try:
            work = partial(self._send, begin)
            await self._talk.go_on(
                work, after_success=self._patience.checksum, parting=self._told.parting
            )
        finally:
            way.close()
        if self._talk.is_received.is_set():
            self._told.progress(self._source.size)  # some have it before anything has gone
        self._talk.terminate(SUCCESS)

    async def _send(self, begin: Callable[[], Awaitable[_Begun]]) -> None:
        stream, wanted = await begin()
        size = self._source.size
        start = min(wanted.offset, size)
        end = size if wanted.length is None else min(start + wanted.length, size)
        try:
            hashes = await self._pour(stream, start, end)
            await stream.finish()
            if hashes and not self._talk.ended.done():
                await self._tell(hashes)
            await self._wait_for_end()
        finally:
            stream.close()

    async def _pour(self, stream: Outward, start: int, end: int) -> Hashes:
        """Send a part of the file; return the hashes of all of it, where they are promised."""
        promised = self._file.hashes_used if end == self._source.size else ()
        position = 0 if promised else start
        if promised:
            self._source.hash_along()
        if start:
            self._told.progress(start)
        with contextlib.closing(self._source.begin(position, end)) as reading:
            while position < end:
                piece = await reading.next()
                if not piece:
                    raise FileError("the file became shorter while it was sent")
                unsent = piece[max(0, start - position) :]
                position += len(piece)
                self._told.checked(min(position, start), start)
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
            raise self._talk.failure()
        if not ended.done() and not self._talk.is_received.is_set():
            raise Timeout(f"{self._talk.name} doesn't say whether the file is there")


def _wanted(description: Element | None) -> Range:
    """Return what of a file the other side wants, by how it describes it: else all of it."""
    try:
        return descriptions.decode(description).range or Range()
    except Refused:
        return Range()
