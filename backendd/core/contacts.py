"""Contacts: the values of the roster, and what tells of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from backendd.api import records, text
from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.api.words import Subscription
from backendd.core.capabilities import Caps

_NAME_LIMIT = 1000


class RosterItem(Value):
    """A contact as the server has it (RFC 6121 2.1.2), its name and groups as they came.

    `address` is its JID as it came, empty where that is `jid`.
    """

    jid: str
    name: str = ""
    groups: Sequence[str] = ()
    subscription: Subscription = "none"
    ask: bool = False
    address: str = ""

    @property
    def sees_us(self) -> bool:
        return self.subscription in ("from", "both")

    @property
    def shows_us(self) -> bool:
        """Whether we may see their presence."""
        return self.subscription in ("to", "both")

    def renamed(self, name: str, groups: Sequence[str]) -> "RosterItem":
        """Return it with what a user calls it, who knows names and groups as they are shown.

        What shows as before stays as it came, white space and all; so do groups that show as
        nothing.
        """
        is_same = shown_name(name) == shown_name(self.name)
        wanted = set(shown_groups(groups))
        kept = [group for group in self.groups if shown_name(group) in {*wanted, ""}]
        new = wanted - set(shown_groups(kept))
        return replace(
            self,
            name=self.name if is_same else shown_name(name),
            groups=sorted({*kept, *new}),
        )


def shown_name(name: str) -> str:
    """Return what came as the name of a contact or a group, harmless and on one line."""
    return text.clean_line(name, limit=_NAME_LIMIT)


def shown_groups(groups: Iterable[str]) -> list[str]:
    """Return groups as they are shown: those that look alike as one."""
    return sorted({shown_name(group) for group in groups} - {""})


class RosterChange(Value):
    """A roster, or what is different in it; `refused` says what can't be a contact."""

    items: Sequence[RosterItem]
    removed: Sequence[str]
    refused: Sequence[str]
    version: str | None


class Seen(Value):
    """What presence says of a client of `jid`: how it is, None once it is gone.

    An empty `name` is for all clients. Without `caps` it can do what it said before: servers
    leave out what they have told.
    """

    jid: str
    name: str
    resource: records.Resource | None = None
    caps: Caps | None = None


class ContactsChanged(NamedTuple):
    """Contacts, or their presence, are different; `gone` ones are contacts no more."""

    contacts: Sequence[records.Contact]
    gone: Sequence[str]


class OwnClientsChanged(NamedTuple):
    """Other clients of the own account are online, all of them and ours among them."""

    clients: Sequence[records.Resource]


class AskedBack(NamedTuple):
    """Whom we asked to see their presence ask to see ours."""

    jids: Sequence[str]


class RequestsAnswered(NamedTuple):
    """Open requests turned out to be settled on the server, by whomever."""

    jids: Sequence[str]


class ContactsRefused(NamedTuple):
    """The server has put onto the roster what can't be a contact."""

    reasons: Sequence[str]


class RequestsChanged(NamedTuple):
    """Requests to see our presence came, or were settled."""

    requests: Sequence[records.Request]
    gone: Sequence[str]


def shown_resource(resource: str) -> str:
    """Return the name of a client as it is stored and shown."""
    # Empty would be all of them.
    return text.clean_line(resource) or ("?" if resource else "")
