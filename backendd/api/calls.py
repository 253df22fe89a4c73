"""The calls whose replies have not come yet."""

import asyncio
from collections.abc import Callable

from dbus_next.message import Message

from backendd.api import errors
from backendd.api.bus_messages import BusMessage
from backendd.api.failures import BusLost

Answered = Callable[[Message | None], None]
"""Takes the reply to a call, or None when the bus was lost."""


class Calls:
    """Sends calls by `send`, which returns a serial, and finds whom each reply is for.

    `flush` has what was sent be on its way.
    """

    def __init__(self, send: Callable[[BusMessage], int], flush: Callable[[], None]) -> None:
        self._send = send
        self._flush = flush
        self._pending: dict[int, Answered] = {}

    def start(self, call: BusMessage, answered: Answered) -> int:
        """Send `call`, have `answered` called with what comes of it, and return its serial."""
        serial = self._send(call)
        self._pending[serial] = answered
        return serial

    async def ask(self, call: BusMessage, timeout: float | None) -> Message:
        """Return the reply to `call`, which may be an error; raises Timeout and BusLost.

        Without a `timeout` it may take as long as it wants.
        """
        answer: asyncio.Future[Message | None] = asyncio.get_running_loop().create_future()

        def answered(reply: Message | None) -> None:
            if not answer.done():
                answer.set_result(reply)

        serial = self.start(call, answered)
        # Not when the loop comes to it: who is asked works while we go on with what we are at.
        self._flush()
        try:
            async with asyncio.timeout(timeout):
                reply = await answer
        except TimeoutError:
            raise errors.Timeout(f"no answer within {timeout or 0:g} seconds") from None
        finally:
            self._pending.pop(serial, None)
        if reply is None:
            raise BusLost("the connection to the session bus is lost")
        return reply

    def take(self, reply: Message) -> None:
        """Give a reply to whoever waits for it; nothing happens when nobody does."""
        answered = self._pending.pop(reply.reply_serial, None)
        if answered is not None:
            answered(reply)

    def lose(self) -> None:
        """Tell all who wait that the bus is lost."""
        pending = list(self._pending.values())
        self._pending.clear()
        for answered in pending:
            answered(None)
