"""The way that the bytes of a session take: the one that is agreed on, or the next."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Generic, TypeVar
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, HostUnreachable, NotSupported
from backendd.core import xml
from backendd.jingle import blocks, candidates
from backendd.jingle.blocks import InBand
from backendd.jingle.bytestreams import Bytestream
from backendd.jingle.ends import Ends, Stream
from backendd.jingle.events import Accepted
from backendd.jingle.in_band import Incoming
from backendd.jingle.names import IN_BAND, SOCKS5
from backendd.jingle.outcomes import open_up, settled, stop
from backendd.jingle.ports import NO_NETWORK, Means
from backendd.jingle.refusals import Refused
from backendd.jingle.socks5 import SocketStream
from backendd.jingle.talk import Talk

log = logging.getLogger(__name__)

T = TypeVar("T")
Told = Callable[[str], None]

WAYS = frozenset({SOCKS5, IN_BAND})


class Offered(Generic[Stream]):
    """The way that we offer: SOCKS5 where the other side has it, else or after it in-band.

    `methods` are the namespaces that the other side has; `told` hears which one is used.
    """

    def __init__(
        self, talk: Talk, means: Means, ends: Ends[Stream], methods: frozenset[str], told: Told
    ) -> None:
        self._talk = talk
        self._means = means
        self._ends = ends
        self._methods = methods
        self._told = told
        self._bytestream: Bytestream | None = None
        self._in_band = InBand(secrets.token_hex(8))
        self._refusing: asyncio.Task[Any] | None = None

    async def offer(self) -> Element:
        """Return what is offered first; NotSupported where there is nothing to offer."""
        if SOCKS5 in self._methods:
            self._bytestream = Bytestream(secrets.token_hex(8), self._talk, self._means)
            return await self._bytestream.offer()
        if IN_BAND in self._methods:
            return blocks.encode(self._in_band)
        raise NotSupported(f"the program of {self._talk.name} takes files in no way that we know")

    def close(self) -> None:
        """Let go of the way, and of what was offered and isn't used."""
        if self._bytestream is not None:
            self._bytestream.close()
        if self._refusing is not None:
            self._refusing.cancel()

    async def connect(self, accepted: Accepted) -> Stream:
        """Return the way, once the other side has accepted one; HostUnreachable.

        It is we who choose another one, if it comes to that.
        """
        self._refusing = _refuse_others(self._talk, self._means)
        if self._bytestream is None:
            return await self._open(accepted.transport)
        theirs = _read(accepted.transport, SOCKS5, candidates.decode)
        try:
            stream = await self._bytestream.connect(theirs)
        except HostUnreachable as error:
            log.info("%s: no bytestream: %s", self._talk.name, error)
            return await self._fall_back(error)
        self._told(SOCKS5)
        return self._ends.connected(stream)

    async def _fall_back(self, error: HostUnreachable) -> Stream:
        if IN_BAND not in self._methods:
            raise error
        answer = await self._talk.replace(blocks.encode(self._in_band))
        if answer is None:
            raise error
        return await self._open(answer)

    async def _open(self, transport: Element) -> Stream:
        theirs = _read(transport, IN_BAND, blocks.decode)
        size = min(theirs.block_size, self._in_band.block_size)
        stream = await self._ends.open(InBand(self._in_band.sid, size))
        self._told(IN_BAND)
        return stream


class Taken(Generic[Stream]):
    """The way that the other side offers, and then the other one that it wants.

    What is none of `methods`, namespaces, is answered as where no connection can be made: it is the
    other side that chooses another way then.
    """

    def __init__(
        self,
        talk: Talk,
        means: Means,
        ends: Ends[Stream],
        told: Told,
        methods: frozenset[str] = WAYS,
    ) -> None:
        self._talk = talk
        self._means = means
        self._ends = ends
        self._told = told
        self._methods = methods
        self._bytestream: Bytestream | None = None
        self._incoming: Incoming | None = None
        self._theirs: candidates.Transport | None = None
        self._stream: SocketStream | None = None
        self._refusing: asyncio.Task[Any] | None = None

    async def answer(self, transport: Element) -> Element:
        """Return our side of the way that the other side wants; Refused where we know it not."""
        if xml.split(transport.tag)[0] == IN_BAND:
            offered = blocks.decode(transport)
            agreed = InBand(offered.sid, min(offered.block_size, blocks.BLOCK_SIZE))
            self._incoming = self._ends.expect(agreed)
            return blocks.encode(agreed)
        self._theirs = theirs = candidates.decode(transport)
        means = self._means
        if SOCKS5 not in self._methods:
            means = replace(means, network=NO_NETWORK)
        self._bytestream = Bytestream(theirs.sid, self._talk, means)
        return await self._bytestream.offer({(each.host, each.port) for each in theirs.candidates})

    def close(self) -> None:
        """Let go of the way, and of what was offered and isn't used."""
        for each in (self._bytestream, self._incoming, self._stream):
            if each is not None:
                each.close()
        if self._refusing is not None:
            self._refusing.cancel()

    async def connect(self) -> Stream:
        """Return the way, or the other one that the other side wants then; HostUnreachable."""
        stream = await self._connect_by_either()
        self._refusing = _refuse_others(self._talk, self._means)
        return stream

    async def _connect_by_either(self) -> Stream:
        tasks = self._means.tasks
        wanted = tasks.start(self._wait_for_other(), name="jingle other way")
        connecting = tasks.start(settled(self._connect), name="jingle way")
        try:
            await asyncio.wait({wanted, connecting}, return_when=asyncio.FIRST_COMPLETED)
            if not wanted.done() and isinstance(connecting.result(), BackendError):
                # It is who offers that says how to go on.
                await asyncio.wait({wanted}, timeout=self._means.patience.negotiate)
            if not wanted.done():
                return open_up(connecting.result())
        finally:
            await stop(wanted, connecting)
        self.close()
        answer = await self.answer(wanted.result())
        await self._talk.accept_transport(answer)
        return await self._connect()

    async def _wait_for_other(self) -> Element:
        """Return what the other side wants instead; what we can't do either is refused."""
        while True:
            wanted = await self._talk.wanted.get()
            if xml.split(wanted.tag)[0] == IN_BAND:
                return wanted
            await self._talk.reject_transport(wanted)

    async def _connect(self) -> Stream:
        if self._incoming is not None:
            await self._incoming.wait_open()
            self._told(IN_BAND)
            return self._ends.opened(self._incoming)
        assert self._bytestream is not None
        assert self._theirs is not None
        self._stream = await self._bytestream.connect(self._theirs)
        self._told(SOCKS5)
        return await self._ends.begun(self._ends.connected(self._stream))


def _refuse_others(talk: Talk, means: Means) -> asyncio.Task[Any]:
    return means.tasks.start(settled(talk.refuse_others), name="jingle other ways")


def _read(transport: Element, namespace: str, decode: Callable[[Element], T]) -> T:
    """Return what the other side says of the way it was offered; NotSupported where of another."""
    if xml.split(transport.tag)[0] != namespace:
        raise NotSupported("the other side's program answers with another way than was offered")
    try:
        return decode(transport)
    except Refused as error:
        raise NotSupported("the other side's program answers what can't be read") from error
