"""Files sent by way of the server: put there, and what waits for them let go then.

A message and its files are one unit of the outbox (telling.py).
"""

import asyncio
import logging
from collections.abc import Sequence
from functools import partial

from backendd.api import records, sizes
from backendd.api.errors import BackendError, FileError, NotConnected, TooLarge
from backendd.api.words import TransferMethod
from backendd.core import jid
from backendd.core.shared_files import SharedFile
from backendd.core.transfers import Facts
from backendd.features.uploads import telling, turns
from backendd.features.uploads.places import Places
from backendd.files import answers, encryption, hashing
from backendd.files.parcels import Open, Parcel, Sealed
from backendd.files.sources import Source
from backendd.files.web import Web
from backendd.session.home import Home
from backendd.session.ways import AT_ONCE, Ending, Move, Sending
from backendd.store import transfers
from backendd.store.ledger import Ledger

log = logging.getLogger(__name__)

TRIES = 4
_PAUSE_S = 2.0


class Uploads:
    """The way of files by the server, and what becomes of the messages that tell of them."""

    method: TransferMethod = "http"
    at_once = AT_ONCE

    def __init__(self, home: Home) -> None:
        self.places = Places(home)
        self._home = home
        home.transfers.send(self)
        home.transfers.own("message", telling.OWNER)

    # -- a way for files

    async def permit(self, sending: Sending) -> None:
        """Raise why the server can't take a file: NotSupported, TooLarge, NotConnected, Timeout."""
        size = sending.stamp.size
        if sending.is_encrypted:
            size = encryption.size(size)
        service = await self.places.find()
        if service.largest and size > service.largest:
            where = jid.shown(service.address)
            most, has = sizes.shown(service.largest), sizes.shown(size)
            raise TooLarge(f"{where} takes files up to {most}, and this one has {has}")

    def queue(self, ledger: Ledger, sending: Sending) -> int:
        """Store a transfer, and the message that goes out with it."""
        (id,) = self.queue_all(ledger, [sending])
        return id

    def queue_all(
        self, ledger: Ledger, sendings: Sequence[Sending], text: str = "", *, after: int = 0
    ) -> list[int]:
        """Store transfers to one place, and the one message with a text that goes out with them.

        It goes out `after` another message with files, where one is named.
        """
        return telling.add(ledger, self._home.own, text, sendings, after)

    async def move(self, move: Move) -> Ending:
        """Put a file on the server; return what lets go what waits for it."""
        async with await self._home.transfers.source(move) as source:
            source.hash_along()
            url, remarks = await self._put(move, _packed(move.transfer, source))
            shared = SharedFile(
                name=move.transfer.name, mime=move.transfer.mime, size=source.size,
                hashes=await source.hashes(), addresses=(url,),
            )  # fmt: skip
        await turns.wait(self._home, move)
        return partial(self._arrived, move.transfer, shared, remarks)

    async def _put(self, move: Move, parcel: Parcel) -> tuple[str, Sequence[str]]:
        """Return the address that the file has then, and what to know of the way to it.

        What may pass is tried several times.
        """
        web = Web(self._home.profile.settings.ca_file)
        name, mime, source = parcel.name, parcel.mime, parcel.source
        for tries in range(1, TRIES + 1):
            try:
                slot = await self.places.ask(name, source.size, mime)
                parcel.check(slot.get)
                remarks = await web.put(
                    slot.put, source, slot_headers=slot.headers, mime=mime,
                    progress=lambda sent: move.tell(min(sent, parcel.size)),
                )  # fmt: skip
            except (NotConnected, FileError):
                raise
            except BackendError as error:
                if tries == TRIES or not answers.may_pass(error):
                    raise
                log.info("an upload is tried again: %s", error)
                async with move.pausing():
                    await asyncio.sleep(max(_PAUSE_S**tries, answers.pause_s(error)))
            else:
                return parcel.address(slot.get), remarks
        raise AssertionError("the last try has raised")

    # -- what follows

    def _arrived(
        self,
        transfer: records.Transfer,
        shared: SharedFile,
        remarks: Sequence[str],
        ledger: Ledger,
    ) -> None:
        facts = Facts(
            url=shared.url, hash=hashing.shown(shared.hashes), size=shared.size, remarks=remarks
        )
        transfers.learn(ledger, transfer.id, facts)
        # What it was to go out with may be another by now, or gone.
        now = transfers.get(ledger, transfer.id) or transfer
        self._home.transfers.owner(now).arrived(ledger, now, shared)

    def gave_up(self, ledger: Ledger, transfer: records.Transfer, error: BackendError) -> None:
        """Have fail what was to go out with it."""
        self._home.transfers.owner(transfer).failed(ledger, transfer, error)

    def goes_on(self, ledger: Ledger, transfer: records.Transfer) -> None:
        """Have what goes out with it wait once more."""
        self._home.transfers.owner(transfer).goes_on(ledger, transfer)

    async def forget(self, transfer: records.Transfer) -> None:
        """Leave nothing: what came of it is on the server, and nobody has its address."""

    def send_again(self, ledger: Ledger, message: records.Message) -> bool:
        """Try the files once more whose message failed with them."""
        if not telling.send_again(ledger, message):
            return False
        ledger.after_commit(self._home.transfers.look)
        return True


def _packed(transfer: records.Transfer, source: Source) -> Parcel:
    if transfer.encrypted:
        return Sealed(source, transfer.name)
    return Open(source, transfer.name, transfer.mime)
