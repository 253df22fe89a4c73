"""What others want of the files that we have offered them, and that broke off."""

from backendd.core import jid
from backendd.features.jingle import store
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
        known = await home.store.read(lambda view: store.broken_off(view, peer, request.file))
        if known is None:
            request.refuse()
            return
        await home.transfers.hold(known.id)  # who asks for it has given up what there was

        def follow() -> None:
            self._standing[known.id] = request
            home.transfers.look()

        def work(ledger: Ledger) -> bool:
            found = store.broken_off(ledger, peer, request.file)
            if found is None or found.id != known.id:
                return False
            ledger.after_commit(follow)
            return transfers.move(ledger, known.id, "queued", unless=("done",))

        if not await home.store.write(work):
            request.refuse()
