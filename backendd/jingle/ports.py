"""What Jingle needs of the rest of the program, and what it gives to it."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Literal, Protocol
from xml.etree.ElementTree import Element

from backendd.api.tasks import Tasks
from backendd.api.values import Value

Hashes = Mapping[str, bytes]
"""Digests by the name that XEP-0300 gives to their function."""


class Line(Protocol):
    """Where iqs go out, in the order in which they are asked."""

    async def request(
        self, kind: Literal["get", "set"], to: str | None, payload: Element, *, timeout: float = 15
    ) -> Element:
        """Return the result that answers; raises a BackendError where none comes, or an error."""
        ...


class Reading(Protocol):
    """A file on its way out of its disk."""

    async def next(self) -> bytes:
        """Return the next bytes; none at the end."""
        ...

    def close(self) -> None:
        """Read no further."""
        ...


class Source(Protocol):
    """What is sent."""

    @property
    def size(self) -> int: ...

    def begin(self, start: int, end: int) -> Reading:
        """Return what is between two offsets, to be taken piece by piece."""
        ...

    def hash_along(self) -> None:
        """Have what is read from the beginning on be hashed by the way."""
        ...

    async def hashes(self, algorithms: Iterable[str]) -> Hashes:
        """Return the hashes of all of it."""
        ...


class Target(Protocol):
    """What is received is written there, in order."""

    async def write(self, data: bytes) -> None:
        """Take the next bytes; FileError, TooLarge."""
        ...

    async def finish(self, hashes: Hashes) -> object:
        """Complete it, and raise FileError where it is not what `hashes` say; they may be none."""
        ...


class Outward(Protocol):
    """The way of bytes to the other side."""

    async def send(self, data: bytes) -> None:
        """Return when there is room for more."""
        ...

    async def finish(self) -> None:
        """Return when what was sent is on its way, and say that it was all."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class Inward(Protocol):
    """The way of bytes from the other side."""

    async def receive(self) -> bytes:
        """Return the next bytes; none when the other side has ended."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class Proxy(Value):
    """A SOCKS5 proxy that a server has for its users (XEP-0065)."""

    jid: str
    host: str
    port: int


class Network(Value):
    """What of the network is used: `addresses` to listen at, and whom connections may go to.

    `proxies` finds those that our server has.
    """

    addresses: Callable[[], Sequence[str]]
    allows: Callable[[str], bool]
    proxies: Callable[[], Awaitable[Sequence[Proxy]]]


async def _no_proxies() -> Sequence[Proxy]:
    return ()


NO_NETWORK = Network(lambda: (), lambda address: False, _no_proxies)
"""None of it: nothing is listened at, and nobody connected to."""


class Patience(Value):
    """How long each thing may take, in seconds."""

    connect: float = 8
    """One connection to one candidate."""
    stagger: float = 0.2
    """Between attempts (XEP-0260 section 5)."""
    trickle: float = 3
    """Until the first candidate comes, where the other side names them later."""
    negotiate: float = 60
    """Until the other side has said which candidate it uses, or uses another way."""
    stall: float = 600
    """In which not one byte moves."""
    checksum: float = 10
    """After the last byte until its hash, where one was promised."""
    end: float = 300
    """After the last byte until the other side says that it has it."""
    farewell: float = 5
    """Between the other side's word that it has it and the end it makes of the session."""


class Means(Value):
    """What a session is held with."""

    line: Line
    network: Network
    tasks: Tasks
    patience: Patience = Patience()
