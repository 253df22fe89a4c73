"""Contacts: the values of the roster, and what tells of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from backendd.api import records

SHOWS = ("online", "chat", "away", "xa", "dnd")


@dataclass(frozen=True, slots=True)
class RosterItem:
    """A contact as the server has it (RFC 6121 2.1.2)."""

    jid: str
    name: str
    groups: list[str]
    subscription: str
    ask: bool


@dataclass(frozen=True, slots=True)
class ContactsChanged:
    """Contacts of a profile, or their presence, are different; `gone` ones are contacts no more."""

    profile_id: int
    contacts: Sequence[records.Contact]
    gone: Sequence[str]


@dataclass(frozen=True, slots=True)
class RequestsChanged:
    """Requests to see our presence came, or were settled."""

    profile_id: int
    requests: Sequence[records.Request]
    gone: Sequence[str]
