"""The part that stores and sends messages, and what it tells on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.core.inbound import Envelope
from backendd.features.messages.bus import MessagesMembers
from backendd.features.messages.conversations import Conversations
from backendd.features.messages.service import Messages
from backendd.features.messages.signals import MessagesSignals
from backendd.features.messages.unreachable import UnreachableAddresses
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Outlet, Part, Work


class MessagesPart(Part):
    """The last part a message comes to."""

    disco_features = ("urn:xmpp:sid:0",)

    def __init__(self, home: Home) -> None:
        self._home = home
        self._messages = Messages(home)
        self._members = MessagesMembers(home, self._messages, Conversations(home))
        UnreachableAddresses(home)

    def interfaces(self) -> Mapping[str, object]:
        return {names.MESSAGES: self._members}

    def tell(self, outlet: Outlet) -> None:
        MessagesSignals(self._home, outlet)

    def message(self, envelope: Envelope, works: list[Work]) -> Envelope | None:
        return self._messages.receive(envelope, works)


FEATURE = Feature("messages", MessagesPart)
