"""A row of what waits for the user."""

from collections.abc import Callable, Iterable
from typing import Literal

from backendd.api.records import Message, Transfer
from backendd.api.values import Value
from primitivus.model.account import Account
from primitivus.model.place import Place
from primitivus.model.state import State

# How it looks: what speaks to the user, what is unread, what goes on, what is quiet, what is wrong.
Tone = Literal["mention", "unread", "plain", "quiet", "error"]


class HomeRow(Value):
    """Something that waits; one without a `line` is the heading of an account.

    Of all that its account has the `key` tells which it is, whatever becomes of the others.
    """

    place: Place
    key: str
    # What stands before it: a number or letter, or the sign that is called so (themes/symbols.py).
    sign: str = ""
    symbol: str = ""
    name: str = ""
    text: str = ""
    tone: Tone = "plain"
    # When it began to wait, in µs since the epoch; 0: that says nothing.
    time: int = 0
    # The command line of Enter, and those that say yes and no to what is asked.
    line: str = ""
    yes: str = ""
    no: str = ""
    # The message whose text belongs here, by its id, and the line of a key that does more with it.
    wants: int = 0
    does: tuple[str, ...] = ()
    # The message or file that it is, if it is one.
    item: Message | Transfer | None = None

    @property
    def identity(self) -> tuple[str, str]:
        """What tells it from the rows of all accounts."""
        return self.place.account, self.key


Source = Callable[[State, Account], Iterable[HomeRow]]
"""Returns what waits in an account, what came first above, or what matters most."""

MOST = 5
"""Of many alike so many have rows of their own, the others one together."""
