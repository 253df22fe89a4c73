"""What services tell of their nodes, on its way to those who want to know (XEP-0163, XEP-0060)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from backendd.core import pubsub_events
from backendd.core.inbound import Envelope
from backendd.core.pubsub_events import Event
from backendd.store import contacts
from backendd.store.ledger import Ledger

Whose = Literal["own", "contacts", "all"]
"""Of whose nodes a handler is told: the account's, its contacts' as well, or any service's."""

Handler = Callable[[Ledger, str, Event], None]
"""Stores what the service of this bare JID tells, in the transaction that says it is handled."""


@dataclass(frozen=True, slots=True)
class _Wish:
    whose: Whose
    handler: Handler


class Events:
    """Who wants to know of which node."""

    def __init__(self) -> None:
        self._wishes: dict[str, _Wish] = {}

    def on_items(self, node: str, handler: Handler, *, whose: Whose = "contacts") -> None:
        """Have `handler` told of a node from the next stream on, and services know that.

        It may be told the same more than once, and of the newest item on each stream; of what
        happened while nobody was connected it may be told nothing. ValueError where there is one.
        """
        if node in self._wishes:
            raise ValueError(f"the node {node} has a handler already")
        self._wishes[node] = _Wish(whose, handler)

    @property
    def features(self) -> frozenset[str]:
        """What has to be announced (XEP-0163 4.3.2)."""
        return frozenset(f"{node}+notify" for node in self._wishes)

    def take(self, envelope: Envelope) -> Callable[[Ledger], None] | None:
        """Return what is to be done about a message; None where it tells nothing of such a node."""
        if envelope.way != "live" or envelope.is_error:
            return None
        event = pubsub_events.decode_event(envelope.stanza)
        wish = self._wishes.get(event.node) if event is not None else None
        # A service speaks for itself: what has a resource was written by a client.
        if event is None or wish is None or envelope.sender.resource:
            return None
        owner, own, told = envelope.sender.bare, envelope.own, event

        def work(ledger: Ledger) -> None:
            if _is_of(wish.whose, ledger, owner, own):
                wish.handler(ledger, owner, told)

        return work


def _is_of(whose: Whose, ledger: Ledger, owner: str, own: str) -> bool:
    if whose == "all" or owner == own:
        return True
    return whose == "contacts" and contacts.exists(ledger, owner)
