"""What comes that is worth a bell, as it is told outside of the program's own screen."""

from collections.abc import Callable

from backendd.api.tuples import NamedTuple
from primitivus.model.accounts.account import Account


class Alert(NamedTuple):
    """From whom or about whom it is, and what it says; neither where that isn't to be told.

    `is_for_us`: it speaks to the user, rather than to all who are there.
    """

    summary: str = ""
    body: str = ""
    is_for_us: bool = False


class Alerts:
    """Hands each to who listens."""

    def __init__(self) -> None:
        self._listener: Callable[[Alert], None] = lambda alert: None

    def listen(self, listener: Callable[[Alert], None]) -> None:
        """Call `listener` with each that comes."""
        self._listener = listener

    def ring(self, alert: Alert, account: Account) -> None:
        """Call for the attention of whose account it is; of what is locked nothing is told."""
        self._listener(Alert() if account.is_locked else alert)
