"""Files offered to somebody's client: a way for those that the user sends."""

import logging
from collections.abc import Mapping
from functools import partial

from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.errors import BackendError, HostUnreachable, NotConnected, NotSupported
from backendd.api.tuples import NamedTuple
from backendd.api.words import TransferMethod
from backendd.core import clock
from backendd.core.conversations import Peer
from backendd.core.shared_files import SharedFile
from backendd.core.transfers import Facts, NewTransfer
from backendd.features.jingle import lines, store
from backendd.features.jingle.clients import UNREACHED, Client, Clients
from backendd.features.jingle.model import AT_ONCE, METHODS
from backendd.features.jingle.requests import Requests
from backendd.features.jingle.store import Standing
from backendd.files.sources import Source
from backendd.jingle import names
from backendd.jingle.descriptions import File
from backendd.jingle.peers import Peers
from backendd.jingle.requests import Request
from backendd.jingle.sending import Told
from backendd.jingle.session import new_id
from backendd.jingle.ways import WAYS
from backendd.session.home import Home
from backendd.session.ways import Ending, Move, Sending, SendingWay
from backendd.store import messages, transfers
from backendd.store.ledger import Ledger

log = logging.getLogger(__name__)

_FREE, _IN_BAND = "free", "in-band"


class _Instead(NamedTuple):
    """How a file goes that found no client."""

    way: SendingWay
    sending: Sending
    handle: Descriptor | None


class Outgoing:
    """The way of files to a client: by a connection, and in-band where that can't be made.

    Of what is sent by `jingle-ibb` it is not even tried, whoever begins the session.
    """

    at_once = AT_ONCE

    def __init__(
        self,
        home: Home,
        method: TransferMethod,
        peers: Peers,
        clients: Clients,
        requests: Requests,
    ) -> None:
        self.method = method
        self._home = home
        self._peers = peers
        self._requests = requests
        self._clients = clients
        self._going: set[int] = set()  # of which something has gone already
        self._instead: dict[int, _Instead] = {}
        home.transfers.send(self)

    async def permit(self, sending: Sending) -> None:
        """Raise why a file can't be offered: NotSupported, NotConnected."""
        if sending.whom.kind != "chat":
            raise NotSupported("files go directly to contacts only, not into rooms")
        if sending.is_encrypted:
            raise NotSupported("a file with a key in its address goes by the server, not directly")
        if not self._home.stream.is_online:
            raise NotConnected("you are not online, and files go directly from client to client")
        await self._clients.find(sending.whom.jid)

    def queue(self, ledger: Ledger, sending: Sending) -> int:
        """Store a transfer, and the message that it is."""
        stamp, peer = sending.stamp, sending.whom.jid
        file = SharedFile(
            sending.name, sending.mime, stamp.size, description=sending.description, is_direct=True
        )
        is_in_band = METHODS[names.IN_BAND] == self.method
        choice = {_FREE: int(sending.is_free), _IN_BAND: int(is_in_band)}
        new = NewTransfer(
            peer=peer, direction="out", method=self.method, name=sending.name,
            time=clock.now_us(), size=stamp.size, path=sending.path, mime=sending.mime,
            token=sending.token, message=lines.ours(ledger, self._home.own, peer, file),
            notes=stamp.notes() | choice,
        )  # fmt: skip
        return transfers.add(ledger, new)

    async def move(self, move: Move) -> Ending:
        """Offer a file, and send it once it is taken; or send what somebody has asked for of it."""
        request = self._requests.standing(move.transfer.id)
        try:
            if request is not None:
                await self._answer(move, request)
            else:
                await self._offer(move)
        finally:
            self._going.discard(move.transfer.id)
        return lambda ledger: lines.arrived(ledger, move.transfer)

    async def _offer(self, move: Move) -> None:
        """Offer a file until it is answered: who leaves before that is waited for.

        One that may goes by way of the server instead where no client can be reached with it.
        """
        if not await self._is_free(move.transfer.id):
            await self._until_there(move)
        while not await self._is_answered(move):
            await self._until_there(move)

    async def _is_answered(self, move: Move) -> bool:
        """Return whether they have the file by now; False where they have left without a word."""
        transfer = move.transfer
        async with await self._home.transfers.source(move) as source:
            try:
                await self._offer_each(move, source)
            except UNREACHED as error:
                if transfer.id in self._going:
                    raise
                if await self._fall_back(move, source):
                    instead = f"{error}; it goes by way of the server instead"
                    raise type(error)(instead) from error
                if await self._clients.is_away(transfer.peer):
                    return False
                raise
        return True

    async def _until_there(self, move: Move) -> None:
        """Return once somebody is there; the transfer says that it waits for that."""
        id, who = move.transfer.id, move.transfer.peer
        if not await self._clients.is_away(who):
            return
        why = HostUnreachable(f"{who} is away; it is offered again once they are back")
        await self._home.store.write(lambda ledger: transfers.move(ledger, id, "queued", error=why))
        async with move.pausing():
            await self._clients.until_there(who)

    async def _offer_each(self, move: Move, source: Source) -> None:
        """Offer a file to one client of theirs after the other, until one takes it."""
        id, told = move.transfer.id, self._told(move)
        file, ways = await self._described(move.transfer, source), await self._ways(id)

        async def attempt(client: Client) -> None:
            standing = Standing(client.jid, new_id())

            def work(ledger: Ledger) -> None:
                transfers.move(ledger, id, "offered")
                store.stands(ledger, id, standing)

            await self._home.store.write(work)
            methods = client.features & ways
            await self._peers.send(client.jid, methods, source, file, told, sid=standing.sid)

        peer = move.transfer.peer
        await self._clients.each(peer, attempt, lambda: id not in self._going)

    async def _answer(self, move: Move, request: Request) -> None:
        """Send what somebody has asked for of a file."""
        try:
            source = await self._home.transfers.source(move)
        except BackendError as error:
            request.give_up(error)
            raise
        async with source:
            file = await self._described(move.transfer, source)
            ways = await self._ways(move.transfer.id)
            await request.answer(source, file, self._told(move), methods=ways)

    def _told(self, move: Move) -> Told:
        return Told(partial(self._begun, move.transfer.id), move.tell, move.is_paused, move.check)

    async def _fall_back(self, move: Move, source: Source) -> bool:
        """Return whether a file of which nothing has gone yet goes by way of the server instead."""
        transfer, way = move.transfer, self._home.transfers.outward("http")
        if way is None or not await self._is_free(transfer.id):
            return False
        said = await self._home.store.read(lambda view: lines.description(view, transfer))
        sending = Sending.of(Peer(transfer.peer, "chat"), source, description=said)
        try:
            await way.permit(sending)
        except BackendError as error:
            log.info("nor can it go by way of the server: %s", error)
            return False
        handle = move.handle
        copy = Descriptor.copy(handle.fileno()) if handle is not None else None
        self._instead[transfer.id] = _Instead(way, sending, copy)
        return True

    async def _notes(self, id: int) -> Mapping[str, str | int]:
        return await self._home.store.read(lambda view: transfers.notes(view, id))

    async def _is_free(self, id: int) -> bool:
        """Return whether a file may go another way than the one it began on."""
        return bool((await self._notes(id)).get(_FREE))

    async def _ways(self, id: int) -> frozenset[str]:
        """Return the namespaces of the ways that a file may go."""
        return frozenset({names.IN_BAND}) if (await self._notes(id)).get(_IN_BAND) else WAYS

    async def _described(self, transfer: records.Transfer, source: Source) -> File:
        said = await self._home.store.read(lambda view: lines.description(view, transfer))
        modified = source.stamp.mtime_ns // 1000
        return File(transfer.name, mime=transfer.mime, modified=modified, description=said)

    def _begun(self, id: int, way: str) -> None:
        self._going.add(id)
        self._home.write_soon(partial(begin, id, METHODS[way]), name="transfer begins")

    def gave_up(self, ledger: Ledger, transfer: records.Transfer, error: BackendError) -> None:
        """Have a file go another way, where one was found; else its message has failed."""
        instead = self._instead.pop(transfer.id, None)
        if instead is None:
            lines.failed(ledger, transfer, error)
            return
        messages.remove(ledger, [transfer.message_id])  # it is that of the other way
        id = instead.way.queue(ledger, instead.sending)
        if instead.handle is not None:
            self._home.transfers.give(id, instead.handle)
            ledger.after_commit(partial(self._home.transfers.keep_soon, id))
        ledger.after_commit(self._home.transfers.look)

    def goes_on(self, ledger: Ledger, transfer: records.Transfer) -> None:
        """Offer it anew."""
        lines.goes_on(ledger, transfer)

    async def forget(self, transfer: records.Transfer) -> None:
        """Leave nothing: nothing was kept."""


def begin(id: int, method: TransferMethod, ledger: Ledger) -> None:
    """Store that bytes go from now on, and how."""
    if transfers.move(ledger, id, "running"):
        transfers.learn(ledger, id, Facts(method=method))
