"""The messages that tell of files, which are held until all of their files have an address.

One is a unit with its files: it takes its place in its lane in the transaction in which the last
of them arrives, it fails with the first that fails, and waits again once none of them has failed.
What has arrived by then stays where it is. A file that can't be read here as it was leaves the
unit: to try it again would help none of the others.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from backendd.api import records
from backendd.api.errors import BackendError, FileError, NotAllowed
from backendd.core import clock
from backendd.core.conversations import Peer, text_to
from backendd.core.shared_files import SharedFile, text_with
from backendd.features.uploads.turns import AFTER
from backendd.session.ways import Sending
from backendd.store import attached, attachments, bodies, messages, outbox, pages, saying, transfers
from backendd.store.file_owners import FileOwner
from backendd.store.ledger import Ledger

_GONE = ("failed", "cancelled")


def add(
    ledger: Ledger, own: str, text: str, sendings: Sequence[Sending], after: int = 0
) -> list[int]:
    """Store a message that says `text` and will tell of files; return the ids of their transfers.

    All of them go to the same place. It goes out `after` another message with files.
    """
    whom, now, stanza_id = sendings[0].whom, clock.now_us(), str(uuid.uuid4())
    # Beside its text it says no more than which files these are until they have addresses.
    message_id, _ = saying.add(ledger, whom, own, text, stanza_id, now)
    files = [
        SharedFile(
            name=each.name, mime=each.mime, size=each.stamp.size, description=each.description
        )
        for each in sendings
    ]
    attachments.save(ledger, message_id, files)
    new = [
        each.by_server(now)._replace(message=message_id, attachment=number)
        for number, each in enumerate(sendings)
    ]
    ids = [transfers.add(ledger, each._replace(notes={**each.notes, AFTER: after})) for each in new]
    stanza = text_to(whom, text, stanza_id)
    saying.queue(ledger, whom, stanza, now, message_id, is_held=True)
    return ids


def _arrived(ledger: Ledger, transfer: records.Transfer, shared: SharedFile) -> None:
    """Take note where a file is; with the last one its message goes out."""
    message = pages.get(ledger, transfer.message_id)
    if message is None:
        return
    index = transfers.attachment(ledger, transfer.id)
    files = [
        replace(shared, description=file.description) if number == index else file
        for number, file in enumerate(attachments.of(ledger, message.id))
    ]
    attachments.save(ledger, message.id, files)
    _go_out(ledger, message, files)


def _go_out(ledger: Ledger, message: records.Message, files: Sequence[SharedFile]) -> None:
    """Have a message go out that waits for its files, if all of these have an address."""
    row = outbox.held(ledger, message.id)
    if row is None or not all(file.url for file in files):
        return
    body = text_with(message.body, files)
    bodies.fill_in(ledger, message.id, body)
    outbox.enter(ledger, row, text_to(_whom(message), body, message.message_id))


def _failed(ledger: Ledger, transfer: records.Transfer, error: BackendError) -> None:
    """Have the message fail, which nobody gets then.

    A file that isn't here any more as it was keeps none of the others: it fails by itself.
    """
    if isinstance(error, FileError):
        transfer = _parted(ledger, transfer)
    row = outbox.held(ledger, transfer.message_id)
    if row is not None:
        outbox.drop(ledger, row)
    messages.fail(ledger, transfer.message_id, error.name, str(error))


def _parted(ledger: Ledger, transfer: records.Transfer) -> records.Transfer:
    """Have a file that others go out with be a message of its own; return it with that."""
    message = pages.get(ledger, transfer.message_id)
    files = attachments.of(ledger, transfer.message_id)
    if message is None or len(files) < 2:
        return transfer
    number = transfers.attachment(ledger, transfer.id)
    whom, stanza_id = _whom(message), str(uuid.uuid4())
    id, _ = saying.add(ledger, whom, message.sender, "", stanza_id, clock.now_us())
    attached.part(ledger, message.id, number, id)
    attachments.save(ledger, id, [files[number]])
    left = [*files[:number], *files[number + 1 :]]
    attachments.save(ledger, message.id, left)
    _go_out(ledger, message, left)
    return replace(transfer, message_id=id)


def _goes_on(ledger: Ledger, transfer: records.Transfer) -> None:
    """Have the message wait once more, unless another of its files has failed."""
    message = pages.get(ledger, transfer.message_id)
    if message is not None and not _lost(ledger, message.id):
        messages.retry(ledger, message.id)
        _hold(ledger, message)


OWNER = FileOwner(arrived=_arrived, failed=_failed, goes_on=_goes_on)


def send_again(ledger: Ledger, message: records.Message) -> bool:
    """Have those files of a failed message go again that have failed; False where none lacks.

    NotAllowed where nothing is known any more of one of them.
    """
    lacking = {
        number
        for number, file in enumerate(attachments.of(ledger, message.id))
        if not file.url and not file.is_direct
    }
    if not lacking:
        return False
    newest = attached.newest(ledger, [message.id])
    if any((message.id, number) not in newest for number in lacking):
        raise NotAllowed("nothing is known any more of a file of it: send it anew")
    for id in _lost(ledger, message.id):
        transfers.move(ledger, id, "queued", unless=())
    _hold(ledger, message)
    return True


def _lost(ledger: Ledger, message_id: int) -> list[int]:
    found = transfers.of_message(ledger, message_id)
    return [each.id for each in found if each.direction == "out" and each.state in _GONE]


def _hold(ledger: Ledger, message: records.Message) -> None:
    whom = _whom(message)
    stanza = text_to(whom, message.body, message.message_id)
    saying.queue(ledger, whom, stanza, message.time, message.id, is_held=True)


def _whom(message: records.Message) -> Peer:
    return Peer(message.peer, message.kind)
