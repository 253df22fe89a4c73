"""The dispatcher: from a method call on the bus to a coroutine, and back with its answer."""

import asyncio
import logging
from collections.abc import Callable, Sequence

from dbus_next.constants import MessageFlag
from dbus_next.message import Message

from backendd.api.bus_messages import BusMessage, beside, error_reply, method_return
from backendd.api.descriptors import unpack
from backendd.api.errors import BackendError, Timeout, bus_name
from backendd.api.failures import CANCELLED
from backendd.api.interfaces import Method
from backendd.api.introspection import Contract, contract
from backendd.api.link import BusLost, Link
from backendd.api.names import ERROR_PREFIX, ROOT_PATH
from backendd.api.signature import Plain
from backendd.api.tasks import Tasks
from backendd.bus.callers import Callers
from backendd.bus.exported import Exported
from backendd.bus.refusal import CallRefused
from backendd.bus.tree import Tree

log = logging.getLogger(__name__)

ANSWER_LIMIT = 20.0
"""Seconds a method may take to answer, unless the XML calls it unbounded."""

CLEAR_BELOW = 64
"""Messages waiting for the socket, from which on signals had better wait."""

_GIVEN_UP = ERROR_PREFIX + "Failed"
INTERNAL = "internal error; the log has the details"
OVERDUE = "this takes longer; it goes on, and properties and signals tell how far it is"


class Bus:
    """What this process serves on a link: objects with interfaces of the contract."""

    def __init__(
        self,
        link: Link,
        *,
        contract: Contract | None = None,
        root: str = ROOT_PATH,
        limit: float = ANSWER_LIMIT,
    ) -> None:
        self._link = link
        self._contract = contract or _contract()
        self._limit = limit
        self._tasks = Tasks()
        self._callers = Callers(link)
        self._tree = Tree(link, root)
        self._is_stopped = False
        link.serve(self._received)

    def export(
        self,
        path: str,
        interface_name: str,
        parts: Sequence[object],
        *,
        guard: Callable[[], None] = lambda: None,
    ) -> Exported:
        """Serve an interface at `path` by the members of `parts`.

        Each member of the XML is a coroutine method, property or attribute of exactly one part:
        `SetTyping` is `set_typing`, and a writable property has a coroutine `set_<name>` as well.
        What the XML has as keys of `options` or `changes` are keyword arguments, and so is
        `caller`, the bus name of who calls. An option may also be taken by a function of another
        part; see `option_of`. `guard` is asked before each method.
        Raises TypeError that names what is missing, doubled, or not in the XML.
        """
        return self._tree.add(path, self._contract.load(interface_name), parts, guard)

    def unexport(self, path: str) -> None:
        """Take the object at `path` away with all its interfaces."""
        self._tree.remove(path)

    def when_caller_leaves(self, sender: str, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` once when `sender` is gone from the bus, unless undone before."""
        return self._callers.when_gone(sender, callback)

    def is_clear(self) -> bool:
        """Return whether the bus takes what is sent; a `Burst` waits while it doesn't."""
        return self._link.backlog < CLEAR_BELOW

    async def stop(self) -> None:
        """Give up the calls that are being served, and those to come; each is answered so."""
        self._is_stopped = True
        await self._tasks.stop()

    def _received(self, message: Message) -> None:
        call = _Call(self._link, message)
        if self._is_stopped:
            call.fail(_GIVEN_UP, CANCELLED)
            return
        try:
            exported, method = self._tree.find(message.path, message.interface, message.member)
            args = _arguments(method, message)
        except CallRefused as refusal:
            call.fail(refusal.bus_name, str(refusal))
            return
        name = f"{exported.interface.name}.{method.name}"
        limit = None if method.is_unbounded else self._limit
        task = self._tasks.start(_answer(call, method, exported, args, limit), name=name)
        task.add_done_callback(lambda _: call.fail(_GIVEN_UP, CANCELLED))
        if method.is_unbounded:
            # It may wait for long on behalf of nobody.
            forget = self._callers.when_gone(message.sender, task.cancel)
            task.add_done_callback(lambda _: forget())


def _contract() -> Contract:
    return contract()


class _Call:
    """A call that is answered once, by whatever comes first."""

    def __init__(self, link: Link, message: Message) -> None:
        self._link = link
        self._message = message
        self._is_open = not message.flags & MessageFlag.NO_REPLY_EXPECTED
        self.sender: str = message.sender

    def succeed(self, signature: str, values: Sequence[Plain]) -> None:
        """Answer with a result; raises TooLarge, NotSupported and TypeError."""
        self._send(method_return(self._message, signature, values))

    def fail(self, name: str, text: str) -> None:
        """Answer with an error."""
        self._send(error_reply(self._message, name, text))

    def _send(self, reply: BusMessage) -> None:
        if not self._is_open:
            return
        try:
            self._link.send(reply)
        except BusLost:
            log.debug("an answer reaches nobody: the bus is lost")
        self._is_open = False


async def _answer(
    call: _Call, method: Method, exported: Exported, args: Sequence[Plain], limit: float | None
) -> None:
    """Do the work and answer with what comes of it, or when it is time to say it takes longer."""
    loop = asyncio.get_running_loop()
    overdue = bus_name(Timeout())
    timer = loop.call_later(limit, call.fail, overdue, OVERDUE) if limit is not None else None
    try:
        exported.guard()
        served = exported.binding.methods[method.name]
        values = _values(method, await served(args, call.sender))
        call.succeed(method.out_signature, values)
    except BackendError as error:
        call.fail(bus_name(error), str(error))
    except CallRefused as refusal:
        call.fail(refusal.bus_name, str(refusal))
    except Exception:
        log.exception("%s failed", method.name)
        call.fail(ERROR_PREFIX + "Failed", INTERNAL)
    finally:
        if timer is not None:
            timer.cancel()


def _arguments(method: Method, message: Message) -> list[Plain]:
    """Return the arguments of a call; a final a{sv} may be left out. Raises CallRefused."""
    try:
        given = unpack(message.signature, message.body, beside(message))
    except ValueError as error:
        raise CallRefused("InvalidArgs", str(error)) from None
    if message.signature == method.in_signature:
        return list(given)
    if method.in_signature == message.signature + "a{sv}":
        return [*given, {}]
    wanted = " ".join(f"{each.signature} {each.name}," for each in method.in_args).rstrip(",")
    raise CallRefused(
        "InvalidArgs",
        f"{method.name} takes {wanted or 'nothing'} (types {method.in_signature or 'none'}), "
        f"not {message.signature or 'none'}",
    )


def _values(method: Method, result: Plain) -> Sequence[Plain]:
    """Return what a coroutine returned as one value for each out argument."""
    count = len(method.out_args)
    if count == 1:
        return (result,)
    if count == 0 and result is None:
        return ()
    if isinstance(result, tuple):
        return result
    raise TypeError(f"{method.name} returns {count} values")
