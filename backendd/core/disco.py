"""What entities say of themselves (XEP-0030, and the forms of XEP-0128), as elements and values."""

import contextlib
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.errors import InvalidJid
from backendd.api.values import Value
from backendd.core import forms, jid, rsm, xml
from backendd.core.fields import Form
from backendd.core.rsm import Got, Wanted

INFO = "http://jabber.org/protocol/disco#info"
ITEMS = "http://jabber.org/protocol/disco#items"
QUERY = f"{{{INFO}}}query"

MOST = 2000
"""Identities, features and items of an answer that are read."""

_MOST_FORMS = 20
_LIMIT = 1000  # characters


class Identity(Value):
    """What kind of entity answers."""

    category: str
    type: str
    name: str = ""
    lang: str = ""


class Info(Value):
    """What an entity, or a node of it, is and can do."""

    identities: tuple[Identity, ...] = ()
    features: frozenset[str] = frozenset()
    forms: tuple[Form, ...] = ()

    def has_identity(self, category: str, kind: str) -> bool:
        """Return whether the entity is one of this kind."""
        return any(one.category == category and one.type == kind for one in self.identities)

    def form(self, form_type: str) -> Form | None:
        """Return the form of this FORM_TYPE."""
        return next((each for each in self.forms if each.form_type == form_type), None)


class Item(Value):
    """Something that an entity has: another entity, or a node of one."""

    jid: str
    node: str = ""
    name: str = ""


class Items(Value):
    """Some of what an entity has; `got` is None where it is no page, but all of it."""

    items: tuple[Item, ...]
    got: Got | None = None


def ask_info(node: str = "") -> Element:
    """Return the payload that asks what an entity, or a node of it, is and can do."""
    return xml.element(INFO, "query", {"node": node} if node else {})


def ask_items(node: str = "", page: Wanted | None = None) -> Element:
    """Return the payload that asks what an entity, or a node of it, has."""
    asked = xml.element(ITEMS, "query", {"node": node} if node else {})
    if page is not None:
        asked.append(rsm.encode(page))
    return asked


def encode_info(info: Info, node: str | None) -> Element:
    """Return the answer to a question for `node`; our own have no forms."""
    query = xml.element(INFO, "query", {} if node is None else {"node": node})
    for one in info.identities:
        identity = {"category": one.category, "type": one.type, "name": one.name}
        if one.lang:
            identity[xml.LANG] = one.lang
        query.append(xml.element(INFO, "identity", identity))
    for feature in sorted(info.features):
        query.append(xml.element(INFO, "feature", {"var": feature}))
    return query


def decode_info(query: Element | None) -> Info:
    """Return what a `<query/>` says, cleaned; an empty one where there is none."""
    if query is None:
        return Info()
    identities = tuple(map(_identity, query.findall(f"{{{INFO}}}identity")[:MOST]))
    features = (each.get("var", "") for each in query.findall(f"{{{INFO}}}feature")[:MOST])
    found = query.findall(f"{{{forms.FORM}}}x")[:_MOST_FORMS]
    return Info(
        identities,
        frozenset(var for var in features if var and var == _clean(var)),
        tuple(map(forms.decode, found)),
    )


def decode_items(iq: Element) -> Items:
    """Return what a result of disco#items says; what has no address is left out."""
    query = xml.child(iq, ITEMS, "query")
    items: list[Item] = []
    for each in query.findall(f"{{{ITEMS}}}item")[:MOST] if query is not None else ():
        with contextlib.suppress(InvalidJid):
            address = jid.received(each.get("jid", "")).full
            items.append(Item(address, each.get("node", ""), _attribute(each, "name")))
    return Items(tuple(items), rsm.decode(query))


def _identity(element: Element) -> Identity:
    return Identity(
        _attribute(element, "category"),
        _attribute(element, "type"),
        _attribute(element, "name"),
        _attribute(element, xml.LANG),
    )


def _attribute(element: Element, name: str) -> str:
    return _clean(element.get(name, ""))


def _clean(written: str) -> str:
    return text.clean_line(written, limit=_LIMIT)
