"""The Files interface: what is the same on every way."""

from collections.abc import Sequence

from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.words import SendMethod
from backendd.features.transfers import moved, waiting
from backendd.features.transfers.service import How, Sender
from backendd.session import addressing
from backendd.session.home import Home


class TransfersMembers:
    """What callers see of transfers."""

    def __init__(self, home: Home, sender: Sender) -> None:
        self._home = home
        self._sender = sender

    async def send(
        self,
        peer: str,
        path: str,
        *,
        method: SendMethod = "auto",
        token: str = "",
        description: str = "",
        encrypted: bool = False,
    ) -> int:
        whom = await addressing.addressee(self._home, peer)
        how = How.of(method, token, description, encrypted)
        return await self._sender.send(whom, path, how)

    async def send_handle(
        self,
        peer: str,
        file: Descriptor,
        name: str,
        *,
        method: SendMethod = "auto",
        token: str = "",
        description: str = "",
        encrypted: bool = False,
    ) -> int:
        whom = await addressing.addressee(self._home, peer)
        how = How.of(method, token, description, encrypted)
        return await self._sender.send_handle(whom, file, name, how)

    async def list(self) -> Sequence[records.Transfer]:
        return await self._sender.list()

    async def wait(self, ids: Sequence[int], timeout_ms: int) -> Sequence[records.Transfer]:
        return await waiting.until_over(self._home, ids, timeout_ms / 1000)

    async def cancel(self, id: int) -> None:
        await self._home.transfers.cancel(id)

    async def pause(self, id: int) -> None:
        await self._home.transfers.pause(id)

    async def resume(self, id: int) -> None:
        await self._home.transfers.resume(id)

    async def remove(self, id: int) -> None:
        await self._home.transfers.remove(id)

    async def set_path(self, id: int, path: str) -> None:
        await moved.note(self._home, id, path)
