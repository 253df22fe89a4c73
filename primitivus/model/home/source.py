"""What adds rows to what waits for the user."""

from collections.abc import Callable, Iterable

from primitivus.model.accounts.account import Account
from primitivus.model.panes.listed_row import ListedRow
from primitivus.model.state import State

Source = Callable[[State, Account], Iterable[ListedRow]]
"""Returns what waits in an account, what came first above, or what matters most."""

MOST = 5
"""Of many alike so many have rows of their own, the others one together."""
