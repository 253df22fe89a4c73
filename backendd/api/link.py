"""A connection to the session bus: calls, signals and names, in plain Python values."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any, Self

from dbus_next.constants import MessageFlag, MessageType, NameFlag, RequestNameReply
from dbus_next.errors import AuthError, InvalidAddressError
from dbus_next.message import Message

from backendd.api import errors
from backendd.api.address import find_address
from backendd.api.bus_messages import BusMessage, beside, error_reply, method_call
from backendd.api.calls import Calls
from backendd.api.connection import Connection
from backendd.api.descriptors import unpack
from backendd.api.failures import (
    DRIVER,
    BusLost,
    LinkError,
    NameTaken,
    NoBus,
    NotRunning,
    from_reply,
)
from backendd.api.subscriptions import Handler, MatchRule, Signal, Subscriptions, Undo

__all__ = [
    "BusLost", "Link", "LinkError", "MatchRule", "NameTaken", "NoBus", "NotRunning", "Signal",
]  # fmt: skip

log = logging.getLogger(__name__)

DRIVER_PATH = "/org/freedesktop/DBus"
OPEN_TIMEOUT = 10.0
CALL_TIMEOUT = 25.0
FLUSH_TIMEOUT = 2.0
CALL_LIMIT = 4 * 1024 * 1024
"""Bytes of what is sent to one who serves: far above all that a method can need."""


class Link:
    """A connection to a bus, open until `close`, or until the bus goes away."""

    def __init__(self, address: str) -> None:
        self._connection = Connection(address, self._on_lost)
        self._calls = Calls(self.send, self._connection.flush)
        self._subscriptions = Subscriptions(self._tell_bus)
        self._serve: Callable[[Message], None] = self._refuse
        self._closed = asyncio.Event()

    @classmethod
    async def open(cls, address: str | None = None) -> Self:
        """Return a link to the bus at `address`, by default this user's session bus.

        Raises NoBus.
        """
        address = address or find_address()
        reason: Exception | None = None
        for each in filter(None, address.split(";")):
            try:
                return await cls._open(each)
            except (OSError, EOFError, KeyError, AuthError, InvalidAddressError) as error:
                reason = error
        said = (isinstance(reason, OSError) and reason.strerror) or reason or "no address"
        raise NoBus(f"the session bus at {address} can't be used: {said}")

    @classmethod
    async def _open(cls, address: str) -> Self:
        link = cls(address)
        connection = link._connection
        try:
            async with asyncio.timeout(OPEN_TIMEOUT):
                await connection.connect()
        except BaseException:
            connection.abandon()
            raise
        connection.add_message_handler(link._received)
        return link

    @property
    def unique_name(self) -> str:
        """Our name on the bus, as `:1.42`."""
        return self._connection.unique_name or ""

    @property
    def is_lost(self) -> bool:
        """Whether the connection has ended."""
        return self._closed.is_set()

    @property
    def backlog(self) -> int:
        """How many messages wait for the bus to take them."""
        return self._connection.backlog

    async def call(
        self,
        destination: str,
        path: str,
        interface: str | None,
        member: str,
        signature: str = "",
        args: Sequence[Any] = (),
        *,
        timeout: float | None = CALL_TIMEOUT,
        no_auto_start: bool = False,
    ) -> list[Any]:
        """Return what a method returns; starts the service if it can be started.

        A descriptor, `h`, is a `Descriptor` both ways. Raises the BackendError it answered with,
        Timeout, NotRunning, and BusLost at once when the bus is lost.
        """
        flags = MessageFlag.NO_AUTOSTART if no_auto_start else MessageFlag.NONE
        call = method_call(destination, path, interface, member, signature, args, flags=flags)
        reply = await self._calls.ask(call, timeout)
        if reply.message_type is MessageType.ERROR:
            raise _failure(reply, destination)
        return list(unpack(reply.signature, reply.body, beside(reply)))

    def send(self, message: BusMessage) -> int:
        """Queue `message`, and return its serial; raises BusLost and NotSupported."""
        if self.is_lost:
            raise BusLost("the connection to the session bus is lost")
        return self._connection.post(message)

    def serve(self, handler: Callable[[Message], None]) -> None:
        """Call `handler` with each method call that comes; it sees to the replies.

        From here on nothing larger than CALL_LIMIT is taken.
        """
        self._serve = handler
        self._connection.largest = CALL_LIMIT

    def subscribe(self, rule: MatchRule, handler: Handler) -> Undo:
        """Call `handler` with each signal that `rule` lets through, until undone.

        Holds from here on for all that happens after calls made later.
        """
        return self._subscriptions.add(rule, handler)

    def watch_name(self, name: str, handler: Callable[[str], None]) -> Undo:
        """Call `handler` with the owner of `name`, soon and at each change; "" is nobody."""
        is_wanted = True

        def answered(reply: Message | None) -> None:
            if reply is not None and is_wanted:
                handler("" if reply.message_type is MessageType.ERROR else reply.body[0])

        def undo() -> None:
            nonlocal is_wanted
            is_wanted = False
            unsubscribe()

        rule = MatchRule(
            DRIVER, DRIVER_PATH, interface=DRIVER, member="NameOwnerChanged", arg0=name
        )
        unsubscribe = self.subscribe(rule, lambda signal: handler(signal.args[2]))
        if not self.is_lost:
            self._calls.start(_to_driver("GetNameOwner", "s", [name]), answered)
        return undo

    async def request_name(self, name: str) -> None:
        """Own `name` from now on; raises NameTaken if another process does."""
        reply = await self.call(
            DRIVER, DRIVER_PATH, DRIVER, "RequestName", "su", [name, NameFlag.DO_NOT_QUEUE.value]
        )
        if reply[0] == RequestNameReply.EXISTS.value:
            raise NameTaken(f"another process owns {name} on this bus")

    async def wait_closed(self) -> None:
        """Return when the connection has ended."""
        await self._closed.wait()

    async def close(self) -> None:
        """End the connection, after what was sent has reached the bus."""
        if not self.is_lost:
            try:
                await self._calls.ask(_to_driver("GetId"), FLUSH_TIMEOUT)
            except (errors.Timeout, BusLost) as error:
                log.warning("the bus did not take the last messages: %s", error)
        self._connection.abandon()

    def _tell_bus(self, member: str, rule: str) -> None:
        def answered(reply: Message | None) -> None:
            if reply is not None and reply.message_type is MessageType.ERROR:
                log.error("the bus refuses %s %s: %s", member, rule, reply.body)

        if not self.is_lost:
            self._calls.start(_to_driver(member, "s", [rule]), answered)

    def _received(self, message: Message) -> bool:
        try:
            self._handle(message)
        except Exception:
            # dbus-next would send it to the caller, traceback and all.
            log.exception("handling a message failed")
        return True  # so dbus-next does nothing of its own

    def _handle(self, message: Message) -> None:
        if message.message_type is MessageType.SIGNAL:
            signal = Signal(
                message.sender, message.path, message.interface, message.member, tuple(message.body)
            )
            self._subscriptions.dispatch(signal)
        elif message.message_type is not MessageType.METHOD_CALL:
            self._calls.take(message)
        else:
            self._serve(message)

    def _refuse(self, message: Message) -> None:
        self.send(error_reply(message, f"{DRIVER}.Error.UnknownMethod", "nothing is served here"))

    def _on_lost(self) -> None:
        self._closed.set()
        self._calls.lose()


def _to_driver(member: str, signature: str = "", args: Sequence[Any] = ()) -> BusMessage:
    return method_call(DRIVER, DRIVER_PATH, DRIVER, member, signature, args)


def _failure(reply: Message, destination: str) -> Exception:
    text = reply.body[0] if reply.body and isinstance(reply.body[0], str) else reply.error_name
    return from_reply(reply.error_name, text, sender=reply.sender, destination=destination)
