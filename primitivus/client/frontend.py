"""What the backend is told of this frontend: whether somebody is here, and what they look at."""

import logging

from backendd.api.contract import Manager
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.tasks import Tasks
from backendd.api.tuples import NamedTuple
from primitivus.model.attention import attended, is_used, posts_seen
from primitivus.model.state import State

log = logging.getLogger(__name__)

NAME = "primitivus"


class Shown(NamedTuple):
    """What is told, and to whom: another backend knows nothing of it."""

    owner: str
    is_idle: bool
    focus: frozenset[tuple[str, str]]


class Frontend:
    """Tells it when it is different, one after the other."""

    def __init__(self, manager: Manager, state: State, tasks: Tasks) -> None:
        self._manager = manager
        self._state = state
        self._tasks = tasks
        self._told: Shown | None = None
        self._is_telling = False

    def drawn(self) -> None:
        """Take note that the screen shows what it does now."""
        if not self._is_telling and self._state.is_attached and self._told != self._shown():
            self._is_telling = True
            self._tasks.start(self._tell(), name="tell what is shown")

    async def _tell(self) -> None:
        try:
            while self._state.is_attached and self._told != (shown := self._shown()):
                # Told once, whatever becomes of it: it is nothing that anybody waits for.
                self._told = shown
                await self._manager.set_frontend(
                    name=NAME, idle=shown.is_idle, focus=sorted(shown.focus)
                )
        except (BackendError, LinkError) as error:
            log.warning("the backend was not told what is shown: %s", error)
        finally:
            self._is_telling = False

    def _shown(self) -> Shown:
        state = self._state
        seen = [(state.at(place), place.peer) for place in attended(state)]
        seen += [(state.at(pane.place), pane.entry.uri) for pane in posts_seen(state) if pane.entry]
        focus = frozenset((account.profile.path, what) for account, what in seen)
        return Shown(state.backend.owner, not is_used(state), focus)
