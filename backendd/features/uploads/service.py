"""Files sent by way of the server: put there, and the message that tells of it let go then.

A transfer and its message are one unit of the outbox. The message is held until the file is there,
takes its place in its lane in the transaction that says so, and fails where the file does.
"""

import asyncio
import logging
import uuid
from collections.abc import Sequence
from functools import partial
from xml.etree.ElementTree import Element

from backendd.api import records, sizes
from backendd.api.errors import BackendError, FileError, NotConnected, TooLarge
from backendd.api.words import TransferMethod
from backendd.core import clock, jid
from backendd.core.conversations import Peer, text_to
from backendd.core.messages import MessagesRemoved
from backendd.core.shared_files import SharedFile, text_with
from backendd.core.transfers import Facts, NewTransfer
from backendd.features.uploads.places import Places
from backendd.files import answers, hashing
from backendd.files.sources import Source, Stamp
from backendd.files.web import Web
from backendd.session.home import Home
from backendd.session.ways import AT_ONCE, Ending, Move, Sending
from backendd.store import attachments, bodies, messages, outbox, pages, saying, transfers
from backendd.store.ledger import Ledger

log = logging.getLogger(__name__)

TRIES = 4
_PAUSE_S = 2.0

_SIZE, _CHANGED, _ROW = "size", "changed", "row"


class Uploads:
    """The way of files by the server, and what becomes of the messages that tell of them."""

    method: TransferMethod = "http"
    at_once = AT_ONCE

    def __init__(self, home: Home) -> None:
        self.places = Places(home)
        self._home = home
        home.transfers.send(self)
        home.events.subscribe(MessagesRemoved, self._on_removed)

    def _on_removed(self, event: MessagesRemoved) -> None:
        self._home.do_soon(self._cancel_orphans(), name="cancel uploads")

    async def _cancel_orphans(self) -> None:
        for each in await self._home.store.read(transfers.orphans):
            await self._home.transfers.cancel(each)

    # -- a way for files

    async def permit(self, sending: Sending) -> None:
        """Raise why the server can't take a file: NotSupported, TooLarge, NotConnected."""
        service, size = await self.places.find(), sending.stamp.size
        if service.largest and size > service.largest:
            where = jid.shown(service.address)
            most, has = sizes.shown(service.largest), sizes.shown(size)
            raise TooLarge(f"{where} takes files up to {most}, and this one has {has}")

    def queue(self, ledger: Ledger, sending: Sending) -> int:
        """Store a transfer, and the message that goes out with it."""
        now, whom, name = clock.now_us(), sending.whom, sending.name
        stanza_id = str(uuid.uuid4())
        # It says nothing but which file it is until that has an address.
        message_id, _ = saying.add(ledger, whom, self._home.own, "", stanza_id, now)
        file = SharedFile(name=name, mime=sending.mime, size=sending.stamp.size)
        attachments.save(ledger, message_id, [file])
        id = transfers.add(
            ledger,
            NewTransfer(
                peer=whom.jid, direction="out", method=self.method, name=name, time=now,
                size=sending.stamp.size, path=sending.path, mime=sending.mime,
                message=message_id, token=sending.token,
            ),
        )  # fmt: skip
        self._hold(ledger, id, text_to(whom, "", stanza_id), whom, now, message_id)
        notes = transfers.notes(ledger, id)
        stamp = {_SIZE: sending.stamp.size, _CHANGED: sending.stamp.mtime_ns}
        transfers.remember(ledger, id, notes | stamp)
        return id

    def _hold(
        self, ledger: Ledger, id: int, stanza: Element, whom: Peer, time: int, message_id: int
    ) -> None:
        row = saying.queue(ledger, whom, stanza, time, message_id, is_held=True)
        transfers.remember(ledger, id, transfers.notes(ledger, id) | {_ROW: row})

    async def move(self, move: Move) -> Ending:
        """Put a file on the server; return what lets its message go."""
        async with await self._open(move) as source:
            (digest,) = (await source.hashes()).items()
            url, remarks = await self._put(move, source)
            shared = SharedFile(
                name=move.transfer.name, mime=move.transfer.mime, size=source.size,
                hashes=dict([digest]), addresses=(url,),
            )  # fmt: skip
        return partial(self._arrived, move.transfer, shared, remarks)

    async def _open(self, move: Move) -> Source:
        if move.handle is not None:
            return await Source.of(move.handle, move.transfer.name)
        notes = await self._home.store.read(lambda view: transfers.notes(view, move.transfer.id))
        known = Stamp(int(notes.get(_SIZE, -1)), int(notes.get(_CHANGED, -1)))
        return await Source.at(move.transfer.path, known=known)

    async def _put(self, move: Move, source: Source) -> tuple[str, Sequence[str]]:
        """Return the address that the file has then, and what to know of the way to it.

        What may pass is tried several times.
        """
        web = Web(self._home.profile.settings.ca_file)
        name, mime, size = move.transfer.name, move.transfer.mime, source.size
        for tries in range(1, TRIES + 1):
            slot = await self.places.ask(name, size, mime)
            try:
                remarks = await web.put(
                    slot.put, source, slot_headers=slot.headers, mime=mime, progress=move.tell
                )
            except (NotConnected, FileError):
                raise
            except BackendError as error:
                if tries == TRIES or not answers.may_pass(error):
                    raise
                log.info("an upload is tried again: %s", error)
                await asyncio.sleep(max(_PAUSE_S**tries, answers.pause_s(error)))
            else:
                return slot.get, remarks
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
        message = pages.get(ledger, transfer.message_id)
        if message is None:
            return
        body = text_with("", [shared])
        bodies.fill_in(ledger, message.id, body)
        attachments.save(ledger, message.id, [shared])
        stanza = text_to(Peer(message.peer, message.kind), body, message.message_id)
        outbox.enter(ledger, int(transfers.notes(ledger, transfer.id).get(_ROW, 0)), stanza)

    def gave_up(self, ledger: Ledger, transfer: records.Transfer, error: BackendError) -> None:
        """Have the message fail, which nobody gets then."""
        outbox.drop(ledger, int(transfers.notes(ledger, transfer.id).get(_ROW, 0)))
        messages.fail(ledger, transfer.message_id, error.name, str(error))

    def goes_on(self, ledger: Ledger, transfer: records.Transfer) -> None:
        """Have the message wait once more."""
        message = pages.get(ledger, transfer.message_id)
        if message is not None:
            messages.retry(ledger, message.id)
            self._hold_again(ledger, transfer.id, message)

    def _hold_again(self, ledger: Ledger, id: int, message: records.Message) -> None:
        whom = Peer(message.peer, message.kind)
        stanza = text_to(whom, message.body, message.message_id)
        self._hold(ledger, id, stanza, whom, message.time, message.id)

    async def forget(self, transfer: records.Transfer) -> None:
        """Leave nothing: what came of it is on the server, and nobody has its address."""

    def send_again(self, ledger: Ledger, message: records.Message) -> bool:
        """Try the file once more whose message failed with it."""
        for each in transfers.of_message(ledger, message.id):
            if each.direction == "out" and each.state in ("failed", "cancelled"):
                transfers.move(ledger, each.id, "queued", unless=())
                self._hold_again(ledger, each.id, message)
                ledger.after_commit(self._home.transfers.look)
                return True
        return False
