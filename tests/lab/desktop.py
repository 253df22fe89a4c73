"""A notification server as desktops have them: keeps what it is shown, and acts as its user."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Self

from dbus_next.message import Message

from backendd.api.bus_messages import method_return, signal
from backendd.api.link import Link
from tests.lab.patience import PATIENCE_S

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
ALL = ("body", "body-markup", "actions", "inline-reply")


class Shown(NamedTuple):
    """A call of Notify."""

    number: int
    replaces: int
    summary: str
    body: str
    actions: list[str]
    hints: dict[str, Any]


class Desktop:
    """Owns the name on a bus, and can what it says it can."""

    def __init__(self, link: Link, can: Sequence[str]) -> None:
        self._link = link
        self._can = can
        self._changed = asyncio.Event()
        self.told: list[Shown] = []
        self.shown: dict[int, Shown] = {}
        link.serve(self._serve)

    @classmethod
    async def open(cls, bus_address: str, *, can: Sequence[str] = ALL) -> Self:
        """Return a server that has taken its name."""
        desktop = cls(await Link.open(bus_address), can)
        await desktop._link.request_name(NAME)
        return desktop

    async def close(self) -> None:
        """Leave the bus with all that is shown."""
        await self._link.close()

    async def until(self, condition: Callable[[], Any]) -> Any:
        """Return what `condition` returns once it is true; looked at after each call."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not (result := condition()):
                    self._changed.clear()
                    await self._changed.wait()
                return result
        except TimeoutError:
            raise AssertionError(f"never came true; it was told {self.told}") from None

    def emit(self, member: str, signature: str, *arguments: object) -> None:
        """Send a signal, as when the user does something."""
        self._link.send(signal(PATH, NAME, member, signature, arguments))

    def _serve(self, call: Message) -> None:
        match call.member:
            case "GetCapabilities":
                self._link.send(method_return(call, "as", [list(self._can)]))
            case "Notify":
                self._link.send(method_return(call, "u", [self._show(*call.body)]))
            case "CloseNotification":
                self.shown.pop(call.body[0], None)
                self._link.send(method_return(call, "", []))
                self.emit("NotificationClosed", "uu", call.body[0], 3)
        self._changed.set()

    def _show(
        self,
        _: str,
        replaces: int,
        __: str,
        summary: str,
        body: str,
        actions: list[str],
        hints: dict[str, Any],
        ___: int,
    ) -> int:
        number = replaces or len(self.told) + 1
        shown = Shown(number, replaces, summary, body, actions, hints)
        self.told.append(shown)
        self.shown[number] = shown
        return number
