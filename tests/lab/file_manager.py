"""A file manager as desktops have them: keeps what it is to show."""

import asyncio
from typing import Self

from dbus_next.message import Message

from backendd.api.bus_messages import method_return
from backendd.api.link import Link
from tests.lab.patience import PATIENCE_S

NAME = "org.freedesktop.FileManager1"


class FileManager:
    """Owns the name on a bus."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._asked: asyncio.Queue[str] = asyncio.Queue()
        link.serve(self._serve)

    @classmethod
    async def open(cls, bus_address: str) -> Self:
        """Return one that has taken its name."""
        manager = cls(await Link.open(bus_address))
        await manager._link.request_name(NAME)
        return manager

    @property
    def is_idle(self) -> bool:
        """Return whether there is nothing that it was to show."""
        return self._asked.empty()

    async def shows(self) -> str:
        """Return the address that it is to show next; AssertionError if nothing comes."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._asked.get()
        except TimeoutError:
            raise AssertionError("nothing was to be shown") from None

    async def close(self) -> None:
        """Leave the bus."""
        await self._link.close()

    def _serve(self, call: Message) -> None:
        if (call.interface, call.member) == (NAME, "ShowItems"):
            for each in call.body[0]:
                self._asked.put_nowait(each)
            self._link.send(method_return(call, "", []))
