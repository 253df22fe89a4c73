"""Our end of a way, whoever has offered that: the one that sends, or the one that receives."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Generic, TypeVar

from backendd.jingle.blocks import InBand
from backendd.jingle.in_band import Incoming, Outgoing
from backendd.jingle.ports import Inward, Means, Outward
from backendd.jingle.socks5 import SocketStream
from backendd.jingle.talk import Talk

Stream = TypeVar("Stream")


class Ends(ABC, Generic[Stream]):
    """Makes them; `expect` has what comes in-band brought to where it belongs."""

    def __init__(self, talk: Talk, means: Means, expect: Callable[[Incoming], None]) -> None:
        self._peer = talk.peer
        self._means = means
        self._expect = expect

    def expect(self, stream: InBand) -> Incoming:
        """Return an in-band stream that the other side is to open."""
        incoming = Incoming(stream, self._means.patience)
        self._expect(incoming)
        return incoming

    @abstractmethod
    def connected(self, stream: SocketStream) -> Stream:
        """Return our end of a connection."""

    async def begun(self, stream: Stream) -> Stream:
        """Return our end of a way once it is sure, as far as can be seen, that it is used."""
        return stream

    @abstractmethod
    async def open(self, stream: InBand) -> Stream:
        """Open an in-band stream, and return our end of it."""

    @abstractmethod
    def opened(self, stream: Incoming) -> Stream:
        """Return our end of an in-band stream that the other side has opened."""


class _Begun:
    """A way of which the first bytes are here, or its end."""

    def __init__(self, stream: Inward, first: bytes) -> None:
        self._stream = stream
        self._first: bytes | None = first

    async def receive(self) -> bytes:
        first, self._first = self._first, None
        return first if first is not None else await self._stream.receive()

    def close(self) -> None:
        self._stream.close()


class SendingEnds(Ends[Outward]):
    """Those of who sends."""

    def connected(self, stream: SocketStream) -> Outward:
        return stream

    async def open(self, stream: InBand) -> Outward:
        outgoing = Outgoing(stream, self._peer, self._means)
        await outgoing.open()
        return outgoing

    def opened(self, stream: Incoming) -> Outward:
        return Outgoing(stream.stream, self._peer, self._means)


class ReceivingEnds(Ends[Inward]):
    """Those of who receives; `awaits` whether a byte is to come at all."""

    def __init__(
        self, talk: Talk, means: Means, expect: Callable[[Incoming], None], *, awaits: bool
    ) -> None:
        super().__init__(talk, means, expect)
        self._awaits = awaits

    def connected(self, stream: SocketStream) -> Inward:
        return stream

    async def begun(self, stream: Inward) -> Inward:
        # Who sends may have given it up, and want another way.
        return _Begun(stream, await stream.receive()) if self._awaits else stream

    async def open(self, stream: InBand) -> Inward:
        # The first block may be here as soon as the answer.
        incoming = self.expect(stream)
        incoming.open(stream)
        await Outgoing(stream, self._peer, self._means).open()
        return incoming

    def opened(self, stream: Incoming) -> Inward:
        return stream
