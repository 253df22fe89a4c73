"""What features see of the backend as a whole, which has many profiles, and their parts in it."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from backendd.api.link import Link
from backendd.api.tasks import Tasks
from backendd.config import Config
from backendd.core.hub import Hub
from backendd.session.part import Outlet
from backendd.store.database import Database

P = TypeVar("P", bound="BackendPart")

WhenCallerLeaves = Callable[[str, Callable[[], None]], object]
"""Calls the second when the caller of this bus name has left."""


class BackendPart:
    """What a feature does for all profiles at once; each hook does nothing until overridden."""

    def members(self) -> object | None:
        """Return what serves members of the Manager interface."""
        return None

    async def load(self) -> None:
        """Read what is stored, before anything is served."""

    def tell(self, outlet: Outlet) -> None:
        """Send signals of the manager, and say what of it changed, through `outlet` from now on."""


class Backend:
    """The bus, the database, and what concerns all profiles; a `Home` has it for its features.

    `events` are those that are no profile's own. `link` is there on a bus only, and
    `config_file` where one was named at the start.
    """

    def __init__(
        self,
        *,
        database: Database,
        config: Config,
        config_file: Path | None = None,
        link: Link | None = None,
        when_caller_leaves: WhenCallerLeaves = lambda *_: None,
    ) -> None:
        self.database = database
        self.config = config
        self.config_file = config_file
        self.link = link
        self.when_caller_leaves = when_caller_leaves
        self.events = Hub()
        self.tasks = Tasks()
        self.parts: Sequence[BackendPart] = ()

    def take(self, parts: Iterable[Callable[["Backend"], BackendPart]]) -> None:
        """Let features take their parts."""
        self.parts = tuple(make(self) for make in parts)

    def part(self, kind: type[P]) -> P:
        """Return the part of this kind; LookupError where no feature has taken it."""
        for part in self.parts:
            if isinstance(part, kind):
                return part
        raise LookupError(f"no feature takes the part of {kind.__name__}")
