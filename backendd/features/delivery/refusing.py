"""What the server doesn't take, as far as it says so or has shown it."""

import logging
from collections.abc import Mapping

from backendd.api import sizes
from backendd.api.errors import BackendError, ServerError, TooLarge
from backendd.session.home import Home
from backendd.store import settling
from backendd.store.ledger import Ledger
from backendd.store.outbox import Out

log = logging.getLogger(__name__)

# Three times with nothing else in flight; see `Out`.
CONVICTED = 4
# Every server takes stanzas of this size (RFC 6120 section 13.12).
SMALL_BYTES = 10_000
# By so much stanzas around one text differ: addresses, a delay.
FRAME_BYTES = 1000


INTERNAL = BackendError(
    "it could not be made ready to be sent, for an internal reason; see the log"
)


class Limit:
    """The largest stanza of one profile: what its server announces, or turned out to close on."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._learned = 0  # unknown

    def refuses(self, row: Out, written: bytes) -> BackendError | None:
        """Return why a stanza isn't sent (again), None where it may be."""
        size, domain = len(written), self._home.account_jid.domain
        if row.suspicion >= CONVICTED:
            if size <= SMALL_BYTES:
                return ServerError(f"{domain} closes the connection each time it is sent this")
            self._learn(size)
        limits = [limit for limit in (self._home.stream.max_bytes, self._learned) if limit]
        if limits and size > min(limits):
            return TooLarge("the text is longer than the server accepts")
        return None

    def _learn(self, size: int) -> None:
        self._learned = min(size - FRAME_BYTES, self._learned or size)
        domain = self._home.account_jid.domain
        self._home.warnings.add(
            "limit",
            domain,
            f"{domain} closes the connection on a message of {sizes.shown(size)}: what is about as "
            "large isn't sent any more; send it in parts",
        )


def refuse(ledger: Ledger, refused: Mapping[Out, BackendError]) -> None:
    """Have these not sent, and their messages failed."""
    for row, error in refused.items():
        fail(ledger, row, error, blames_address=not isinstance(error, TooLarge))


def fail(ledger: Ledger, row: Out, error: BackendError, *, blames_address: bool = False) -> None:
    """Have one not sent, and its message failed; see `settling.fail`."""
    settling.fail(ledger, row.id, error, blames_address=blames_address)
    if row.message is None:
        log.warning("a notice is not sent: %s", error)
