"""The binding that is held: over a connection, between two, or known from another process."""

from collections.abc import Callable

from backendd.xmpp.account import Resumption
from backendd.xmpp.binding import Binding


class Held:
    """What there is to resume. `replaced` is called when all that was asked in it is void."""

    def __init__(self, stored: Resumption | None, replaced: Callable[[], None]) -> None:
        """Begin with what is `stored` of the binding of an earlier process."""
        self.current: Binding | None = None
        self._stored = stored
        self._replaced = replaced

    @property
    def location(self) -> str:
        """Where the server wants to be resumed, if it said so."""
        if self.current is not None:
            return self.current.location if self.current.resumable else ""
        return self._stored.location if self._stored else ""

    @property
    def resumption(self) -> Resumption | None:
        """What is needed to resume it, None where it can't be."""
        if self.current is not None:
            return self.current.resumption
        return self._stored if self._stored and self._stored.sm_id else None

    @property
    def bound(self) -> Resumption | None:
        """What to know of it when it can't be resumed: the resource to bind again.

        That makes the server end what is left of it.
        """
        full_jid = self.current.full_jid if self.current else ""
        if not full_jid and self._stored:
            full_jid = self._stored.full_jid
        return Resumption("", full_jid) if full_jid else None

    def rest(self) -> None:
        """Keep no more of the binding than another process would know."""
        self._keep(self.resumption or self.bound)

    def void(self) -> Resumption | None:
        """Forget a binding that must not be resumed, but for its resource, which is returned."""
        bound = self.bound
        self._keep(bound)
        return bound

    def end(self) -> None:
        """Forget the binding: it is closed, or can't be resumed."""
        self._keep(None)

    def lost(self) -> None:
        """Take note that the connection is gone: some bindings are over with it."""
        if self.current is not None and not self.current.resumable:
            self._replaced()

    def _keep(self, stored: Resumption | None) -> None:
        self._stored = stored
        if self.current is not None:
            self.current.end()
            self.current = None
            self._replaced()
