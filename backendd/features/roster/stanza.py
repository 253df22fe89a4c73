"""Roster iqs and presence stanzas (RFC 6121 2.1, 3, 4.7)."""

import uuid
from xml.etree.ElementTree import Element

from backendd.api import records, text
from backendd.api.errors import InvalidJid
from backendd.api.words import SHOWS, SUBSCRIPTIONS, Subscription
from backendd.core import jid, nicknames, xml
from backendd.core.contacts import RosterChange, RosterItem, shown_resource

QUERY = f"{{{xml.ROSTER}}}query"
PING = "urn:xmpp:ping"
VERSIONING = "{urn:xmpp:features:rosterver}ver"

_SUBSCRIPTIONS: dict[str, Subscription] = {word: word for word in SUBSCRIPTIONS}
_TEXT_LIMIT = 1000
_QUESTION = "subscribe-"


def encode_ping() -> Element:
    """Return the payload that any server answers, if only by an error (XEP-0199)."""
    return xml.element(PING, "ping")


def encode_get(version: str | None) -> Element:
    """Return the payload that asks for the roster, or for what changed since `version`.

    None is for a server that doesn't say that it has versions: it must not be given one
    (RFC 6121 2.6.2).
    """
    return xml.element(xml.ROSTER, "query", {} if version is None else {"ver": version})


def encode_set(item: RosterItem) -> Element:
    """Return the payload that adds or changes a contact."""
    entry = xml.element(
        xml.ROSTER,
        "item",
        {"jid": item.address or item.jid} | ({"name": item.name} if item.name else {}),
        [xml.element(xml.ROSTER, "group", text=group) for group in item.groups],
    )
    return xml.element(xml.ROSTER, "query", children=[entry])


def encode_remove(item: RosterItem) -> Element:
    """Return the payload that removes a contact and both subscriptions."""
    attributes = {"jid": item.address or item.jid, "subscription": "remove"}
    entry = xml.element(xml.ROSTER, "item", attributes)
    return xml.element(xml.ROSTER, "query", children=[entry])


def decode(iq: Element) -> RosterChange | None:
    """Return what a roster result or push says.

    None where there is no query: then the roster is still as we know it (RFC 6121 2.6.3).
    """
    query = iq.find(QUERY)
    if query is None:
        return None
    items, removed, refused = list[RosterItem](), list[str](), list[str]()
    for entry in query.iterfind(f"{{{xml.ROSTER}}}item"):
        try:
            peer = jid.received(entry.get("jid", "")).bare
        except InvalidJid as error:
            refused.append(str(error))
            continue
        if entry.get("subscription") == "remove":
            removed.append(peer)
        else:
            items.append(_item(peer, entry))
    return RosterChange(items, removed, refused, query.get("ver"))


def _item(peer: str, entry: Element) -> RosterItem:
    address = entry.get("jid", "")
    groups = (group.text or "" for group in entry.iterfind(f"{{{xml.ROSTER}}}group"))
    return RosterItem(
        jid=peer,
        name=entry.get("name", ""),
        groups=sorted({group for group in groups if group}),
        subscription=_SUBSCRIPTIONS.get(entry.get("subscription", ""), "none"),
        ask=entry.get("ask") == "subscribe",
        address=address if address != peer else "",
    )


def decode_presence(stanza: Element, resource: str, now: int) -> records.Resource:
    """Return a client that is available."""
    show = xml.child_text(stanza, xml.CLIENT, "show") or "online"
    try:
        priority = int(xml.child_text(stanza, xml.CLIENT, "priority") or 0)
    except ValueError:
        priority = 0
    return records.Resource(
        resource=shown_resource(resource),
        show=show if show in SHOWS else "online",
        status=decode_status(stanza),
        priority=max(-128, min(127, priority)),
        idle_since=_idle_since(stanza, now),
    )


def _idle_since(stanza: Element, now: int) -> int:
    """Return since when nobody uses a client (XEP-0319), 0 where it doesn't say."""
    idle = xml.child(stanza, xml.IDLE, "idle")
    since = xml.parse_time(idle.get("since", "")) if idle is not None else None
    return max(0, min(since or 0, now))


def decode_status(stanza: Element) -> str:
    """Return the text of a presence stanza."""
    return text.clean_line(xml.child_text(stanza, xml.CLIENT, "status"), limit=_TEXT_LIMIT)


def encode_presence(kind: str, to: str) -> Element:
    """Return a presence stanza about a subscription."""
    return xml.element(xml.CLIENT, "presence", {"to": to, "type": kind})


def encode_question(to: str, status: str, nick: str) -> Element:
    """Return the presence stanza that asks to see somebody's; `is_question` knows it again."""
    children = [xml.element(xml.CLIENT, "status", text=status)] if status else []
    children += [nicknames.encode(nick)] if nick else []
    attributes = {"to": to, "type": "subscribe", "id": f"{_QUESTION}{uuid.uuid4().hex}"}
    return xml.element(xml.CLIENT, "presence", attributes, children)


def is_question(stanza: Element) -> bool:
    """Return whether this is such a stanza, come back."""
    return stanza.get("id", "").startswith(_QUESTION)
