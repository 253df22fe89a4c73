"""Sending, so that a lost answer neither loses nor doubles a message."""

import logging
import uuid
from dataclasses import dataclass, field

from backendd.api.errors import BackendError, Timeout
from backendd.api.failures import LinkError, NotRunning
from backendd.api.names import MESSAGES
from primitivus.client.caller import Caller
from primitivus.model.state import State

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Unanswered:
    peer: str
    body: str
    token: str


@dataclass
class Outgoing:
    """Hands messages to the backend; with the same token it stores one only once."""

    caller: Caller
    state: State
    _unanswered: list[_Unanswered] = field(default_factory=list)
    # What was refused last: the same text again is the same message, should it be stored after all.
    _refused: _Unanswered | None = None

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
            "no answer from the backend: the message is handed over again when it is back"
        )

    async def repeat(self) -> None:
        """Hand over again what had no answer, in its order."""
        while self._unanswered:
            message = self._unanswered[0]
            try:
                await self._hand_over(message)
            except (LinkError, Timeout):
                return
            except BackendError as error:
                self.state.complain(f"a message to {message.peer} was refused: {error}")
            self._unanswered.pop(0)

    async def _hand_over(self, message: _Unanswered) -> None:
        options = {"token": message.token, "clear_draft": True}
        await self.caller.call(MESSAGES, "Send", message.peer, message.body, options)
