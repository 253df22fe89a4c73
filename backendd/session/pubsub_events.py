"""Who wants to know what services tell of their nodes (XEP-0163, XEP-0060)."""

from collections.abc import Mapping

from backendd.api.tuples import NamedTuple
from backendd.core import pubsub_events
from backendd.core.inbound import Envelope
from backendd.core.pubsub_events import Event, Handler, Whose, Wish


class Told(NamedTuple):
    """What the service of a bare JID tells of one of its nodes."""

    service: str
    event: Event


def told_by(envelope: Envelope) -> Told | None:
    """Return what a service tells in a message; None where none does."""
    # A service speaks for itself: what has a resource was written by a client.
    if envelope.way != "live" or envelope.is_error or envelope.sender.resource:
        return None
    event = pubsub_events.decode_event(envelope.stanza)
    return Told(envelope.sender.bare, event) if event is not None else None


class Events:
    """What features want to be told of; the stages of messages do it."""

    def __init__(self) -> None:
        self.wishes: Mapping[str, Wish] = {}  # by node; never changed, but replaced

    def on_items(self, node: str, handler: Handler, *, whose: Whose = "contacts") -> None:
        """Have `handler` told of a node from the next stream on, and services know that.

        It may be told the same more than once, and of the newest item on each stream; of what
        happened while nobody was connected it may be told nothing, and by some servers (ejabberd)
        never what contacts take back. ValueError where there is one.
        """
        if node in self.wishes:
            raise ValueError(f"the node {node} has a handler already")
        self.wishes = {**self.wishes, node: Wish(whose, handler)}

    @property
    def features(self) -> frozenset[str]:
        """What has to be announced (XEP-0163 4.3.2)."""
        return frozenset(f"{node}+notify" for node in self.wishes)
