"""DeleteLocal, of the Messages interface."""

from backendd.features.deletion.service import DeletionPart
from backendd.session import addressing
from backendd.session.home import Home


class DeletionMembers:
    """What callers see of deletion."""

    def __init__(self, home: Home, service: DeletionPart) -> None:
        self._home = home
        self._deletion = service

    async def delete_local(self, peer: str) -> None:
        await self._deletion.delete(await addressing.conversation(self._home, peer))
