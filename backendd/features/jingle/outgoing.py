"""Files offered to somebody's client: a way for those that the user sends."""

from functools import partial

from backendd.api import records
from backendd.api.errors import BackendError, NotConnected, NotSupported
from backendd.api.words import TransferMethod
from backendd.core import clock
from backendd.core.transfers import Facts, NewTransfer
from backendd.features.jingle.clients import Clients
from backendd.features.jingle.model import AT_ONCE, METHODS
from backendd.files.sources import Source, Stamp
from backendd.jingle import names
from backendd.jingle.descriptions import File
from backendd.jingle.peers import Peers
from backendd.jingle.sending import Told
from backendd.session.home import Home
from backendd.session.ways import Ending, Move, Sending
from backendd.store import transfers
from backendd.store.ledger import Ledger

_SIZE, _CHANGED = "size", "changed"


class Outgoing:
    """The way of files to a client: by a connection, and in-band where that can't be made.

    By `jingle-ibb` it is not even tried.
    """

    at_once = AT_ONCE

    def __init__(self, home: Home, method: TransferMethod, peers: Peers, clients: Clients) -> None:
        self.method = method
        self._home = home
        self._peers = peers
        self._clients = clients
        home.transfers.send(self)

    async def permit(self, sending: Sending) -> None:
        """Raise why a file can't be offered: NotSupported, NotConnected."""
        if sending.whom.kind != "chat":
            raise NotSupported("files go directly to contacts only, not into rooms")
        if not self._home.stream.is_online:
            raise NotConnected("you are not online, and files go directly from client to client")
        await self._clients.find(sending.whom.jid)

    def queue(self, ledger: Ledger, sending: Sending) -> int:
        """Store a transfer."""
        stamp = sending.stamp
        id = transfers.add(
            ledger,
            NewTransfer(
                peer=sending.whom.jid, direction="out", method=self.method, name=sending.name,
                time=clock.now_us(), size=stamp.size, path=sending.path, mime=sending.mime,
                token=sending.token,
            ),
        )  # fmt: skip
        transfers.remember(ledger, id, {_SIZE: stamp.size, _CHANGED: stamp.mtime_ns})
        return id

    async def move(self, move: Move) -> Ending:
        """Offer a file, and send it once it is taken."""
        id, transfer = move.transfer.id, move.transfer
        async with await self._open(move) as source:
            client, features = await self._clients.wait(transfer.peer)
            if self.method == "jingle-ibb":
                features -= {names.SOCKS5}
            file = File(transfer.name, mime=transfer.mime, modified=source.stamp.mtime_ns // 1000)
            await self._home.store.write(lambda ledger: transfers.move(ledger, id, "offered"))
            told = Told(partial(self._begun, id), move.tell)
            await self._peers.send(client, features, source, file, told)
        return _nothing

    async def _open(self, move: Move) -> Source:
        if move.handle is not None:
            return await Source.of(move.handle, move.transfer.name)
        notes = await self._home.store.read(lambda view: transfers.notes(view, move.transfer.id))
        known = Stamp(int(notes.get(_SIZE, -1)), int(notes.get(_CHANGED, -1)))
        return await Source.at(move.transfer.path, known=known)

    def _begun(self, id: int, way: str) -> None:
        self._home.write_soon(partial(begin, id, METHODS[way]), name="transfer begins")

    def gave_up(self, ledger: Ledger, transfer: records.Transfer, error: BackendError) -> None:
        """Leave it at that: the other side has been told, and no message waits for it."""

    def goes_on(self, ledger: Ledger, transfer: records.Transfer) -> None:
        """Offer it anew."""

    async def forget(self, transfer: records.Transfer) -> None:
        """Leave nothing: nothing was kept."""


def begin(id: int, method: TransferMethod, ledger: Ledger) -> None:
    """Store that bytes go from now on, and how."""
    if transfers.move(ledger, id, "running"):
        transfers.learn(ledger, id, Facts(method=method))


def _nothing(ledger: Ledger) -> None:
    """Nothing follows from it that the other side has a file."""
