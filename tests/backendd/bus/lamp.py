"""What serves the interfaces of these tests."""

import asyncio
import os
from collections.abc import Sequence
from typing import TypedDict, Unpack

from backendd.api.descriptors import Descriptor
from backendd.api.errors import InvalidArgument, UnknownItem

SECRET = "/home/alice/secret.db is broken"


class Paint(TypedDict, total=False):
    """What of a wall is changed."""

    colour: str
    from_: int


class Switch:
    """Half of the members of a lamp."""

    maker = "Edison"

    def __init__(self) -> None:
        self.level = 3
        self.spectrum = ["red", "blue"]
        self.started = asyncio.Event()
        self.released = asyncio.Event()
        self.ended = asyncio.Event()
        self.was_cancelled = False

    async def set_level(self, value: int) -> None:
        if value > 100:
            raise InvalidArgument("a level is at most 100")
        self.level = value

    async def who_am_i(self, *, caller: str) -> str:
        return caller

    async def work(self) -> None:
        await self._until_released()

    async def wait(self) -> None:
        await self._until_released()

    async def _until_released(self) -> None:
        self.started.set()
        try:
            await self.released.wait()
        except asyncio.CancelledError:
            self.was_cancelled = True
            raise
        finally:
            self.ended.set()


class Bulb:
    """The other half."""

    async def echo(self, text: str, extra: dict[str, object]) -> str:
        return text + "".join(sorted(extra))

    async def describe(self, extra: dict[str, object]) -> tuple[dict[str, object], int]:
        return {"given": extra, "levels": [1, 2]}, 2

    async def copy(self, name: str, file: Descriptor) -> Descriptor:
        if name == "broken":
            raise UnknownItem("there is no such bulb")
        number = os.memfd_create(name)
        os.write(number, os.pread(file.fileno(), 1 << 20, 0))
        return Descriptor(number)

    async def bundle(self, files: Sequence[Descriptor], last: Descriptor) -> list[Descriptor]:
        return [Descriptor.copy(each.fileno()) for each in (last, *reversed(files))]

    async def dim(self, *, to: int = 10, slowly: bool = False) -> str:
        return f"to {to}, {'slowly' if slowly else 'at once'}"

    async def paint(self, wall: str, **changes: Unpack[Paint]) -> str:
        return f"{wall}: {changes}"

    async def say(self, kind: str) -> str:
        return {"nul": "a\0b", "surrogate": "a\ud800b", "both": "\udfff\0"}[kind]

    async def blob(self, size: int) -> str:
        return "x" * size

    async def fail(self, how: str) -> None:
        if how == "known":
            raise UnknownItem("there is no such bulb")
        if how == "nul":
            raise UnknownItem("a\0b\ud800c")
        if how == "cancelled":
            raise asyncio.CancelledError
        raise RuntimeError(SECRET)


class Plug:
    """A second interface."""

    volts = 230

    async def pull(self) -> None:
        """Do nothing."""
