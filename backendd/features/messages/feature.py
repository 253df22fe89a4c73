"""The part that stores and sends messages, and what it tells on the bus."""

from collections.abc import Mapping

from backendd.api import names
from backendd.features.messages.bus import MessagesMembers
from backendd.features.messages.conversations import Conversations
from backendd.features.messages.service import Messages
from backendd.features.messages.signals import MessagesSignals
from backendd.features.messages.unreachable import UnreachableAddresses
from backendd.features.messages.unsent import Unsent
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Outlet, Part


class MessagesPart(Part):
    """Messages and conversations, and what callers see of them."""

    disco_features = ("urn:xmpp:sid:0",)

    def __init__(self, home: Home) -> None:
        self._home = home
        self._members = MessagesMembers(home, Messages(home), Unsent(home), Conversations(home))
        UnreachableAddresses(home)

    def interfaces(self) -> Mapping[str, object]:
        return {names.MESSAGES: self._members}

    def tell(self, outlet: Outlet) -> None:
        MessagesSignals(self._home, outlet)


FEATURE = Feature("messages", MessagesPart)
