"""Files that were offered and taken, as they come."""

import logging
import os
from functools import partial

from backendd.api import records
from backendd.api.errors import (
    BackendError,
    DiskFull,
    FileError,
    HostUnreachable,
    NotAllowed,
    NotConnected,
    Paused,
    TooLarge,
)
from backendd.api.words import TransferMethod
from backendd.core.transfers import Facts
from backendd.features.jingle import store
from backendd.features.jingle.clients import UNREACHED, Client, Clients
from backendd.features.jingle.kept import Kept
from backendd.features.jingle.model import AT_ONCE, METHODS
from backendd.features.jingle.offers import Offers, gone, new_place
from backendd.features.jingle.outgoing import begin
from backendd.files import hashing
from backendd.files.targets import Bounds, Received
from backendd.files.wanted import Wanted
from backendd.jingle.descriptions import File
from backendd.jingle.peers import Peers
from backendd.jingle.receiving import Offer
from backendd.jingle.sending import Told
from backendd.session.home import Home
from backendd.session.places import Places
from backendd.session.ways import Ending, Move
from backendd.store import transfers
from backendd.store.ledger import Ledger

log = logging.getLogger(__name__)

# After these it is no longer what came of the file, or has no place.
_LOST = (FileError, TooLarge)
# After these nothing has failed.
_ON_HOLD = (NotConnected, Paused)


class Incoming:
    """The way of files that were offered and taken."""

    at_once = AT_ONCE

    def __init__(
        self,
        home: Home,
        method: TransferMethod,
        peers: Peers,
        clients: Clients,
        offers: Offers,
        places: Places,
    ) -> None:
        self.method = method
        self._home = home
        self._peers = peers
        self._clients = clients
        self._offers = offers
        self._places = places
        home.transfers.receive(self)

    async def move(self, move: Move) -> Ending:
        """Receive a file, from where it was if some of it is here; what nobody offers is asked for.

        Only of a file that the user has taken once is anything asked.
        """
        transfer = move.transfer
        try:
            received = await self._bring(move)
        except BackendError as error:
            if _is_lost(transfer, error):
                await self._places.forget(transfer.id, await self._wanted(transfer.id))
            elif not isinstance(error, (*_ON_HOLD, DiskFull)):
                raise _interrupted(error, transfer.peer) from error
            raise
        return partial(_arrived, transfer.id, received)

    async def _bring(self, move: Move) -> Received:
        transfer = move.transfer
        offer = self._offers.taken(transfer.id)
        file = offer.file if offer is not None else await self._known(transfer)
        wanted, promised = await self._wanted(transfer.id), file.hashes_used
        async with self._places.open(move, wanted, Bounds(file.size), promised) as target:
            kept = Kept(target, partial(self._keep_mark, transfer.id))
            told = Told(partial(self._begun, transfer.id), move.tell, move.is_paused)
            if target.is_whole:
                await kept.finish({})
                if offer is not None:
                    await offer.note_whole()
            else:
                await self._receive(transfer, offer, file, kept, told)
            move.tell(kept.position)  # what was whole when it was offered has told nothing
        assert kept.received is not None
        return kept.received

    async def _receive(
        self,
        transfer: records.Transfer,
        offer: Offer | None,
        file: File,
        kept: Kept,
        told: Told,
    ) -> None:
        """Return when a file is here: as it is offered, and what breaks off is asked for."""
        has_broken_off = False
        while True:
            began = kept.position
            try:
                if offer is None:
                    offer = await self._fetch(transfer, file, kept, told, may_return=has_broken_off)
                if offer is not None:
                    await offer.accept(kept, told, offset=await kept.offset(offer))
                break
            except HostUnreachable as error:
                if kept.position == began:
                    raise
                log.info("the rest of a file is asked for: %s", error)
            has_broken_off = True
            offer, file = None, await self._known(transfer)

    async def _known(self, transfer: records.Transfer) -> File:
        """Return what is known of a file that the user has taken; NotAllowed for another one."""
        wanted = await self._wanted(transfer.id)
        if wanted.size is None or not wanted.key:
            raise gone(transfer)
        return File(transfer.name, wanted.size, hashes=hashing.read(transfer.hash))

    async def _fetch(
        self,
        transfer: records.Transfer,
        file: File,
        kept: Kept,
        told: Told,
        *,
        may_return: bool,
    ) -> Offer | None:
        """Ask those clients for a file who may have it, until it is here.

        Who was there until it broke off `may_return`.
        Return the offer to take instead, where they have made one meanwhile and answer nothing.
        """

        async def attempt(client: Client) -> None:
            await self._peers.fetch(
                client.jid, client.features, file, kept, told, offset=kept.position
            )

        began = await kept.ready()
        self._offers.asked.add(transfer.id)
        try:
            await self._clients.each(
                *(transfer.peer, attempt, lambda: kept.position == began),
                may_return=may_return,
            )
        except UNREACHED:
            offer = self._offers.taken(transfer.id)
            if offer is None:
                raise
            return offer
        finally:
            self._offers.asked.discard(transfer.id)
        return None

    async def _wanted(self, id: int) -> Wanted:
        return await self._home.store.read(lambda view: store.kept(view, id))

    async def _keep_mark(self, id: int, mark: str) -> None:
        if mark:
            await self._home.store.write(lambda ledger: transfers.note(ledger, id, "mark", mark))

    def _begun(self, id: int, way: str) -> None:
        self._offers.asked.discard(id)
        self._home.write_soon(partial(begin, id, METHODS[way]), name="transfer begins")

    def gave_up(self, ledger: Ledger, transfer: records.Transfer, error: BackendError) -> None:
        """Tell the other side, once it is stored; of what can't be gone on with nothing is kept."""
        if _is_lost(transfer, error):
            store.forget(ledger, transfer.id)
        ledger.after_commit(partial(self._offers.give_up, transfer.id, error))

    def goes_on(self, ledger: Ledger, transfer: records.Transfer) -> None:
        """Have all of a file asked for of which nothing is kept: NotAllowed without its size.

        It goes where it was to go, which is made anew; else to where downloads belong.
        """
        if store.kept(ledger, transfer.id).key:
            return
        if not transfer.size:
            raise gone(transfer)
        directory = os.path.dirname(transfer.path)
        wanted = new_place(self._home, directory, transfer.size)._replace(is_default=True)
        path = os.path.join(wanted.directory, transfer.name)
        store.keep(ledger, transfer.id, wanted, File())
        transfers.learn(ledger, transfer.id, Facts(path=path, done=0))
        ledger.after_commit(partial(self._home.transfers.give, transfer.id, None))

    async def forget(self, transfer: records.Transfer) -> None:
        """Leave nothing of what came."""
        await self._places.forget(transfer.id, await self._wanted(transfer.id))
        await self._home.store.write(lambda ledger: store.forget(ledger, transfer.id))


def _arrived(id: int, received: Received, ledger: Ledger) -> None:
    facts = Facts(path=received.path, size=received.size, hash=hashing.shown(received.hashes))
    transfers.learn(ledger, id, facts)
    store.forget(ledger, id)


def _is_lost(transfer: records.Transfer, error: BackendError) -> bool:
    """Return whether nothing of a file is to be gone on with that `error` ends."""
    if isinstance(error, _LOST) and not (transfer.path and isinstance(error, DiskFull)):
        return True
    # What somebody has open shows what came: of what was cancelled nothing stays there.
    return not transfer.path and isinstance(error, NotAllowed) and not isinstance(error, Paused)


def _interrupted(error: BackendError, who: str) -> BackendError:
    """Return what says why a file doesn't come any further, and when it will."""
    return type(error)(f"{error}; it goes on where it was once {who} offers it again")
