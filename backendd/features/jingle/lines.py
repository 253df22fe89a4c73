"""The messages that files from client to client are: no stanza brings them, nor do they go out."""

from backendd.api import records
from backendd.api.errors import BackendError, NotAllowed
from backendd.core import clock, shared_files
from backendd.core.messages import NewMessage
from backendd.core.shared_files import SharedFile
from backendd.features.jingle.model import METHODS
from backendd.store import attachments, messages, transfers
from backendd.store.ledger import Ledger
from backendd.store.view import View

_GONE = ("failed", "cancelled")


def theirs(ledger: Ledger, peer: str, file: SharedFile) -> int:
    """Store that somebody offers a file; return the id of the message."""
    new = NewMessage(
        peer=peer, direction="in", source="live", sender=peer, body=shared_files.line(file),
        type="system", time=clock.now_us(), way="live",
    )  # fmt: skip
    return _add(ledger, new, file)


def ours(ledger: Ledger, own: str, peer: str, file: SharedFile) -> int:
    """Store that we offer a file, which is pending until they have it; return the message's id."""
    new = NewMessage(
        peer=peer, direction="out", source="sent", sender=own, body=shared_files.line(file),
        type="system", time=clock.now_us(), way="sent", state="pending",
    )  # fmt: skip
    return _add(ledger, new, file)


def _add(ledger: Ledger, new: NewMessage, file: SharedFile) -> int:
    message = messages.add(ledger, new)
    attachments.save(ledger, message.id, [file])
    return message.id


def description(view: View, transfer: records.Transfer) -> str:
    """Return what the message of a file of ours says of it."""
    return next((each.description for each in attachments.of(view, transfer.message_id)), "")


def arrived(ledger: Ledger, transfer: records.Transfer) -> None:
    """Take note that they have a file of ours."""
    messages.advance(ledger, [transfer.message_id], "delivered")


def failed(ledger: Ledger, transfer: records.Transfer, error: BackendError) -> None:
    """Take note that they don't get it."""
    messages.fail(ledger, transfer.message_id, error.name, str(error))


def goes_on(ledger: Ledger, transfer: records.Transfer) -> None:
    """Take note that it is tried once more."""
    messages.retry(ledger, transfer.message_id)


def send_again(ledger: Ledger, message: records.Message) -> bool:
    """Have a file of ours go again that has failed; False where the message is of none.

    NotAllowed where nothing is known of it any more.
    """
    if not any(each.is_direct for each in attachments.of(ledger, message.id)):
        return False
    found = [
        each.id
        for each in transfers.of_message(ledger, message.id)
        if each.direction == "out" and each.method in METHODS.values() and each.state in _GONE
    ]
    if not found:
        raise NotAllowed("nothing is known any more of the file: send it anew")
    for id in found:
        transfers.move(ledger, id, "queued", unless=())
    return True
