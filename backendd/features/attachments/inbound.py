"""Messages that come and tell of files, and those that say later where one is."""

from dataclasses import replace

from backendd.core import file_sources, sharing
from backendd.core.file_sources import Added
from backendd.core.inbound import Context, Envelope
from backendd.core.references import Reference, Target
from backendd.core.shared_files import SharedFile
from backendd.features.attachments.model import KIND
from backendd.files import names
from backendd.session.stages import MessageStage
from backendd.store import attachments, bodies, conversations, references, targets
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
        if envelope.new is not None:
            references.apply(ledger, envelope.conversation, envelope.message, envelope.new)
    return envelope


def _added(context: Context, envelope: Envelope) -> Added | None:
    return None if envelope.is_error else file_sources.decode(envelope.stanza)


def _add(ledger: Ledger, context: Context, envelope: Envelope, added: Added) -> Envelope:
    """Have a file be where its message didn't say yet, now or when that is here.

    What comes too early is also shown by itself: the other one may never come.
    """
    target = file_sources.target(envelope.stanza)
    is_here = _is_here(ledger, envelope, target)
    references.speak(ledger, envelope, KIND, target, file_sources.write(added))
    if not is_here:
        return envelope
    return envelope._replace(stanza=file_sources.without(envelope.stanza, added))


def _is_here(ledger: Ledger, envelope: Envelope, target: str) -> bool:
    conversation_id = conversations.find(ledger, envelope.peer)
    if conversation_id is None or not envelope.author.key:
        return False
    found = targets.named(ledger, conversation_id, target, "either")
    return any(
        each.author == envelope.author.key and attachments.of(ledger, each.id) for each in found
    )


def apply(ledger: Ledger, target: Target, reference: Reference) -> bool:
    """Have a file of a message be where its author says by now; of others nobody takes that."""
    added = file_sources.read(reference.payload)
    files = added.to(attachments.of(ledger, target.id)) if added is not None else None
    if files is None:
        return False
    attachments.save(ledger, target.id, files)
    return True


ADDED = MessageStage("addresses of files", _added, _add)
ATTACHED = MessageStage("attachments", _files, _keep)
