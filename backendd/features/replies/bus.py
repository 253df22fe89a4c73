"""The option of Send, of the Messages interface: which message it answers."""

from backendd.bus.further import option_of
from backendd.features.replies import service
from backendd.store.ledger import Ledger


class RepliesMembers:
    """What callers see of replies."""

    @option_of("send")
    def reply_to(self, ledger: Ledger, message_id: int, reply_to: int = 0) -> None:
        if reply_to:
            service.answer(ledger, message_id, reply_to)
