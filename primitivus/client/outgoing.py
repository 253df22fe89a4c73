"""Sending, so that a lost answer neither loses nor doubles a message, nor changes their order."""

import asyncio
import logging
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from backendd.api.errors import BackendError, Timeout
from backendd.api.failures import LinkError, NotRunning
from backendd.api.names import MESSAGES
from backendd.api.tasks import Tasks
from primitivus.client.caller import Caller
from primitivus.model.state import State

log = logging.getLogger(__name__)

# A backend that is there, but gives no answer, is asked again.
AGAIN_S = 5.0
ABOUT = "unanswered"


@dataclass(frozen=True, slots=True)
class _Unanswered:
    peer: str
    body: str
    token: str


@dataclass
class Outgoing:
    """Hands messages to the backend; with the same token it stores one only once.

    Those to one peer go one behind the other: the next waits for the answer to the one before.
    """

    caller: Caller
    state: State
    tasks: Tasks
    _unanswered: list[_Unanswered] = field(default_factory=list)
    # What was refused last: the same text again is the same message, should it be stored after all.
    _refused: _Unanswered | None = None
    _turns: defaultdict[str, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )
    _repeating: asyncio.Lock = field(default_factory=asyncio.Lock)
    _again: asyncio.TimerHandle | None = None

    async def send(self, peer: str, body: str) -> None:
        """Hand a message over; where no answer comes it is handed over again at the next attach.

        Raises what the backend says against it, and NotRunning if it is known to be gone.
        """
        if not self.state.is_attached:
            raise NotRunning("the backend is not running; your text stays here until it is")
        message = self._refused
        if message is None or (message.peer, message.body) != (peer, body):
            message = _Unanswered(peer, body, uuid.uuid4().hex)
        self._refused = None
        async with self._turns[peer]:
            if any(each.peer == peer for each in self._unanswered):
                self._keep(message)
                return
            try:
                await self._hand_over(message)
            except BackendError as error:
                if not isinstance(error, Timeout):
                    self._refused = message
                    raise
                self._keep(message)
            except LinkError:
                self._keep(message)

    def _keep(self, message: _Unanswered) -> None:
        self._unanswered.append(message)
        self.state.complain(
            "no answer from the backend: the message is handed over again when it is back",
            about=ABOUT,
        )
        self._try_again()

    def _try_again(self) -> None:
        if self._again is not None:
            self._again.cancel()
        loop = asyncio.get_running_loop()
        self._again = loop.call_later(
            AGAIN_S, lambda: self.tasks.start(self.repeat(), name="hand over again")
        )

    async def repeat(self) -> None:
        """Hand over again what had no answer, in its order."""
        async with self._repeating:
            while self._unanswered and self.state.is_attached:
                message = self._unanswered[0]
                try:
                    await self._hand_over(message)
                except (LinkError, Timeout):
                    self._try_again()
                    return
                except BackendError as error:
                    self.state.complain(f"a message to {message.peer} was refused: {error}")
                self._unanswered.pop(0)
        if not self._unanswered:
            self.state.settle(ABOUT)

    async def _hand_over(self, message: _Unanswered) -> None:
        options = {"token": message.token, "clear_draft": True}
        await self.caller.call(MESSAGES, "Send", message.peer, message.body, options)
