"""Registering with a server or a service, as elements (XEP-0077)."""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from backendd.core import asked, xml
from backendd.core.asked import Asked

NAMESPACE = "jabber:iq:register"


def ask() -> Element:
    """Return the payload that asks what is needed to register."""
    return xml.element(NAMESPACE, "query")


def decode(answer: Element) -> Asked:
    """Return what a result says is needed."""
    query = xml.child(answer, NAMESPACE, "query")
    return asked.decode(query, NAMESPACE, needed=asked.LABELS)


def submit(needed: Asked, values: Mapping[str, Sequence[str]]) -> Element:
    """Return the payload that registers with these values; FormRejected."""
    return asked.submit(needed, values, NAMESPACE)


def change_password(username: str, password: str) -> Element:
    """Return the payload that gives one's own account another password (3.3)."""
    return asked.said_by_elements({"username": username, "password": password}, NAMESPACE)


def remove() -> Element:
    """Return the payload that ends a registration; of one's own server, the account (3.2)."""
    return xml.element(NAMESPACE, "query", children=[xml.element(NAMESPACE, "remove")])
