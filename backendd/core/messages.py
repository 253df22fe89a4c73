"""Messages and conversations: the values that travel inside the daemon, and what tells of them."""

import hashlib
from collections.abc import Sequence
from typing import Any, Literal, Protocol

from backendd.api import records, text
from backendd.api.errors import InvalidArgument, TooLarge
from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.api.words import Direction, Kind, MessageType, Older, Source
from backendd.core.conversations import Peer

# By what a copy of a message can come. `late` ones were held up by our server.
CopyWay = Literal["sent", "live", "late", "carbon", "archive"]


class Placing(Protocol):
    """Finds the place of one message after the other, within the ledger that stores them."""

    is_backwards: bool
    """Whether the newest comes first."""

    def place(self, ledger: Any, conversation_id: int, time: int) -> int:  # noqa: ANN401 - store's
        """Return the place of a new message."""

    def passed(self, ledger: Any, conversation_id: int, message_id: int) -> None:  # noqa: ANN401
        """Take note that a message is here already; its place may change."""


BODY_LIMIT = 256 * 1024
"""The most characters of a body that are kept; the rest is cut and `truncated` says so."""


def sendable(body: str) -> str:
    """Return a text of the user's as it is sent; InvalidArgument, TooLarge."""
    body = text.clean(body)
    if not body.strip():
        raise InvalidArgument("there is nothing to send: the text is empty")
    if len(body) > BODY_LIMIT:
        raise TooLarge(f"the text is too long: {len(body)} of {BODY_LIMIT} characters")
    return body


class NewMessage(Value):
    """A message that is about to be stored."""

    peer: str
    direction: Direction
    source: Source
    sender: str
    body: str
    time: int
    way: CopyWay
    kind: Kind = "chat"
    addressee: str = ""  # the resource it was sent to, if to a single one
    author: str | None = None  # what tells who wrote it from others, if `sender` doesn't
    real_jid: str = ""  # the account of an occupant who wrote it, where the room tells it
    claimed: int = 0  # when its sender says that it was written, if that is another time
    message_id: str = ""
    origin_id: str = ""
    archive_ids: tuple[tuple[str, str], ...] = ()  # (archive JID, id), XEP-0359
    state: str = "unread"
    type: MessageType = "message"
    encryption: str = ""  # why it can't be read, as XEP-0380 names it
    said: str = ""  # what the body stands for, if that is not what was said
    is_truncated: bool = False
    is_markable: bool = False
    is_past: bool = False  # history: it makes no conversation come back, and nobody waits for it
    is_unheard: bool = False  # the user ignores its author: it moves no conversation

    @property
    def whom(self) -> Peer:
        """With whom its conversation is."""
        return Peer(self.peer, self.kind)

    @property
    def dedupe(self) -> str:
        """What copies of this message on other ways have in common; empty if nothing."""
        return self.origin_id or self.message_id

    @property
    def payload(self) -> int:
        """A hash of what the message says: a different payload is never a duplicate."""
        return hash_of(self.said or self.body)


def hash_of(said: str) -> int:
    """Return by which number copies of a text are told."""
    written = said.encode(errors="replace")
    return int.from_bytes(hashlib.blake2b(written, digest_size=7).digest(), "big")


class MessagesChanged(NamedTuple):
    """Messages are stored, new or different."""

    messages: Sequence[records.Message]


class MessagesRemoved(NamedTuple):
    """Messages are gone."""

    peer: str
    ids: Sequence[int]


class ConversationsChanged(NamedTuple):
    """Conversations are new or different; `closed` ones left the list."""

    conversations: Sequence[records.Conversation]
    closed: Sequence[str] = ()


class RoomsKnown(NamedTuple):
    """There are conversations with these rooms, or with occupants of some."""

    peers: Sequence[str]


class CaughtUp(NamedTuple):
    """The archive of the account, or of the room `address`, is known up to now.

    Or there is none to ask. `sm_id` names the stream that was asked.
    """

    sm_id: str
    address: str = ""


class RoomEntered(NamedTuple):
    """We are in a room now: what it says comes to us, and what it has said it may be asked for.

    `resumed`: we have been there all the time, while the connection was made anew.
    """

    room: str
    resumed: bool = False


class RoomLeft(NamedTuple):
    """We are in a room no more, while the stream goes on."""

    room: str


class HistoryAnswered(NamedTuple):
    """The archive was asked for what is before the oldest message stored here.

    `older` says what lies there now, as Messages.List words it.
    """

    peer: str
    older: Older


class Sent(NamedTuple):
    """The user has sent a message: it is stored, and goes out when its turn comes."""

    peer: str


class OutboxFilled(NamedTuple):
    """Something new waits in the outbox."""


class OutboxAccepted(NamedTuple):
    """The server has something of the outbox that its acknowledgement doesn't settle."""


class OutboxDoubted(NamedTuple):
    """What would settle something in these lanes has not come: whether it arrived is uncertain.

    `archives` are those that know, as bare JIDs; an empty one is the account's.
    """

    lanes: Sequence[str]
    archives: Sequence[str]
