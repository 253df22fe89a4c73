"""Making the server say what it has: by XEP-0198, or by a ping where it lacks that."""

import contextlib
import logging
from collections.abc import Callable
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, TooLarge
from backendd.api.tasks import Tasks
from backendd.xmpp.binding import Binding
from backendd.xmpp.faults import StanzaError
from backendd.xmpp.names import PING_NS
from backendd.xmpp.requests import Requests

# Longer than a connection lives without an answer.
PATIENCE_S = 120.0

log = logging.getLogger(__name__)


class Asking:
    """Asks for acknowledgements and signs of life in the binding that `current` gives.

    `again` is called after a ping has settled what was sent before it.
    """

    def __init__(
        self,
        tasks: Tasks,
        requests: Requests,
        domain: str,
        current: Callable[[], Binding | None],
        again: Callable[[], None],
    ) -> None:
        self._tasks = tasks
        self._requests = requests
        self._domain = domain
        self._current = current
        self._again = again
        self._pinging = False

    def ask(self) -> None:
        """Have the server acknowledge what it has."""
        binding = self._current()
        if binding is None or binding.wire is None:
            return
        if binding.managed:
            binding.ask()
        elif not self._pinging:
            self._pinging = True
            self._tasks.start(self._settle(binding), name="ask by ping")

    def probe(self) -> None:
        """Ask for any answer at all.

        A request for an acknowledgement has to be answered at once (XEP-0198 4), and unlike a ping
        it is no stanza: nothing is counted, so nothing has to be stored on either side.
        """
        binding = self._current()
        if binding is not None and binding.managed:
            binding.ask()
        else:
            self._tasks.start(self._ping_quietly(), name="ping")

    async def _settle(self, binding: Binding) -> None:
        # An answer proves that the server took what was sent before.
        number = binding.outgoing.next  # the ping's own
        try:
            await self._ping()
        except BackendError:
            return
        finally:
            self._pinging = False
        if binding is self._current() and binding.outgoing.holds(number):
            binding.acknowledged(number)
        self._again()

    async def _ping_quietly(self) -> None:
        try:
            await self._ping()
        except BackendError as error:
            log.debug("%s: a ping got no answer: %s", self._domain, error)

    async def _ping(self) -> None:
        binding = self._current()
        wire = binding.wire if binding is not None else None
        if wire is None:
            return
        wire.pulse.ask()
        ping = Element(f"{{{PING_NS}}}ping")
        # An error is an answer as good as any, and so is one that can't be kept.
        with contextlib.suppress(StanzaError, TooLarge):
            await self._requests.request("get", self._domain, ping, timeout=PATIENCE_S)
        wire.pulse.answer()
