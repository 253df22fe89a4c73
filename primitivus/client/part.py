"""The part that something takes in one account: what it hears, fetches, loads and leaves behind."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from backendd.api.tasks import Tasks
from backendd.api.tuples import NamedTuple
from primitivus.client.bus import Bus
from primitivus.model.accounts.account import Account
from primitivus.model.panes.pane import Pane
from primitivus.model.state import State

C = TypeVar("C")

Handlers = Mapping[tuple[str, str], Callable[..., None]]
"""What takes the arguments of a signal, by interface and member."""


class Access(NamedTuple):
    """What a part may use of its account; `tasks` end with it."""

    bus: Bus
    state: State
    account: Account
    tasks: Tasks

    def interface(self, contract: type[C]) -> C:
        """Return what calls an interface of the profile: as its Protocol says, over the bus."""
        return self.bus.interface(self.account.profile.path, contract)


class Part:
    """What follows one account for a feature. Each hook does nothing until overridden."""

    def signals(self) -> Handlers:
        """Return what hears of the profile's signals; several may hear of one."""
        return {}

    async def fetch(self) -> None:
        """Fill the account with what the backend has, after attaching.

        What signals told meanwhile wins over it: they come from before it is asked.
        """

    async def attached(self) -> None:
        """Do what waited until all is fetched."""

    def forget(self) -> None:
        """Empty the account of what was fetched: the profile is another one of the same name."""

    def fill(self, pane: Pane) -> None:
        """Begin to load what a pane in view still wants, if that is this part's."""

    def looked_at(self) -> None:
        """Take note that what is in view is being seen."""

    async def farewell(self) -> None:
        """Give the backend what is not there yet, before the program ends."""

    def lost(self) -> None:
        """Take note that the backend is gone: what goes on there isn't told any more."""

    def stop(self) -> None:
        """Begin nothing any more: the profile is gone."""
