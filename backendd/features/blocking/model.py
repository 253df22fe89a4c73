"""Who is blocked, and what tells of it."""

from collections.abc import Sequence
from typing import TypedDict

from backendd.api.tuples import NamedTuple
from backendd.core.jid import Jid


class Blocked(TypedDict, total=False):
    """What is added to the record of a contact."""

    blocked: bool


class BlockedChanged(NamedTuple):
    """Others are blocked than before: all of them, by JID."""

    jids: Sequence[str]


class Unblocked(NamedTuple):
    """Contacts whose presence we see are blocked no longer."""

    contacts: Sequence[str]


def blocks(address: Jid) -> tuple[str, ...]:
    """Return which entries of a list would block `address` (XEP-0191 2)."""
    with_client = f"{address.domain}/{address.resource}" if address.resource else address.domain
    return tuple(dict.fromkeys((address.full, address.bare, with_client, address.domain)))
