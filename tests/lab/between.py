"""Somebody between `jp` and the backend: hands on what is called and told, and holds up a call."""

import asyncio
from typing import Any, Self

from dbus_next.aio.message_bus import MessageBus
from dbus_next.constants import MessageType, NameFlag
from dbus_next.message import Message

from backendd.api.names import BUS_NAME, ROOT_PATH
from backendd.api.subscriptions import MatchRule
from backendd.api.tasks import Tasks
from tests.lab.patience import PATIENCE_S


class Between:
    """Owns the backend's name on a bus of its own, and calls the backend on the other one."""

    def __init__(self, inner: MessageBus, outer: MessageBus, address: str) -> None:
        self.address = address
        """The bus of who calls."""
        self.called: list[str] = []
        """The members that were called, in order."""
        self._inner = inner
        self._outer = outer
        self._tasks = Tasks()
        self._member = ""
        self._after = False
        self._behind = ""
        self._held = asyncio.Event()
        self._going = asyncio.Event()
        for bus, handler in ((inner, self._from_backend), (outer, self._from_caller)):
            bus.add_message_handler(handler)

    @classmethod
    async def open(cls, backend: str, callers: str) -> Self:
        """Return one between the bus of a backend and that of who calls it, by their addresses."""
        inner, outer = [
            await MessageBus(bus_address=each, negotiate_unix_fd=True).connect()
            for each in (backend, callers)
        ]
        between = cls(inner, outer, callers)
        rule = str(MatchRule(sender=BUS_NAME, path_namespace=ROOT_PATH))
        await inner.call(_to_driver("AddMatch", "s", [rule]))
        await outer.request_name(BUS_NAME, NameFlag.DO_NOT_QUEUE)
        return between

    def hold(self, member: str, *, answer: bool = False, behind: str = "") -> None:
        """Have the next call of a member not reach the backend, or its answer not who called.

        It is the next one `behind` a call of another member, where that is named.
        """
        self._member, self._after, self._behind = member, answer, behind
        self._held.clear()
        self._going.clear()

    async def held(self) -> None:
        """Return once it is held up."""
        async with asyncio.timeout(PATIENCE_S):
            await self._held.wait()

    def let_go(self) -> None:
        """Have what is held up go on."""
        self._going.set()

    async def close(self) -> None:
        """Leave both buses, with what is held up; who waits for an answer hears that we left."""
        await self._tasks.stop()
        for each in (self._outer, self._inner):
            bus: Any = each
            if bus.connected:
                bus.disconnect()
                await bus.wait_for_disconnect()
                bus._sock.close()  # which dbus-next leaves open

    def _from_caller(self, message: Message) -> bool | None:
        if message.message_type is not MessageType.METHOD_CALL:
            return None  # an answer to dbus-next itself
        self._tasks.start(self._hand_on(message), name="hand a call on")
        return True

    def _from_backend(self, message: Message) -> bool | None:
        if message.message_type is not MessageType.SIGNAL or message.path is None:
            return None
        if message.path.startswith(ROOT_PATH):
            self._outer.send(_copy(message, message_type=MessageType.SIGNAL))
        return True

    async def _hand_on(self, call: Message) -> None:
        self.called.append(call.member)
        is_held = call.member == self._member and not self._behind
        if call.member == self._behind:
            self._behind = ""
        if is_held and not self._after:
            await self._hold_up()
        asked = _copy(call, destination=BUS_NAME, message_type=MessageType.METHOD_CALL)
        reply = await self._inner.call(asked)
        if is_held and self._after:
            await self._hold_up()
        if reply is not None:
            answer = Message(
                destination=call.sender, message_type=reply.message_type, reply_serial=call.serial,
                error_name=reply.error_name, signature=reply.signature, body=reply.body,
                unix_fds=reply.unix_fds,
            )  # fmt: skip
            self._outer.send(answer)

    async def _hold_up(self) -> None:
        self._member = ""
        self._held.set()
        await self._going.wait()


def _copy(message: Message, *, message_type: MessageType, destination: str = "") -> Message:
    to: Any = destination or None  # a signal is for whoever listens
    return Message(
        destination=to, message_type=message_type, path=message.path,
        interface=message.interface, member=message.member, signature=message.signature,
        body=message.body, unix_fds=message.unix_fds,
    )  # fmt: skip


def _to_driver(member: str, signature: str, body: list[str]) -> Message:
    driver, path = "org.freedesktop.DBus", "/org/freedesktop/DBus"
    return Message(
        destination=driver, path=path, interface=driver, member=member,
        signature=signature, body=body,
    )  # fmt: skip
