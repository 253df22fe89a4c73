"""The frontends that are on the bus, and what they say together."""

from backendd.core.frontends import Focus, Frontend, FrontendsChanged
from backendd.session.backend import Backend, BackendPart


class Frontends(BackendPart):
    """Knows who is there, until they leave the bus; tells `backend.events` what changes."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._known: dict[str, Frontend] = {}

    @property
    def is_attended(self) -> bool:
        """Whether somebody uses one."""
        return any(not frontend.is_idle for frontend in self._known.values())

    @property
    def focus(self) -> Focus:
        """What somebody looks at."""
        return frozenset().union(*(frontend.focus for frontend in self._known.values()))

    def set(self, caller: str, frontend: Frontend) -> None:
        """Take note of what the frontend of this bus name says."""
        if caller not in self._known:
            self._backend.when_caller_leaves(caller, lambda: self._forget(caller))
        before = self._together()
        self._known[caller] = frontend
        self._tell(before)

    def _forget(self, caller: str) -> None:
        before = self._together()
        self._known.pop(caller, None)
        self._tell(before)

    def _together(self) -> FrontendsChanged:
        return FrontendsChanged(self.is_attended, self.focus)

    def _tell(self, before: FrontendsChanged) -> None:
        now = self._together()
        if now != before:
            self._backend.events.publish(now)
