"""Stanzas as ElementTree elements: names, building and reading them; times as stamps."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final
from xml.etree.ElementTree import Element

CLIENT = "jabber:client"
CARBONS = "urn:xmpp:carbons:2"
CHAT_STATES = "http://jabber.org/protocol/chatstates"
DELAY = "urn:xmpp:delay"
OLD_DELAY = "jabber:x:delay"
FORWARD = "urn:xmpp:forward:0"
HINTS = "urn:xmpp:hints"
IDLE = "urn:xmpp:idle:1"
LINK = "jabber:x:oob"
MAM = "urn:xmpp:mam:2"
MARKERS = "urn:xmpp:chat-markers:0"
MUC = "http://jabber.org/protocol/muc"
MUC_USER = "http://jabber.org/protocol/muc#user"
OCCUPANT_IDS = "urn:xmpp:occupant-id:0"
MODERATE: Final = "urn:xmpp:message-moderate:1"
OLD_MODERATE: Final = "urn:xmpp:message-moderate:0"
RECEIPTS = "urn:xmpp:receipts"
ROSTER = "jabber:iq:roster"
RSM = "http://jabber.org/protocol/rsm"
STANZA_ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas"
STANZA_IDS = "urn:xmpp:sid:0"

LANG = "{http://www.w3.org/XML/1998/namespace}lang"

MESSAGE = f"{{{CLIENT}}}message"
PRESENCE = f"{{{CLIENT}}}presence"
IQ = f"{{{CLIENT}}}iq"

_STAMP = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[Tt ](\d\d):?(\d\d):?(\d\d)?(?:[.,](\d+))?"
    r" ?([Zz]|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def element(
    namespace: str,
    name: str,
    attributes: dict[str, str] | None = None,
    children: Iterable[Element] = (),
    *,
    text: str | None = None,
) -> Element:
    """Return a new element; `text` must hold no character that XML forbids."""
    made = Element(f"{{{namespace}}}{name}", attributes or {})
    made.text = text
    made.extend(children)
    return made


def child(parent: Element, namespace: str, name: str) -> Element | None:
    """Return the first child of this name."""
    return parent.find(f"{{{namespace}}}{name}")


def child_text(parent: Element, namespace: str, name: str) -> str:
    """Return the text of the first child of this name, or an empty one."""
    return parent.findtext(f"{{{namespace}}}{name}") or ""


def split(tag: str) -> tuple[str, str]:
    """Return namespace and local name of a tag in Clark notation."""
    if not tag.startswith("{"):
        return "", tag
    namespace, _, name = tag[1:].partition("}")
    return namespace, name


def written(element: Element) -> str:
    """Return what `element` says, whatever the order of attributes and the prefixes were."""
    parts = []
    for each in element.iter():
        parts += [each.tag, *(part for pair in sorted(each.items()) for part in pair)]
        parts += [each.text or "", each.tail or ""]
    return "\0".join(parts)


def parse_time(stamp: str) -> int | None:
    """Return the microseconds since the epoch that a stamp names; None if it names no time.

    Stamps of XEP-0082 and of XEP-0091 are read, also those that bend the rules a little; who names
    no zone means UTC.
    """
    found = _STAMP.fullmatch(stamp.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(found[n] or 0) for n in range(1, 7))
    # A leap second, and midnight as the end of a day: what Python has no room for is added.
    rest = timedelta(hours=hour, minutes=minute, seconds=second)
    if hour > 24 or minute > 59 or second > 60:
        return None
    fraction = int(f"{found[7] or '':0<6}"[:6])
    try:
        moment = datetime(year, month, day, tzinfo=UTC) - _EPOCH + rest - _offset(found[8] or "")
    except (ValueError, OverflowError):
        return None
    return moment // _MICROSECOND + fraction


def _offset(zone: str) -> timedelta:
    if zone in ("", "Z", "z"):
        return timedelta()
    hours, minutes = int(zone[1:3]), int(zone[3:].lstrip(":") or 0)
    if hours > 23 or minutes > 59:
        raise ValueError(zone)
    return timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)


def format_time(time_us: int) -> str:
    """Return `time_us` as XEP-0082 writes it."""
    # In whole numbers: a float of seconds is some microseconds off.
    moment = _EPOCH + timedelta(microseconds=time_us)
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def note_delay(stanza: Element, time_us: int) -> None:
    """Put a note into `stanza` of when it was first sent (XEP-0203)."""
    stanza.append(element(DELAY, "delay", {"stamp": format_time(time_us)}))
