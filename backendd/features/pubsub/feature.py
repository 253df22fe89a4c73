"""The part that hands what services tell of their nodes to those who want to know."""

from backendd.core.inbound import Envelope
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Part, Work


class PubsubEvents(Part):
    """Takes messages that tell of a node which a feature wants to know of."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def message(self, envelope: Envelope, works: list[Work]) -> Envelope | None:
        work = self._home.pubsub.events.take(envelope)
        if work is None:
            return envelope
        works.append(work)
        return None


FEATURE = Feature("pubsub", PubsubEvents)
