"""What every client answers: ping, service discovery, version, time (XEP-0199 0030 0092 0202).

Service discovery tells what presence announced (XEP-0115).
"""

import time
from collections.abc import Set as AbstractSet
from xml.etree.ElementTree import Element, SubElement

from backendd.api.version import __version__
from backendd.core import capabilities, disco
from backendd.core.disco import Identity, Info
from backendd.xmpp.faults import StanzaError
from backendd.xmpp.names import PING_NS, TIME_NS, VERSION_NS
from backendd.xmpp.requests import Requests

NAME = "Primitivus"
IDENTITY = Identity("client", "console", NAME)
FEATURES = frozenset({capabilities.CAPS, disco.INFO, PING_NS, TIME_NS, VERSION_NS})


class Answers:
    """Answers for one profile; `features` are what the rest of the program can do."""

    def __init__(self, requests: Requests, features: AbstractSet[str]) -> None:
        self._features = features
        requests.on_request("get", f"{{{PING_NS}}}ping", self._ping)
        requests.on_request("get", disco.QUERY, self._disco)
        requests.on_request("get", f"{{{VERSION_NS}}}query", self._version)
        requests.on_request("get", f"{{{TIME_NS}}}time", self._time)

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

    async def _version(self, iq: Element) -> Element:
        answer = Element(f"{{{VERSION_NS}}}query")
        SubElement(answer, f"{{{VERSION_NS}}}name").text = NAME
        SubElement(answer, f"{{{VERSION_NS}}}version").text = __version__
        return answer

    async def _time(self, iq: Element) -> Element:
        now = time.time()
        offset = time.localtime(now).tm_gmtoff
        sign, minutes = "-" if offset < 0 else "+", abs(offset) // 60
        answer = Element(f"{{{TIME_NS}}}time")
        zone = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
        SubElement(answer, f"{{{TIME_NS}}}tzo").text = zone
        utc = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
        SubElement(answer, f"{{{TIME_NS}}}utc").text = utc
        return answer
