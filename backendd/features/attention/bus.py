"""Attention, of the Messages interface."""

from backendd.features.attention.service import AttentionPart
from backendd.session import addressing
from backendd.session.home import Home


class AttentionMembers:
    """What callers see of calls for attention."""

    def __init__(self, home: Home, service: AttentionPart) -> None:
        self._home = home
        self._attention = service

    async def attention(self, peer: str) -> None:
        await self._attention.call(await addressing.addressee(self._home, peer))
