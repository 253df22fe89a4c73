"""Contacts, and who asks to be one."""

from collections.abc import Mapping

from backendd.api.records.record import Record, key
from backendd.api.signature import Plain
from backendd.api.values import field
from backendd.api.words import Offline, Show, Subscription


class Resource(Record):
    """One connected client of a contact."""

    resource: str = key("s", "")
    show: Show | Offline = key("s", "")
    status: str = key("s", "")
    priority: int = key("x", 0)
    idle_since: int = key("x", 0)


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


class Request(Record):
    """Someone who asks to see our presence."""

    jid: str = key("s", "")
    nickname: str = key("s", "")
    text: str = key("s", "")
    time: int = key("x", 0)
