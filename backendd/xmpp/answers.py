"""What every client answers: ping, service discovery, version, time (XEP-0199 0030 0092 0202)."""

import time
from collections.abc import Set as AbstractSet
from xml.etree.ElementTree import Element, SubElement

from backendd.api.version import __version__
from backendd.xmpp.names import DISCO_INFO, PING_NS, TIME_NS, VERSION_NS
from backendd.xmpp.requests import Requests

NAME = "Primitivus"
FEATURES = frozenset({DISCO_INFO, PING_NS, TIME_NS, VERSION_NS})


class Answers:
    """Answers for one profile; `features` are what the rest of the program can do."""

    def __init__(self, requests: Requests, features: AbstractSet[str]) -> None:
        self._features = features
        requests.on_request("get", f"{{{PING_NS}}}ping", self._ping)
        requests.on_request("get", f"{{{DISCO_INFO}}}query", self._disco)
        requests.on_request("get", f"{{{VERSION_NS}}}query", self._version)
        requests.on_request("get", f"{{{TIME_NS}}}time", self._time)

    async def _ping(self, iq: Element) -> None:
        return None

    async def _disco(self, iq: Element) -> Element:
        answer = Element(f"{{{DISCO_INFO}}}query")
        # A node names our capabilities (XEP-0115): the answer is the same.
        node = iq[0].get("node")
        if node is not None:
            answer.set("node", node)
        identity = {"category": "client", "type": "console", "name": NAME}
        SubElement(answer, f"{{{DISCO_INFO}}}identity", identity)
        for feature in sorted(FEATURES | self._features):
            SubElement(answer, f"{{{DISCO_INFO}}}feature", {"var": feature})
        return answer

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
