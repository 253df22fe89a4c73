"""Streams that the other side closes over what it was sent, as far as that can be told."""

from backendd.api.errors import BackendError
from backendd.xmpp.account import Listener, StreamClosed
from backendd.xmpp.acks import Acks
from backendd.xmpp.binding import Binding
from backendd.xmpp.faults import HungUp, StreamRefused
from backendd.xmpp.sending import Sender


class Refusals:
    """Notes what was in flight when a stream was closed, and reports it to `listener`."""

    def __init__(self, listener: Listener, acks: Acks, sender: Sender) -> None:
        self._listener = listener
        self._acks = acks
        self._sender = sender
        self._noted: StreamClosed | None = None

    def note(
        self, binding: Binding | None, reason: BackendError | None, *, again: bool = False
    ) -> None:
        """Take note of why a connection ended.

        A link may break at any time: that it was closed without a word says little, unless it
        happens `again` over the same, or over what is suspected and was sent alone.
        """
        if binding is None or not len(binding.outgoing):
            return
        if isinstance(reason, (StreamRefused, HungUp)):
            was_alone = self._sender.awaits_lone
            is_kept = isinstance(reason, HungUp) and not (again or was_alone)
            is_lone = (was_alone or len(binding.outgoing) == 1) and not is_kept
            self._noted = StreamClosed(binding.sm_id, is_lone=is_lone, is_kept=is_kept)

    async def report(self) -> bool:
        """Tell what was noted, once all acknowledgements are told.

        Return whether what was in flight must not be written again with all the rest.
        """
        if (noted := self._noted) is None:
            return False
        await self._acks.flush()
        await self._listener.refused(noted)
        self._noted = None
        return not noted.is_kept
