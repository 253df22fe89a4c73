"""What every client answers: ping and service discovery (XEP-0199, XEP-0030).

Service discovery tells what presence announced (XEP-0115).
"""

from collections.abc import Set as AbstractSet
from xml.etree.ElementTree import Element

from backendd.core import capabilities, disco
from backendd.core.disco import Identity, Info
from backendd.xmpp.faults import StanzaError
from backendd.xmpp.names import PING_NS
from backendd.xmpp.requests import Requests

NAME = "Primitivus"
IDENTITY = Identity("client", "console", NAME)
FEATURES = frozenset({capabilities.CAPS, disco.INFO, PING_NS})


class Answers:
    """Answers for one profile; `features` are what the rest of the program can do."""

    def __init__(self, requests: Requests, features: AbstractSet[str]) -> None:
        self._features = features
        requests.on_request("get", f"{{{PING_NS}}}ping", self._ping)
        requests.on_request("get", disco.QUERY, self._disco)

    @property
    def info(self) -> Info:
        """What we are and can do."""
        return Info((IDENTITY,), FEATURES | self._features)

    async def _ping(self, iq: Element) -> None:
        return None

    async def _disco(self, iq: Element) -> Element:
        info, node = self.info, iq[0].get("node")
        if not capabilities.is_announced(node, info):
            raise StanzaError("item-not-found")
        return disco.encode_info(info, node)
