"""Who sends files, takes them, and says something meanwhile: a profile as a frontend has it."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from backendd.api import names
from backendd.api.link import Link, MatchRule, Signal
from backendd.api.wire import Variant
from bench.stage import PROFILE, Stage
from tests.lab.caller import Caller

T = TypeVar("T")
Record = dict[str, Any]

_LIMIT_S = 100.0
_OVER = ("done", "failed", "cancelled")


class User:
    """A profile whose peer is somebody of the same server."""

    def __init__(self, link: Link, caller: Caller, peer: str) -> None:
        self.caller = caller
        self.peer = peer
        self._told = asyncio.Event()
        self._transfers: dict[int, Record] = {}
        self._heard: set[str] = set()
        link.subscribe(MatchRule(names.BUS_NAME, caller.path), self._on_signal)

    async def send(self, path: Path, method: str = "auto") -> int:
        """Return the transfer of a file that is to be sent."""
        options = {"method": Variant("s", method)}
        return int(await self._call("Send", "ssa{sv}", self.peer, str(path), options))

    async def fetch(self, message: int, folder: Path) -> int:
        """Return the transfer of a file that is to be downloaded."""
        return int(await self._call("Download", "xus", message, 0, str(folder)))

    async def befriended(self) -> None:
        """Return once both see that the other one is online."""
        async with asyncio.timeout(_LIMIT_S):
            while True:
                self._told.clear()
                listed = await self.caller.call(names.ROSTER, "List")
                if any(self._is_friend(each) for each in listed):
                    return
                await self._told.wait()

    def _is_friend(self, contact: Record) -> bool:
        is_peer = contact["jid"] == self.peer and contact["subscription"] == "both"
        return is_peer and bool(contact.get("resources"))

    async def offered(self) -> int:
        """Return the transfer of a file that is offered, once there is one."""
        return int((await self._until(self._find_offer))["id"])

    async def accept(self, id: int, folder: Path) -> int:
        """Take what is offered; return its transfer."""
        await self._call("Accept", "xs", id, str(folder))
        return id

    async def over(self, id: int) -> Record:
        """Return the record of a transfer that is done."""
        record = await self._until(lambda: self._ended(id))
        assert record["state"] == "done", record["error"]
        return record

    async def say(self, text: str) -> float:
        """Return how many milliseconds it takes to say something."""
        begun = time.monotonic()
        await self.caller.send(self.peer, text)
        return (time.monotonic() - begun) * 1000

    async def hear(self, text: str) -> None:
        """Return once a message is on the bus."""
        await self._until(lambda: text in self._heard or None)

    def _call(self, member: str, signature: str, *args: object) -> Awaitable[Any]:
        return self.caller.call(names.FILES, member, signature, *args)

    def _keep(self, record: Record) -> None:
        known = self._transfers.get(record["id"])
        if known is None or record["revision"] >= known["revision"]:
            self._transfers[record["id"]] = record

    def _find_offer(self) -> Record | None:
        found = (each for each in self._transfers.values() if each["state"] == "offered")
        return next((each for each in found if each["direction"] == "in"), None)

    def _ended(self, id: int) -> Record | None:
        record = self._transfers.get(id)
        return record if record is not None and record["state"] in _OVER else None

    async def _until(self, found: Callable[[], T | None]) -> T:
        async with asyncio.timeout(_LIMIT_S):
            while (what := found()) is None:
                self._told.clear()
                await self._told.wait()
        return what

    def _on_signal(self, signal: Signal) -> None:
        if (signal.interface, signal.member) == (names.FILES, "Changed"):
            for record in signal.args[0]:
                self._keep(record)
        elif (signal.interface, signal.member) == (names.MESSAGES, "Changed"):
            self._heard |= {str(record.get("body")) for record in signal.args[1]}
        self._told.set()


@contextlib.asynccontextmanager
async def user(here: Stage, peer: str, profile: str = PROFILE) -> AsyncIterator[User]:
    """Yield who uses a profile, and has to do with an account of the same server."""
    link, caller = await Link.open(here.bus.address), await here.caller(profile)
    yield User(link, caller, here.server.jid(peer))
    await caller.close()
    await link.close()
