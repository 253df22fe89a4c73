"""Messages that come and tell of files."""

from dataclasses import replace

from backendd.core import sharing
from backendd.core.inbound import Context, Envelope
from backendd.core.shared_files import SharedFile
from backendd.files import names
from backendd.session.stages import MessageStage
from backendd.store import attachments, bodies
from backendd.store.ledger import Ledger

Files = tuple[SharedFile, ...]


def _files(context: Context, envelope: Envelope) -> Files | None:
    if envelope.is_error:
        return None
    return tuple(map(_named, sharing.read(envelope.stanza))) or None


def _named(file: SharedFile) -> SharedFile:
    """Return a file by a name that is no more than one; its address has one where nobody says."""
    return replace(file, name=names.safe(file.name) if file.name else names.of_address(file.url))


def _keep(ledger: Ledger, context: Context, envelope: Envelope, files: Files) -> Envelope:
    # What was retracted or corrected before it was here brings nothing any more.
    if envelope.message and not bodies.is_rewritten(ledger, envelope.message):
        attachments.save(ledger, envelope.message, files)
    return envelope


ATTACHED = MessageStage("attachments", _files, _keep)
