"""Messages and their conversations."""

from collections.abc import Mapping

from backendd.api.records.record import Record, key
from backendd.api.signature import Plain
from backendd.api.values import field
from backendd.api.words import (
    Direction,
    Disposition,
    Kind,
    MessageState,
    MessageType,
    Notify,
    Source,
)


class Message(Record):
    """A message of a conversation; `more` is what features add to it, each its own keys."""

    id: int = key("x", 0)
    order: int = key("x", 0)
    peer: str = key("s", "")
    kind: Kind = key("s", "")
    direction: Direction = key("s", "")
    source: Source = key("s", "")
    type: MessageType = key("s", "")
    sender: str = key("s", "")
    nick: str = key("s", "")
    occupant_id: str = key("s", "")
    real_jid: str = key("s", "")
    message_id: str = key("s", "")
    body: str = key("s", "")
    truncated: bool = key("b", False)
    time: int = key("x", 0)
    received: int = key("x", 0)
    state: MessageState = key("s", "")
    error: tuple[str, str] = key("(ss)", ("", ""))
    encryption: str = key("s", "")
    origin_id: str = key("s", "")
    stanza_id: str = key("s", "")
    gap: bool = key("b", False)
    revision: int = key("x", 0)
    more: Mapping[str, Plain] = field(default_factory=dict)


class Hit(Message):
    """A message that was found; `ranges` are start and length in code points of `snippet`."""

    snippet: str = key("s", "")
    ranges: list[tuple[int, int]] = key("a(uu)", [])


class Attachment(Record):
    """A file that a message tells of; `index` is its place there."""

    index: int = key("u", 0)
    name: str = key("s", "")
    mime: str = key("s", "")
    size: int = key("t", 0)
    empty: bool = key("b", False)
    url: str = key("s", "")
    hash: str = key("s", "")
    encrypted: bool = key("b", False)
    description: str = key("s", "")
    disposition: Disposition = key("s", "")
    direct: bool = key("b", False)
    transfer: int = key("x", 0)
    here: bool = key("b", False)
    path: str = key("s", "")


class Edit(Record):
    """What a message said before it was corrected, and when it was said."""

    body: str = key("s", "")
    time: int = key("x", 0)


class Conversation(Record):
    """All messages with one peer, and how it stands with them."""

    peer: str = key("s", "")
    kind: Kind = key("s", "")
    name: str = key("s", "")
    unread: int = key("u", 0)
    read_up_to: int = key("x", 0)
    first_unread: int = key("x", 0)
    last: Message | None = key("a{sv}", None)
    typing: list[str] = key("as", [])
    draft: str = key("s", "")
    draft_id: str = key("s", "")
    pinned: bool = key("b", False)
    notify: Notify = key("s", "")
    markers: bool = key("b", False)
    typing_out: bool = key("b", False)
    encryption: str = key("s", "")
    joined: bool = key("b", False)
    revision: int = key("x", 0)
    more: Mapping[str, Plain] = field(default_factory=dict)
