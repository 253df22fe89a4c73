"""A connection to the session bus without an event loop, for who does one thing at a time.

asyncio and dbus-next take four times as long to load as Python to start: more than all else that a
command costs which sends a message. Here a call is written and its answer waited for; what is told
meanwhile waits in a queue. The methods are coroutines that never suspend, so that what is written
against the contract runs here as it does on a loop: `run` has one go through.

Nothing is served here: calls to us go unanswered.
"""

from collections import deque
from collections.abc import Coroutine, Sequence
from time import monotonic

from backendd.api.address import find_address
from backendd.api.bodies import encode
from backendd.api.bus_socket import BusSocket, Message, reason
from backendd.api.errors import BackendError, Timeout
from backendd.api.failures import DRIVER, NoBus, from_reply
from backendd.api.headers import message_bytes
from backendd.api.signature import Plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self, TypeVar

    from backendd.api.descriptors import Descriptor
    from backendd.api.subscriptions import MatchRule, Signal

    T = TypeVar("T")

CALL_TIMEOUT = 25.0
DRIVER_PATH = "/org/freedesktop/DBus"

_CALL, _ERROR, _SIGNAL = 1, 3, 4
_HELLO = 1  # its serial
_NO_AUTO_START = 2


def run(work: "Coroutine[object, None, T]") -> "T":
    """Return what a coroutine returns that waits for nothing but a connection of this kind."""
    try:
        work.send(None)
    except StopIteration as end:
        value: T = end.value
        return value
    work.close()
    raise RuntimeError("this waits for an event loop, and there is none")


class Unanswered(Timeout, on_bus=False):
    """We have not waited any longer for an answer: what was asked for may be done, or be yet."""


class BlockingLink:
    """A connection to the session bus, open until `close`; raises NoBus."""

    def __init__(self, address: str | None = None) -> None:
        self._serial = 0
        self._rules: list[MatchRule] = []
        self._signals: deque[Signal] = deque()
        self._socket = BusSocket(address or find_address())
        try:
            self._socket.authenticate(
                self._message((DRIVER, DRIVER_PATH, DRIVER, "Hello"), "", b"")
            )
        except (OSError, EOFError, BackendError) as error:
            self.close()
            raise NoBus(f"the session bus refuses us: {reason(error)}") from None

    def __enter__(self) -> "Self":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection; what was sent has reached the bus."""
        self._socket.close()

    async def call(
        self,
        destination: str,
        path: str,
        interface: str | None,
        member: str,
        signature: str = "",
        args: Sequence[Plain] = (),
        *,
        timeout: float | None = CALL_TIMEOUT,
        no_auto_start: bool = False,
    ) -> list[Plain]:
        """Return what a method returns; starts the service if it can be started.

        A descriptor, `h`, is a `Descriptor` both ways. Raises the BackendError it answered with,
        Timeout, NotRunning and BusLost.
        """
        values, beside = _packed(signature, args)
        to = (destination, path, interface, member)
        flags = _NO_AUTO_START * no_auto_start
        self._socket.write(
            self._message(to, signature, encode(signature, values), flags, len(beside)), beside
        )
        kind, fields, body = self._answer(self._serial, timeout)
        if kind == _ERROR:
            raise _failure(fields, body, destination)
        if "h" not in fields.get("signature", ""):
            return body
        from backendd.api.descriptors import unpack

        return list(unpack(fields["signature"], body, self._socket.descriptors()))

    async def subscribe(self, rule: "MatchRule") -> None:
        """Have `signal` return those that `rule` lets through, from now on."""
        self._rules.append(rule)
        await self.call(DRIVER, DRIVER_PATH, DRIVER, "AddMatch", "s", [str(rule)])

    async def signal(self, timeout: float | None = None) -> "Signal | None":
        """Return the next signal of those subscribed to; None if none comes in time; BusLost."""
        until = None if timeout is None else monotonic() + timeout
        while not self._signals:
            try:
                self._take(self._socket.read(until))
            except TimeoutError:
                return None
        return self._signals.popleft()

    def _message(
        self,
        to: tuple[str, str, str | None, str],
        signature: str,
        body: bytes | bytearray,
        flags: int = 0,
        descriptors: int = 0,
    ) -> bytearray:
        self._serial += 1
        destination, path, interface, member = to
        fields = {1: path, 2: interface, 3: member, 6: destination, 8: signature}
        return message_bytes(_CALL, flags, self._serial, fields, body, descriptors=descriptors)

    def _answer(self, serial: int, timeout: float | None) -> Message:
        """Return what answers the call of this serial; Timeout, BusLost."""
        until = None if timeout is None else monotonic() + timeout
        while True:
            try:
                message = self._socket.read(until)
            except TimeoutError:
                raise Unanswered(f"no answer within {timeout or 0:g} seconds") from None
            answered = message[1].get("reply_serial")
            if answered == serial:
                return message
            if answered == _HELLO and message[0] == _ERROR:
                # Nobody waited for it: it comes before any other answer.
                raise NoBus(f"the session bus refuses us: {_failure(*message[1:], DRIVER)}")
            self._take(message)

    def _take(self, message: Message) -> None:
        """Keep a signal that is wanted; nothing else that comes is ours."""
        kind, fields, body = message
        if kind != _SIGNAL or not self._rules:
            return
        from backendd.api.subscriptions import Signal

        sender, path, interface, member = (fields.get(key, "") for key in _OF_SIGNALS)
        told = Signal(sender, path, interface, member, tuple(body))
        if any(rule.matches(told) for rule in self._rules):
            self._signals.append(told)


_OF_SIGNALS = ("sender", "path", "interface", "member")


def _packed(
    signature: str, args: Sequence[Plain]
) -> "tuple[Sequence[Plain], Sequence[Descriptor]]":
    if "h" not in signature:
        return args, ()
    from backendd.api.descriptors import pack

    return pack(signature, args)


def _failure(fields: dict[str, "Plain"], body: list[Plain], destination: str) -> Exception:
    name = fields.get("error_name", "")
    text = body[0] if body and isinstance(body[0], str) else name
    return from_reply(name, text, sender=fields.get("sender", ""), destination=destination)
