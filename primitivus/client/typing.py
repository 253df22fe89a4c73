"""Telling the peer that something is being typed."""

import asyncio
import logging

from backendd.api.contract import Messages
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.tasks import Tasks
from backendd.api.values import Mutable
from primitivus.client.part import Part
from primitivus.model.editing.signs import may_become_command

log = logging.getLogger(__name__)

# The backend forgets after 30 seconds; who pauses for longer than that isn't typing.
REPEAT_S = 20.0
PAUSE_S = 8.0


class Typing(Mutable, Part):
    """Sends few notices however many keys are typed: one at the start, one at the end."""

    messages: Messages
    tasks: Tasks
    _peer: str = ""
    _told_at: float = 0.0
    _pause: asyncio.TimerHandle | None = None
    _seen: tuple[str, str] = ("", "")

    def edited(self, peer: str, text: str) -> None:
        """Note what the text for `peer` is now; commands are nobody's business."""
        if (peer, text) == self._seen:
            return
        self._seen = peer, text
        if not text or (may_become_command(text) and not text.startswith(("/me ", ":me "))):
            self.stopped()
            return
        loop = asyncio.get_running_loop()
        if peer != self._peer or loop.time() - self._told_at > REPEAT_S:
            self.stopped()
            self._peer, self._told_at = peer, loop.time()
            self._tell(peer, typing=True)
        self._cancel()
        self._pause = loop.call_later(PAUSE_S, self.stopped)

    async def farewell(self) -> None:
        self.stopped()

    def stopped(self) -> None:
        """Tell that nothing is being typed any more."""
        self._cancel()
        peer, self._peer = self._peer, ""
        if peer:
            self._tell(peer, typing=False)

    def sent(self) -> None:
        """Note that the text was sent, which by itself ends the typing."""
        self._cancel()
        self._peer = ""
        self._seen = "", ""

    def _cancel(self) -> None:
        if self._pause is not None:
            self._pause.cancel()
            self._pause = None

    def _tell(self, peer: str, *, typing: bool) -> None:
        self.tasks.start(self._call(peer, typing), name="tell of typing")

    async def _call(self, peer: str, typing: bool) -> None:
        try:
            await self.messages.set_typing(peer, typing)
        except (BackendError, LinkError) as error:
            log.debug("typing was not told: %s", error)
