"""A frontend for tests: calls one profile over the bus, and waits for what it tells."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Self

from backendd.api import names
from backendd.api.link import Link, MatchRule, Signal
from tests.lab.patience import PATIENCE_S

Record = dict[str, Any]
_PROPERTIES = "org.freedesktop.DBus.Properties"


class Caller:
    """A link to the bus, and the profile its calls go to."""

    def __init__(self, link: Link, profile: str) -> None:
        self._link = link
        self.path = names.profile_path(profile)
        self._changed = asyncio.Event()
        link.subscribe(MatchRule(names.BUS_NAME, self.path), self._on_signal)

    @classmethod
    async def open(cls, bus_address: str, profile: str) -> Self:
        """Return a caller for `profile`; the daemon may come and go."""
        return cls(await Link.open(bus_address), profile)

    async def close(self) -> None:
        """Leave the bus."""
        await self._link.close()

    async def call(self, interface: str, member: str, signature: str = "", *args: Any) -> Any:
        """Return the only, or the first, value a member returns; None where it returns nothing."""
        reply = await self._link.call(
            names.BUS_NAME, self.path, interface, member, signature, args, timeout=PATIENCE_S
        )
        return reply[0] if reply else None

    async def get(self, name: str) -> Any:
        """Return a property of the profile."""
        return await self.call(_PROPERTIES, "Get", "ss", names.PROFILE, name)

    async def manage(self, member: str, signature: str = "", *args: Any) -> Any:
        """Return what a member of the manager returns first; None where it returns nothing."""
        reply = await self._link.call(
            names.BUS_NAME, names.ROOT_PATH, names.MANAGER, member, signature, args
        )
        return reply[0] if reply else None

    async def get_of_manager(self, name: str) -> Any:
        """Return a property of the manager."""
        path, arguments = names.ROOT_PATH, (names.MANAGER, name)
        reply = await self._link.call(names.BUS_NAME, path, _PROPERTIES, "Get", "ss", arguments)
        return reply[0]

    async def send(self, peer: str, body: str) -> int:
        """Send a message; return its id."""
        return int(await self.call(names.MESSAGES, "Send", "ss", peer, body))

    async def messages(self, peer: str) -> list[Record]:
        """Return the newest messages of a conversation, oldest first."""
        found: list[Record] = await self.call(names.MESSAGES, "List", "s", peer)
        return found

    async def wait_state(self, *states: str) -> str:
        """Return the first of these states that the profile is in."""
        milliseconds = int(PATIENCE_S * 1000)
        return str(await self.call(names.PROFILE, "WaitState", "asu", list(states), milliseconds))

    async def wait_for(self, peer: str, condition: Callable[[Record], bool]) -> Record:
        """Return the first message of a conversation that meets `condition`, once there is one."""
        return await self._first(lambda: self.messages(peer), condition, "body", "state")

    async def wait_transfer(self, condition: Callable[[Record], bool]) -> Record:
        """Return the first transfer that meets `condition`, once there is one."""

        async def transfers() -> list[Record]:
            found: list[Record] = await self.call(names.FILES, "List")
            return found

        return await self._first(transfers, condition, "name", "state", "error")

    async def _first(
        self,
        load: Callable[[], Awaitable[list[Record]]],
        condition: Callable[[Record], bool],
        *shown: str,
    ) -> Record:
        """Return the first record that meets `condition`, loaded anew after each signal."""
        found: list[Record] = []
        try:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    self._changed.clear()
                    found = await load()
                    for each in found:
                        if condition(each):
                            return each
                    await self._changed.wait()
        except TimeoutError:
            told = [tuple(each.get(key) for key in shown) for each in found]
            raise AssertionError(f"there is no such record, only {told}") from None

    async def wait_sent(self, peer: str, body: str) -> Record:
        """Return our message with this text once the server has it."""
        reached = ("sent", "delivered", "displayed")
        return await self.wait_for(
            peer, lambda m: m.get("body") == body and m.get("state") in reached
        )

    def _on_signal(self, _: Signal) -> None:
        self._changed.set()
