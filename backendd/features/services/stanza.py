"""Questions to any entity, and what their answers say."""

import re
from xml.etree.ElementTree import Element

from backendd.api import records, text
from backendd.api.records import ExternalService, SoftwareVersion
from backendd.core import clock, xml
from backendd.core.disco import Info, Items
from backendd.core.fields import FORM_TYPE
from backendd.core.form_records import to_record

PING = "urn:xmpp:ping"
VERSION = "jabber:iq:version"
LAST = "jabber:iq:last"
TIME = "urn:xmpp:time"
EXTERNAL = "urn:xmpp:extdisco:2"

MOST_EXTERNAL = 200
_LIMIT = 1000
_ZONE = re.compile(r"Z|([+-])(0\d|1[0-4]):([0-5]\d)", re.ASCII)
_LONGEST_AGO_S = 10**10


def ask(namespace: str, name: str = "query") -> Element:
    """Return the payload that asks for what `namespace` is about."""
    return xml.element(namespace, name)


def info_record(info: Info) -> records.Info:
    """Return what an entity is and can do as callers see it."""
    return records.Info(
        identities=[
            records.Identity(category=each.category, type=each.type, name=each.name)
            for each in info.identities
        ],
        features=sorted(info.features),
        forms=[to_record(each, each.value(FORM_TYPE)) for each in info.forms],
    )


def item_records(items: Items) -> list[records.Item]:
    """Return what an entity has as callers see it."""
    return [records.Item(jid=each.jid, node=each.node, name=each.name) for each in items.items]


def decode_version(answer: Element) -> SoftwareVersion:
    """Return what a program says it is (XEP-0092)."""
    query = xml.child(answer, VERSION, "query")
    said = {
        name: _line(xml.child_text(query, VERSION, name)) if query is not None else ""
        for name in ("name", "version", "os")
    }
    return SoftwareVersion(**said)


def decode_last(answer: Element) -> records.LastActivity:
    """Return since when somebody is away, or a service runs, and what they said last (XEP-0012)."""
    query = xml.child(answer, LAST, "query")
    written = query.get("seconds", "") if query is not None else ""
    is_number = written.isascii() and written.isdigit() and len(written) < 12
    seconds = min(int(written), _LONGEST_AGO_S) if is_number else 0
    said = query.text if query is not None else ""
    time = max(0, clock.now_us() - seconds * 1_000_000)
    return records.LastActivity(time=time if is_number else 0, status=_line(said or ""))


def decode_time(answer: Element) -> records.EntityTime | None:
    """Return what time an entity says it is there (XEP-0202); None where that can't be read."""
    said = xml.child(answer, TIME, "time")
    utc = xml.parse_time(xml.child_text(said, TIME, "utc")) if said is not None else None
    zone = _ZONE.fullmatch(xml.child_text(said, TIME, "tzo").strip()) if said is not None else None
    if utc is None or utc < 0 or zone is None:
        return None
    minutes = 60 * int(zone[2] or 0) + int(zone[3] or 0)
    seconds = -60 * minutes if zone[1] == "-" else 60 * minutes
    return records.EntityTime(time=utc, offset=seconds)


def decode_external(answer: Element) -> list[ExternalService]:
    """Return what the server knows beside XMPP, as STUN and TURN (XEP-0215)."""
    services = xml.child(answer, EXTERNAL, "services")
    if services is None:
        return []
    return [
        ExternalService(
            host=_line(each.get("host", "")),
            port=_port(each.get("port", "")),
            type=_line(each.get("type", "")),
            transport=_line(each.get("transport", "")),
            name=_line(each.get("name", "")),
            restricted=each.get("restricted") in ("1", "true"),
        )
        for each in services.findall(f"{{{EXTERNAL}}}service")[:MOST_EXTERNAL]
    ]


def _port(written: str) -> int:
    is_number = written.isascii() and written.isdigit() and len(written) < 6
    return int(written) if is_number and int(written) < 65536 else 0


def _line(written: str) -> str:
    return text.clean_line(written, limit=_LIMIT)
