"""What others want of the files that we have offered them, and that they don't have."""

from backendd.api.words import TransferState
from backendd.core import jid
from backendd.core.transfers import is_held
from backendd.features.jingle import lines, store
from backendd.jingle.requests import Request
from backendd.session.home import Home
from backendd.store import transfers
from backendd.store.ledger import Ledger


class Requests:
    """The requests of one profile that stand, by the transfers that they want to go on."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._standing: dict[int, Request] = {}

    def take(self, request: Request) -> None:
        """Have a file go on that somebody asks for, or say that there is none for them."""
        self._home.do_soon(self._keep(request), name="file asked for")

    def standing(self, id: int) -> Request | None:
        """Return what is asked of a transfer, which is the caller's to answer."""
        return self._standing.pop(id, None)

    async def _keep(self, request: Request) -> None:
        home, peer = self._home, jid.received(request.peer).bare
        known = await home.store.read(lambda view: store.not_there(view, peer, request.file))
        if known is None:
            request.refuse()
            return
        if known.state == "cancelled":
            request.cancel()
            return
        if is_held(known):
            request.hold_up()
            return
        if (other := self.standing(known.id)) is not None:
            other.supersede()
        # Whatever begins from here on answers it.
        self._standing[known.id] = request

        def work(ledger: Ledger) -> bool:
            now = transfers.get(ledger, known.id)
            if now is None or is_held(now):
                return False
            ledger.after_commit(home.transfers.look)
            lines.goes_on(ledger, known)
            unless: tuple[TransferState, ...] = ("done", "cancelled")
            return transfers.move(ledger, known.id, "queued", unless=unless)

        async with home.transfers.held(known.id):
            is_wanted = await home.store.write(work)
        if not is_wanted and self.standing(known.id) is not None:
            await self._keep(request)  # it is something else by now
