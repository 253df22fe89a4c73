"""Bits of binary (XEP-0231): kept as they come with forms, else asked for."""

from xml.etree.ElementTree import Element

from backendd.core import bits
from backendd.session.uplink import Uplink

MOST_BYTES = 2 * 1024 * 1024
"""Of those that came with something; the oldest leave."""


class Bits:
    """What others sent along, by whom it is from and its name."""

    def __init__(self, stream: Uplink) -> None:
        self._stream = stream
        self._kept: dict[tuple[str, str], bytes] = {}

    def keep(self, sender: str, stanza: Element) -> None:
        """Keep what a stanza of `sender` brings along."""
        for cid, content in bits.brought(stanza).items():
            self._kept.pop((sender, cid), None)
            self._kept[sender, cid] = content
        while sum(map(len, self._kept.values())) > MOST_BYTES:
            del self._kept[next(iter(self._kept))]

    async def get(self, sender: str, cid: str, *, timeout: float) -> bytes:
        """Return what `sender` calls so; raises what asking does, and UnknownItem and TooLarge."""
        kept = self._kept.get((sender, cid))
        if kept is not None:
            return kept
        answer = await self._stream.request("get", sender, bits.ask(cid), timeout=timeout)
        return bits.decode(answer, cid)
