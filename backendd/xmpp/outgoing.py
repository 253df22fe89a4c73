"""Our half of stream management (XEP-0198): what was sent and is not acknowledged yet.

Numbers count from 1 at the beginning of a stream and wrap at 2**32, as the protocol's do.
"""

from collections import deque
from collections.abc import Iterator

from backendd.xmpp.faults import Suspect

MODULUS = 2**32


class Outgoing:
    """The stanzas of one stream that the server may not have."""

    def __init__(self, *, acked: int = 0) -> None:
        self._acked = acked % MODULUS
        self._waiting: deque[bytes] = deque()

    @property
    def acked(self) -> int:
        """The number of the last stanza the server says it has."""
        return self._acked

    @property
    def last(self) -> int:
        """The number of the last stanza that has one."""
        return (self._acked + len(self._waiting)) % MODULUS

    @property
    def next(self) -> int:
        """The number the next stanza will have."""
        return (self.last + 1) % MODULUS

    def __len__(self) -> int:
        return len(self._waiting)

    def __iter__(self) -> Iterator[bytes]:
        """Iterate over what isn't acknowledged, in order."""
        return iter(self._waiting)

    def add(self, data: bytes) -> None:
        """Give the next number to `data`."""
        self._waiting.append(data)

    def take_back(self, count: int) -> None:
        """Forget the last `count` stanzas, which were never written."""
        for _ in range(count):
            self._waiting.pop()

    def holds(self, number: int) -> bool:
        """Return whether the stanza of this number is kept here, to be written again."""
        return 0 < (number - self._acked) % MODULUS <= len(self._waiting)

    def acknowledge(self, h: int) -> None:
        """Forget the stanzas up to number `h`; `Suspect` if that is no number we gave."""
        count = (h - self._acked) % MODULUS
        if count > len(self._waiting):
            raise Suspect("the server acknowledges stanzas that it was never sent")
        for _ in range(count):
            self._waiting.popleft()
        self._acked = h % MODULUS
