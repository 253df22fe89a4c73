"""What a message says, and of who wrote it."""

from collections.abc import Iterable

from backendd.api.attachments import of as files_of
from backendd.api.attachments import told
from backendd.api.errors import FileChanged, TooLarge
from backendd.api.records import Conversation, Message, Transfer
from backendd.api.words import MessageState
from primitivus.model.files.transfers import has_lost_its_file
from primitivus.model.messages.ignored import is_ignored
from primitivus.model.wording.address import occupant
from primitivus.model.wording.spoilers import is_spoiler
from primitivus.sentences import tr

IGNORED, RETRACTED, SPOILER = tr("(ignored)"), tr("(retracted)"), tr("(spoiler)")


# To send the same once more would end as it did.
_FINAL = frozenset({FileChanged.name, TooLarge.name})


def nick_of(message: Message) -> str:
    """Return the nick of who said something in a room; elsewhere only one that the record tells."""
    if message.nick or message.kind != "room":
        return message.nick
    _, nick = occupant(message.sender)
    return nick


def colour_of(message: Message) -> str:
    """Return what the colour of who wrote a message goes by: the nick of an occupant of a room.

    All there know them by it, so it is the same for all.
    """
    if message.kind in ("room", "private"):
        return occupant(message.sender)[1] or message.sender
    return message.sender


def waits_for_its_file(message: Message) -> bool:
    """Return whether a message of one's own goes out only once its files are on the server."""
    return message.state == "pending" and any(not each.url for each in files_of(message))


def is_nothing_but_a_file(message: Message) -> bool:
    """Return whether a message can't say anything beside its file, which is encrypted."""
    return any(each.encrypted for each in files_of(message))


def is_retracted(message: Message) -> bool:
    """Return whether a message was taken back: it says nothing any more."""
    return bool(message.more.get("retracted", False))


def what_helps(message: Message, files: Iterable[Transfer]) -> str:
    """Return what can be done with a message that failed, and these files of it."""
    is_final = message.error[0] in _FINAL or any(map(has_lost_its_file, files))
    if is_final:
        return tr(":discard removes it")
    return tr(":retry sends it again, :discard removes it")


def state_of(
    message: Message, record: Conversation | None, first_unread: Message | None
) -> MessageState:
    """Return how it stands with a message, of the conversation of `record`.

    That one was read is told by the record alone: what is before the first unread one is read.
    """
    if message.state != "unread" or record is None:
        return message.state
    if not record.unread:
        return "read"
    if first_unread is None:
        return message.state
    is_before = (message.order, message.id) < (first_unread.order, first_unread.id)
    return "read" if is_before else "unread"


def beginning(message: Message, characters: int) -> str:
    """Return how a message begins, as one tells which it is; of what isn't told, what it is."""
    if is_ignored(message):
        return IGNORED
    if is_retracted(message):
        return RETRACTED
    return SPOILER if is_spoiler(message) else told(message)[:characters]
