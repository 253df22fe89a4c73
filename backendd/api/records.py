"""The records that cross the bus, as plain values (docs/dbus.md says what each key means).

On the bus a record is an `a{sv}`. A key at its default is left out there, and a reader ignores
keys it doesn't know, so that both sides may grow.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from backendd.api.signature import Plain
from backendd.api.words import (
    Direction,
    Kind,
    MessageState,
    MessageType,
    Notify,
    Offline,
    Show,
    Source,
    Subscription,
)

MORE = "more"
"""The field for keys that a record doesn't name itself; on the bus they are keys like others."""


def key(signature: str, default: object) -> Any:  # noqa: ANN401 - as dataclasses.field does
    """Return a dataclass field that crosses the bus as `signature`.

    A key of fixed words is empty where nothing is said.
    """
    metadata = {"signature": signature}
    if isinstance(default, list | dict):
        return field(default_factory=type(default), metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Record:
    """What all records share: nothing but being one."""


@dataclass(frozen=True, slots=True)
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
    message_id: str = key("s", "")
    body: str = key("s", "")
    truncated: bool = key("b", False)
    time: int = key("x", 0)
    received: int = key("x", 0)
    state: MessageState = key("s", "")
    error: tuple[str, str] = key("(ss)", ("", ""))
    displayed_by: list[str] = key("as", [])
    encryption: str = key("s", "")
    origin_id: str = key("s", "")
    stanza_id: str = key("s", "")
    revision: int = key("x", 0)
    more: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit(Message):
    """A message that was found; `ranges` are start and length in code points of `snippet`."""

    snippet: str = key("s", "")
    ranges: list[tuple[int, int]] = key("a(uu)", [])


@dataclass(frozen=True, slots=True)
class Conversation(Record):
    """All messages with one peer, and how it stands with them."""

    peer: str = key("s", "")
    kind: Kind = key("s", "")
    name: str = key("s", "")
    unread: int = key("u", 0)
    mentions: int = key("u", 0)
    read_up_to: int = key("x", 0)
    first_unread: int = key("x", 0)
    last: Message | None = key("a{sv}", None)
    typing: list[str] = key("as", [])
    draft: str = key("s", "")
    pinned: bool = key("b", False)
    notify: Notify = key("s", "")
    markers: bool = key("b", False)
    typing_out: bool = key("b", False)
    encryption: str = key("s", "")
    joined: bool = key("b", False)
    revision: int = key("x", 0)
    more: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resource(Record):
    """One connected client of a contact."""

    resource: str = key("s", "")
    show: Show | Offline = key("s", "")
    status: str = key("s", "")
    priority: int = key("x", 0)


@dataclass(frozen=True, slots=True)
class Contact(Record):
    """Someone on the roster, and their presence."""

    jid: str = key("s", "")
    name: str = key("s", "")
    groups: list[str] = key("as", [])
    subscription: Subscription = key("s", "")
    ask: bool = key("b", False)
    show: Show | Offline = key("s", "")
    status: str = key("s", "")
    resources: list[Resource] = key("aa{sv}", [])
    revision: int = key("x", 0)
    more: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request(Record):
    """Someone who asks to see our presence."""

    jid: str = key("s", "")
    text: str = key("s", "")
    time: int = key("x", 0)


@dataclass(frozen=True, slots=True)
class Warning(Record):
    """Something that doesn't work as it should, or was lost."""

    word: str = key("s", "")
    subject: str = key("s", "")
    text: str = key("s", "")
    time: int = key("x", 0)
