"""Questions and wishes of moderators, admins and owners as elements (XEP-0045 8 to 10)."""

import contextlib
from collections.abc import Iterable
from typing import get_args
from xml.etree.ElementTree import Element

from backendd.api import records, text
from backendd.api.errors import InvalidJid
from backendd.api.words import Affiliation, Role
from backendd.core import forms, jid, xml
from backendd.core.fields import Form

ADMIN = "http://jabber.org/protocol/muc#admin"
OWNER = "http://jabber.org/protocol/muc#owner"

MOST = 10_000
"""Entries of a list that are read."""

_LIMIT = 1000  # characters


def set_role(nick: str, role: Role, reason: str) -> Element:
    """Return the payload that gives an occupant a role; `none` makes them leave."""
    return _admin({"nick": nick, "role": role}, reason)


def set_affiliation(address: str, affiliation: Affiliation, reason: str) -> Element:
    """Return the payload that gives somebody an affiliation."""
    return _admin({"jid": address, "affiliation": affiliation}, reason)


def ask_affiliations(affiliation: Affiliation) -> Element:
    """Return the payload that asks who has an affiliation."""
    return _admin({"affiliation": affiliation})


def decode_affiliations(iq: Element, asked: Affiliation) -> list[records.Affiliation]:
    """Return who has an affiliation; who is no address is left out."""
    query, found = xml.child(iq, ADMIN, "query"), list[records.Affiliation]()
    for item in query.findall(f"{{{ADMIN}}}item")[:MOST] if query is not None else ():
        with contextlib.suppress(InvalidJid):
            found.append(
                records.Affiliation(
                    jid=jid.received(item.get("jid", "")).full,
                    affiliation=_affiliation(item.get("affiliation", ""), asked),
                    nick=text.clean_line(item.get("nick", ""), limit=_LIMIT),
                    reason=text.clean_line(xml.child_text(item, ADMIN, "reason"), limit=_LIMIT),
                )
            )
    return found


def ask_configuration() -> Element:
    """Return the payload that asks for the configuration form of a room."""
    return xml.element(OWNER, "query")


def decode_configuration(iq: Element) -> Form | None:
    """Return the configuration form of a room; None where there is none."""
    query = xml.child(iq, OWNER, "query")
    return forms.find(query) if query is not None else None


def configure(form: Element) -> Element:
    """Return the payload that configures a room by a submitted form."""
    return xml.element(OWNER, "query", children=[form])


def destroy(reason: str, alternate: str) -> Element:
    """Return the payload that destroys a room; `alternate` is one to go to instead."""
    attributes = {"jid": alternate} if alternate else {}
    wish = xml.element(OWNER, "destroy", attributes, _reason(OWNER, reason))
    return xml.element(OWNER, "query", children=[wish])


def _admin(attributes: dict[str, str], reason: str = "") -> Element:
    item = xml.element(ADMIN, "item", attributes, _reason(ADMIN, reason))
    return xml.element(ADMIN, "query", children=[item])


def _reason(namespace: str, reason: str) -> Iterable[Element]:
    return [xml.element(namespace, "reason", text=reason)] if reason else []


def _affiliation(written: str, asked: Affiliation) -> Affiliation:
    return next((each for each in get_args(Affiliation) if each == written), asked)
