"""The `<jingle/>` element (XEP-0166), read and written."""

from collections.abc import Iterable
from typing import Literal, cast
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.values import Value
from backendd.core import xml
from backendd.jingle import reasons
from backendd.jingle.names import JINGLE
from backendd.jingle.reasons import Reason
from backendd.jingle.refusals import Refused

Role = Literal["initiator", "responder"]
Senders = Literal["initiator", "responder", "both", "none"]

_CONTENT = f"{{{JINGLE}}}content"
_ROLES = ("initiator", "responder")
_SENDERS = ("initiator", "responder", "both", "none")
_LIMIT, _MOST_CONTENTS = 200, 100


class Content(Value):
    """What a session is about: `description` is the file, `transport` the way of its bytes."""

    creator: Role
    name: str
    senders: Senders = "initiator"
    description: Element | None = None
    transport: Element | None = None
    is_secured: bool = False
    """Whether its bytes shall be encrypted on the way."""

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by in its session."""
        return self.creator, self.name


class Said(Value):
    """What the other side says in a session; `info` is the payload of a session-info."""

    action: str
    sid: str
    contents: tuple[Content, ...] = ()
    reason: Reason | None = None
    info: Element | None = None


def decode(jingle: Element) -> Said:
    """Return what a `<jingle/>` says; Refused where that can't be read."""
    action, sid = jingle.get("action", ""), jingle.get("sid", "")
    if not action or not sid or len(sid) > _LIMIT or text.clean_line(sid) != sid:
        raise Refused("bad-request")
    found = jingle.findall(_CONTENT)
    if len(found) > _MOST_CONTENTS:
        raise Refused("resource-constraint")
    others = (each for each in jingle if xml.split(each.tag)[0] != JINGLE)
    return Said(
        action,
        sid,
        tuple(map(_decode_content, found)),
        reasons.decode(jingle) if xml.child(jingle, JINGLE, "reason") is not None else None,
        next(others, None),
    )


def _decode_content(element: Element) -> Content:
    creator = element.get("creator", "initiator")
    senders = element.get("senders", "both")
    name = element.get("name", "")
    if creator not in _ROLES or senders not in _SENDERS or not name or len(name) > _LIMIT:
        raise Refused("bad-request")
    parts: dict[str, Element] = {}
    for each in element:
        part = xml.split(each.tag)[1]
        if part in parts:
            raise Refused("bad-request")
        parts[part] = each
    return Content(
        cast("Role", creator),
        name,
        cast("Senders", senders),
        parts.get("description"),
        parts.get("transport"),
        "security" in parts,
    )


def encode(
    action: str,
    sid: str,
    children: Iterable[Element] = (),
    *,
    role: Role | None = None,
    by: str = "",
) -> Element:
    """Return a `<jingle/>`; with a `role`, it says that `by` has it."""
    attributes = {"action": action, "sid": sid}
    if role is not None:
        attributes[role] = by
    return xml.element(JINGLE, "jingle", attributes, children)


def removal(rejection: Element) -> Element:
    """Return the content-remove that says what a content-reject does."""
    return xml.element(
        JINGLE, "jingle", {**rejection.attrib, "action": "content-remove"}, rejection
    )


def encode_content(
    content: Content, *, description: Element | None = None, transport: Element | None = None
) -> Element:
    """Return the `<content/>` with what is said of it now."""
    attributes = {"creator": content.creator, "name": content.name, "senders": content.senders}
    parts = [each for each in (description, transport) if each is not None]
    return xml.element(JINGLE, "content", attributes, parts)
