"""Version, time and activity as elements (XEP-0092, XEP-0202, XEP-0012, XEP-0319)."""

import time
from xml.etree.ElementTree import Element

from backendd.api.version import __version__
from backendd.core import xml

VERSION_NS = "jabber:iq:version"
TIME_NS = "urn:xmpp:time"
LAST_NS = "jabber:iq:last"

VERSION = f"{{{VERSION_NS}}}query"
TIME = f"{{{TIME_NS}}}time"
LAST = f"{{{LAST_NS}}}query"


def encode_version(name: str) -> Element:
    """Return what says which program this is. The system it runs on is nobody's business."""
    return xml.element(
        VERSION_NS,
        "query",
        children=[
            xml.element(VERSION_NS, "name", text=name),
            xml.element(VERSION_NS, "version", text=__version__),
        ],
    )


def encode_time(now_s: float) -> Element:
    """Return what says which time it is here."""
    offset = time.localtime(now_s).tm_gmtoff
    sign, minutes = "-" if offset < 0 else "+", abs(offset) // 60
    utc = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now_s))
    return xml.element(
        TIME_NS,
        "time",
        children=[
            xml.element(TIME_NS, "tzo", text=f"{sign}{minutes // 60:02}:{minutes % 60:02}"),
            xml.element(TIME_NS, "utc", text=utc),
        ],
    )


def encode_last(seconds: int) -> Element:
    """Return what says for how long the user has done nothing."""
    return xml.element(LAST_NS, "query", {"seconds": str(seconds)})


def encode_idle(since_us: int) -> Element:
    """Return what presence says of since when the user does nothing."""
    return xml.element(xml.IDLE, "idle", {"since": xml.format_time(since_us)})
